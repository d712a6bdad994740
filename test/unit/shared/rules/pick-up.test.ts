import { expect, test } from 'vitest';
import { pickUpRuling } from '../../../../src/shared/rules/pick-up.ts';

const codes = (pickUp: Parameters<typeof pickUpRuling>[0]['business']['pickUp']) =>
  pickUpRuling({ business: { number: '1', pickUp } }).findings.map(
    ({ code, severity }) => `${severity} ${code}`,
  );

test('a low pick-up rate warns, and holds calls back only where the organisation wants it', () => {
  const rate = { calls: 40, warnBelow: 70 };
  expect(codes(undefined)).toEqual([]);
  expect(codes({ ...rate, rate: 70 })).toEqual([]);
  expect(codes({ ...rate, rate: 69.9 })).toEqual(['warn pick-up-low']);
  expect(codes({ ...rate, rate: 10 })).toEqual(['warn pick-up-low']);
  expect(codes({ ...rate, rate: 49.9, holdBelow: 50 })).toEqual(['block pick-up-held']);
  expect(codes({ ...rate, rate: 80, holdBelow: 50, fallsAt: 1 })).toEqual(['warn pick-up-falling']);
});
