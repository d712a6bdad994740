import { describe, expect, it } from 'vitest';
import { messagingLimit } from '../../../../src/shared/rules/account.ts';
import type { BusinessFacts, Facts } from '../../../../src/shared/rules/facts.ts';
import { mayCall, mayRequestPermission } from '../../../../src/shared/rules/verdicts.ts';
import { answer, DAY, facts, HOUR, START } from './rule-facts.ts';

const ask = (business: Partial<BusinessFacts>, more: Partial<Facts> = {}, now = START) =>
  mayCall(facts({ business: { number: '+5511987654321', ...business }, ...more }), now);
const grave = (...args: Parameters<typeof ask>) =>
  ask(...args).findings.filter((one) => one.severity !== 'info');

describe('the messaging limit', () => {
  it.each([
    ['TIER_250', 250],
    ['TIER_1K', 1000],
    ['TIER_2K', 2000],
    ['TIER_100K', 100_000],
    ['TIER_UNLIMITED', Infinity],
    ['2000', 2000],
    ['TIER_X', undefined],
  ])('is read from %s', (tier, limit) => {
    expect(messagingLimit(tier)).toBe(limit);
  });

  it('warns below the provider’s minimum and never blocks', () => {
    expect(grave({ messagingTier: 'TIER_1K' })).toMatchObject([
      { code: 'tier-too-low', values: { needed: 2000 } },
    ]);
    const d360 = { provider: 'd360', history: [{ kind: 'customer-message', at: START }] } as const;
    expect(grave({ messagingTier: 'TIER_1K' }, d360)).toMatchObject([
      { code: 'tier-disputed', values: { needed: 1000, otherNeeded: 2000 } },
    ]);
    expect(grave({ messagingTier: 'TIER_250' }, d360)).toMatchObject([{ code: 'tier-too-low' }]);
    expect(grave({ messagingTier: 'TIER_10K' })).toEqual([]);
    expect(grave({ messagingTier: 'TIER_250', sandbox: true })).toEqual([]);
    expect(ask({ messagingTier: 'TIER_250' }).allowed).toBe(true);
  });

  it('believes the provider’s 138015 until calling is enabled', () => {
    const refusals = [{ code: '138015', at: START }];
    expect(ask({ refusals }).findings[0]?.code).toBe('tier-refused');
    expect(ask({ refusals, callingEnabled: true }).allowed).toBe(true);
  });
});

describe('refusals and restrictions', () => {
  it('explain a missing payment method and allow another attempt', () => {
    expect(grave({ facts: [{ kind: 'payment', code: '131044', since: START }] })).toMatchObject([
      { code: 'payment-missing', severity: 'warn', next: 'add-payment-method' },
    ]);
  });

  it('forget a pause after seven days', () => {
    const refusals = [{ code: '138014', at: START }];
    const permission = answer({ checkedAt: START + 7 * DAY });
    expect(grave({ refusals })).toMatchObject([{ changesAt: START + 7 * DAY }]);
    expect(grave({ refusals }, { permission }, START + 7 * DAY)).toEqual([]);
  });

  it('block calls and requests until a restriction ends', () => {
    const type = 'RESTRICTED_BUSINESS_INITIATED_CALLING';
    const restrictions = [{ type, expiresAt: START + HOUR }];
    expect(ask({ restrictions })).toMatchObject({
      allowed: false,
      findings: [{ code: 'restricted', changesAt: START + HOUR }, {}, {}],
    });
    expect(ask({ restrictions }, {}, START + HOUR).allowed).toBe(true);
    const known = facts({
      business: { number: '+5511987654321', restrictions },
      permission: answer({ status: 'temporary' }),
    });
    expect(mayRequestPermission(known, START, 'template').allowed).toBe(false);
    expect(mayRequestPermission(known, START + HOUR, 'template').allowed).toBe(true);
  });

  it('mention restrictions of the other direction and unknown ones', () => {
    const of = (type: string) => ask({ restrictions: [{ type }] });
    expect(of('RESTRICTED_USER_INITIATED_CALLING').findings).toContainEqual(
      expect.objectContaining({ code: 'restricted-inbound', severity: 'info' }),
    );
    for (const type of ['RESTRICTED_SOMEHOW', 'constructor', '__proto__']) {
      expect(of(type).findings[0]).toMatchObject({ code: 'restriction-unknown', severity: 'warn' });
    }
    expect(of('RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING').allowed).toBe(false);
  });

  it('block calls from a number with calling disabled', () => {
    expect(grave({ callingEnabled: false })).toMatchObject([{ code: 'calling-off' }]);
  });
});

describe('live calls', () => {
  it('block a second call with the same person', () => {
    const inCall = (inCallWith: 'me' | 'colleague') =>
      mayCall(facts({ customer: { inCallWith } }), START).findings[0]?.code;
    expect(inCall('me')).toBe('already-in-call');
    expect(inCall('colleague')).toBe('colleague-in-call');
  });

  it('are limited to 1,000 per number, and per account at 360dialog', () => {
    const full = { live: { onNumber: 1000, onAccount: 1000 } };
    expect(grave(full)).toMatchObject([{ code: 'concurrent-limit', values: { max: 1000 } }]);
    expect(grave({ live: { onNumber: 999, onAccount: 5000 } })).toEqual([]);
    const d360 = ask({ live: { onNumber: 1, onAccount: 1000 } }, { provider: 'd360' });
    expect(d360.findings[0]).toMatchObject({ code: 'concurrent-limit-account', severity: 'block' });
    expect(ask(full, { provider: 'pilot-web' }).allowed).toBe(true);
  });
});
