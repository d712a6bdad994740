import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  decimalText,
  parseDecimal,
  zero,
} from '../../../../../src/shared/rules/decimal.ts';
import { estimate, meter } from '../../../../../src/shared/rules/cost/meter.ts';
import { pulsesOf } from '../../../../../src/shared/rules/cost/pulses.ts';
import type { Rate, RateCard } from '../../../../../src/shared/rules/cost/rate-card.ts';
import { reconcile } from '../../../../../src/shared/rules/cost/reconcile.ts';
import { mayCall } from '../../../../../src/shared/rules/verdicts.ts';
import { DAY, facts, START } from '../rule-facts.ts';

const rate = (areas: string[], perMinute: string, changes: Partial<Rate> = {}): Rate => ({
  effectiveFrom: START - DAY,
  currency: 'USD',
  region: areas.join(' '),
  areas,
  aboveMinutes: 0,
  perMinute: parseDecimal(perMinute) ?? zero,
  ...changes,
});
const card: RateCard = {
  rows: [
    rate(['MX'], '0.10'),
    rate(['MX'], '0.08', { aboveMinutes: 50_000 }),
    rate(['+44'], '0.02'),
    rate(['*'], '0.5'),
    rate(['MX'], '0.2', { effectiveFrom: START + DAY }),
    rate(['MX'], '1.8', { currency: 'BRL' }),
  ],
};
const mexico = { number: '525512345678', currency: 'USD', at: START, monthSeconds: 0 };
const amount = (route: typeof mexico, talkMs: number) => {
  const cost = estimate(card, route, talkMs);
  return cost.ok ? decimalText(cost.amount) : cost.error;
};

describe('billing pulses', () => {
  it('count the last one in full', () => {
    expect([0, 1, 6000, 6001, 11_500, 56_000, 70_000, -5].map(pulsesOf)).toEqual([
      0, 1, 1, 2, 2, 10, 12, 0,
    ]);
  });

  it('are the fewest that cover the talk, and two calls never cost less than one of both', () => {
    const talk = fc.integer({ min: 0, max: 10 ** 9 });
    fc.assert(
      fc.property(talk, talk, (a, b) => {
        expect(pulsesOf(a) * 6000).toBeGreaterThanOrEqual(a);
        expect((pulsesOf(a) - 1) * 6000).toBeLessThan(Math.max(a, 1));
        const both = pulsesOf(a + b);
        expect(both).toBeLessThanOrEqual(pulsesOf(a) + pulsesOf(b));
        expect(both).toBeGreaterThanOrEqual(pulsesOf(a) + pulsesOf(b) - 1);
      }),
    );
  });
});

describe('the price of a call', () => {
  it('matches the 360dialog page: 70 s to Mexico at $0.01 a block are 12 blocks, $0.12', () => {
    const cost = estimate(card, mexico, 70_000);
    expect(cost).toMatchObject({ ok: true, pulses: 12, currency: 'USD' });
    expect(amount(mexico, 70_000)).toBe('0.120');
  });

  it('follows the country, then the calling code, then the rest', () => {
    // A mobile number of Guernsey has Britain's country code, which is what is billed.
    expect(amount({ ...mexico, number: '+447911123456' }, 60_000)).toBe('0.020');
    expect(amount({ ...mexico, number: '+81312345678' }, 60_000)).toBe('0.50');
  });

  it('follows the monthly volume, with a call across a boundary wholly at the lower rate', () => {
    const boundary = 50_000 * 60;
    expect(amount({ ...mexico, monthSeconds: boundary - 60 }, 60_000)).toBe('0.100');
    expect(amount({ ...mexico, monthSeconds: boundary - 60 }, 66_000)).toBe('0.088');
    expect(amount({ ...mexico, monthSeconds: boundary }, 6000)).toBe('0.008');
  });

  it('follows the card of that day and the currency of the account', () => {
    expect(amount({ ...mexico, at: START + DAY }, 60_000)).toBe('0.20');
    expect(amount({ ...mexico, currency: 'BRL' }, 60_000)).toBe('1.80');
    expect(amount({ ...mexico, at: START - 2 * DAY }, 60_000)).toBe('no-card-yet');
    expect(amount({ ...mexico, currency: 'EUR' }, 60_000)).toBe('no-card-yet');
    // A new card replaces the old one completely.
    expect(amount({ ...mexico, number: '+81312345678', at: START + DAY }, 60_000)).toBe(
      'no-rate-for-number',
    );
  });
});

