import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CostTally } from '../../../../src/shared/insight/cost.ts';
import { pricesFor, readPriceList } from '../../../../src/shared/insight/price-list.ts';
import type { CountedCall } from '../../../../src/shared/insight/counted-call.ts';
import { estimate } from '../../../../src/shared/rules/cost/meter.ts';
import { parseRateCard } from '../../../../src/shared/rules/cost/rate-card-csv.ts';
import { add, decimalText, trimmed, zero } from '../../../../src/shared/rules/decimal.ts';

const csv = `effective_from,currency,region,areas,above_minutes,rate_per_minute
2026-01-01,USD,Mexico,MX,0,0.10
2026-01-01,USD,Mexico,MX,100,0.08
2026-01-01,USD,Germany,+49,0,0.05
2026-01-01,USD,Rest,*,0,0.2
2026-04-01,USD,Mexico,MX,0,0.13
2026-04-01,USD,Germany,+49,0,0.07
`;
const read = parseRateCard(csv);
if (!read.ok) throw new Error('not a rate card');
const card = read.value;
const numbers = { MX: '525512345678', DE: '4915112345678', BR: '5511987654321' } as const;

const call = fc.record({
  at: fc.integer({ min: Date.UTC(2026, 1, 20), max: Date.UTC(2026, 4, 10) }),
  country: fc.constantFrom('MX' as const, 'DE' as const, 'BR' as const),
  accountId: fc.constantFrom('sales', 'support'),
  seconds: fc.integer({ min: 0, max: 3_000 }),
});

const counted = (one: {
  at: number;
  country: string;
  accountId: string;
  seconds: number;
}): CountedCall => ({
  ...one,
  direction: 'outbound',
  outcome: 'answered',
  answerSeconds: undefined,
  billedSeconds: one.seconds,
  billedMicros: undefined,
  disposition: undefined,
  mos: undefined,
  blame: undefined,
  parts: [],
  transfers: [],
});

test('costs are the sum of each call’s price, at the price of its day and the volume of its month', () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 60 }), (unsorted) => {
      const calls = unsorted.toSorted((a, b) => a.at - b.at);
      const from = Date.UTC(2026, 2, 5);
      const tally = new CostTally({ card, currency: 'USD' }, () => false, from);
      const volume = new Map<string, number>();
      let sum = zero;
      let unpriced = 0;
      for (const one of calls) {
        tally.add(counted(one));
        const month = `${new Date(one.at).toISOString().slice(0, 7)}/${one.accountId}`;
        const monthSeconds = volume.get(month) ?? 0;
        volume.set(month, monthSeconds + one.seconds);
        if (one.at < from) continue;
        const number = numbers[one.country];
        const route = { number, currency: 'USD', at: one.at, monthSeconds };
        const cost = estimate(card, route, one.seconds * 1000);
        if (cost.ok) sum = add(sum, cost.amount);
        else unpriced += 1;
      }
      const rows = tally.result();
      const total = rows.reduce((all, { amount = '0' }) => all + Number(amount), 0);
      expect(total).toBeCloseTo(Number(decimalText(trimmed(sum))), 9);
      expect(rows.reduce((all, row) => all + row.unpriced, 0)).toBe(unpriced);
    }),
  );
});

test('the prices for some countries are those of the whole list', () => {
  fc.assert(
    fc.property(
      fc.array(call, { maxLength: 40 }),
      fc.subarray(['MX', 'DE', 'BR', ''] as const),
      (unsorted, countries) => {
        const some = readPriceList(pricesFor({ csv, currency: 'USD' }, countries));
        const [whole, part] = [{ card, currency: 'USD' }, some].map(
          (list) => new CostTally(list, () => false, 0),
        );
        for (const one of unsorted.toSorted((a, b) => a.at - b.at)) {
          if (!countries.includes(one.country)) continue;
          whole?.add(counted(one));
          part?.add(counted(one));
        }
        expect(part?.result()).toEqual(whole?.result());
      },
    ),
  );
});

test('customers’ calls and numbers without charges cost nothing', () => {
  const tally = new CostTally({ card, currency: 'USD' }, (id) => id === 'free', 0);
  const one = { at: Date.UTC(2026, 2, 5), country: 'MX', accountId: 'free', seconds: 60 };
  tally.add(counted(one));
  tally.add({ ...counted({ ...one, accountId: 'sales' }), direction: 'inbound' });
  expect(tally.result()).toEqual([]);
});
