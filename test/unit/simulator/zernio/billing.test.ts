import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bill } from '../../../../src/simulator/zernio/billing.ts';

const how = fc.record({
  outbound: fc.boolean(),
  telephone: fc.boolean(),
  recording: fc.boolean(),
});
const seconds = fc.integer({ min: 0, max: 36_000 });

test('bills WhatsApp’s charge in pulses of six seconds, outbound only', () => {
  const out = { outbound: true, telephone: true, recording: false };
  expect(bill(1, out).metaCostUSD).toBe(bill(6, out).metaCostUSD);
  expect(bill(7, out).metaCostUSD).toBe(bill(12, out).metaCostUSD);
  expect(bill(60, out).metaCostUSD).toBe(0.0141);
  expect(bill(60, { ...out, outbound: false }).metaCostUSD).toBe(0);
});

test('leaves WhatsApp’s charge out of the bill, and has both in the total', () => {
  fc.assert(
    fc.property(seconds, how, (length, reported) => {
      const { billableCostUSD, metaCostUSD, totalCostUSD, telnyxCostUSD } = bill(length, reported);
      expect(totalCostUSD).toBeCloseTo(billableCostUSD + metaCostUSD, 6);
      expect(telnyxCostUSD > 0).toBe(reported.telephone && length > 0);
      expect(billableCostUSD > 0).toBe((reported.telephone || reported.recording) && length > 0);
    }),
  );
});
