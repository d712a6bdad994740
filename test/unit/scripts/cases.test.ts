import { describe, expect, it } from 'vitest';
import { allCases, idsOf, tableOf } from '../../../scripts/cases/results.mjs';

const cases = [
  { id: 'N1', title: 'Mexican numbers' },
  { id: 'N*', title: 'odd numbers' },
];

describe('the case table', () => {
  it('reads the ids at the start of a title', () => {
    expect(idsOf('S1 S2 a damaged history is salvaged')).toEqual(['S1', 'S2']);
    expect(idsOf('N* odd numbers')).toEqual(['N*']);
    expect(idsOf('A call rings')).toEqual(['A']);
    expect(idsOf('rings for N1 too')).toEqual([]);
  });

  it('has each id once, or tests of one case would count for another', () => {
    const ids = allCases().map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('passes when every case has tests and none fails', () => {
    const table = tableOf(cases, [
      { title: 'N1 dials the old spelling', passed: true },
      { title: 'N* 300 numbers', passed: true },
    ]);
    expect(table.ok).toBe(true);
    expect(table.text).toContain('2 of 2 cases are right');
  });

  it('fails when a case has no test', () => {
    const table = tableOf(cases, [{ title: 'N1 dials the old spelling', passed: true }]);
    expect(table.ok).toBe(false);
    expect(table.text).toMatch(/N\* +MISSING/);
  });

  it('fails when one of a case’s tests fails', () => {
    const table = tableOf(cases, [
      { title: 'N1 dials the old spelling', passed: true },
      { title: 'N1 dials the new spelling', passed: false },
      { title: 'N* 300 numbers', passed: true },
    ]);
    expect(table.ok).toBe(false);
    expect(table.text).toMatch(/N1 +RED +2 tests/);
  });
});
