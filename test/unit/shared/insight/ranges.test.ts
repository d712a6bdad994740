import { expect, test } from 'vitest';
import { monthsOf, rangeOfDates, rangeOfMonth } from '../../../../src/shared/insight/ranges.ts';

test.each(['UTC', 'America/Sao_Paulo', 'Pacific/Kiritimati', 'Australia/Lord_Howe'])(
  'the months of a range are those in which it has local days, in %s',
  (zone) => {
    const range = rangeOfDates('2025-12-31', '2026-02-01', zone);
    expect(range && monthsOf(range, zone)).toEqual(['2025-12', '2026-01', '2026-02']);
    expect(rangeOfMonth('2026-01', zone)).toEqual(rangeOfDates('2026-01-01', '2026-01-31', zone));
    expect(rangeOfMonth('2025-12', zone)).toEqual(rangeOfDates('2025-12-01', '2025-12-31', zone));
  },
);