describe('the cost meter', () => {
  const call = { direction: 'outbound', answeredAt: START } as const;

  it('is free until the customer answers, and for inbound calls', () => {
    const at = START + 70_000;
    expect(meter(card, mexico, { direction: 'outbound' }, at)).toMatchObject({
      state: 'free',
      why: 'not-answered',
      amount: zero,
    });
    expect(meter(card, mexico, { ...call, direction: 'inbound' }, at)).toMatchObject({
      state: 'free',
      why: 'customer-called',
    });
  });

  it('moves exactly when it says, never back, and stops with the call', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 7), fc.nat(10 ** 5), (talk, later) => {
        const now = meter(card, mexico, call, START + talk);
        if (now.state !== 'running') throw new Error('not running');
        const { nextPulseAt, cost } = now;
        expect(nextPulseAt).toBeGreaterThan(START + talk);
        expect(meter(card, mexico, call, nextPulseAt - 1)).toEqual(now);
        expect(meter(card, mexico, call, nextPulseAt)).toMatchObject({
          cost: { pulses: cost.pulses + 1 },
        });
        const end = { ...call, endedAt: START + talk };
        const after = meter(card, mexico, end, START + talk + later);
        expect(after).toEqual({ state: 'ended', cost });
      }),
    );
  });

  it('uses the rate at the moment of answering', () => {
    const late = { ...call, answeredAt: START + DAY - 1 };
    const shown = meter(card, mexico, late, START + DAY + 60_000);
    expect(
      shown.state === 'running' && shown.cost.ok && decimalText(shown.cost.rate.perMinute),
    ).toBe('0.10');
  });
});

describe('the bill', () => {
  const ours = (talkMs: number) => {
    const cost = estimate(card, mexico, talkMs);
    return { answered: true, talkMs, cost: cost.ok ? cost : undefined };
  };
  const codes = (...args: Parameters<typeof reconcile>) =>
    reconcile(...args).differences.map((one) => one.code);

  it('agrees when equal to the shown digits', () => {
    expect(codes(ours(70_000), { amount: '0.12', currency: 'USD', seconds: 70 })).toEqual([]);
    expect(codes(ours(70_000), { amount: '0.120' })).toEqual([]);
    // A cent of ours against a thousandth of theirs is a difference.
    expect(codes(ours(70_000), { amount: '0.121' })).toEqual(['amount']);
  });

  it.each<[string, Parameters<typeof reconcile>]>([
    ['unreadable', [ours(70_000), { amount: 'a lot' }]],
    ['currency', [ours(70_000), { amount: '0.12', currency: 'EUR' }]],
    ['billed-unanswered', [{ answered: false, talkMs: 0 }, { amount: '0.01' }]],
    ['not-billed', [ours(70_000), { amount: '0' }]],
    ['whole-minutes', [ours(70_000), { amount: '0.20' }]],
    ['duration', [ours(70_000), { amount: '0.12', seconds: 90 }]],
    ['amount', [ours(70_000), { amount: '0.15' }]],
  ])('flags %s', (code, [mine, bill]) => {
    expect(codes(mine, bill)).toEqual([code]);
  });

  it('states the difference', () => {
    expect(reconcile(ours(70_000), { amount: '0.15' }).differences).toEqual([
      { code: 'amount', ours: '0.120', theirs: '0.15', by: '0.030' },
    ]);
  });

  it('does not flag an unanswered free call or one it cannot judge', () => {
    expect(reconcile({ answered: false, talkMs: 0 }, { amount: '0.00' }).agrees).toBe(true);
    expect(reconcile({ answered: true, talkMs: 70_000 }, { amount: '9' }).agrees).toBe(true);
  });
});

describe('the cost before a call', () => {
  const cost = { card, currency: 'USD', monthSeconds: 0 };
  it('shows the rate and how long it holds', () => {
    const verdict = mayCall(facts({ cost, permission: 'unavailable' }), START);
    expect(verdict.changesAt).toBe(START + DAY);
    expect(verdict.findings).toContainEqual(
      expect.objectContaining({
        code: 'cost-rate',
        values: { perMinute: '0.1', perPulse: '0.01', currency: 'USD', region: 'MX' },
      }),
    );
  });

  it('says when it has no rate and when a provider counts minutes', () => {
    const find = (known: Parameters<typeof facts>[0]) =>
      mayCall(facts(known), START).findings.map((one) => one.code);
    expect(find({ cost: { ...cost, currency: 'EUR' } })).toContain('cost-unknown');
    expect(find({ provider: 'zernio' })).toContain('cost-by-minute');
    expect(find({ provider: 'pilot-web', cost })).toEqual([]);
  });

  it('is a decimal at every step', () => {
    const total = estimate(card, mexico, 3_600_000);
    expect(total.ok && compare(total.amount, { units: 6n, scale: 0 })).toBe(0);
  });
});
