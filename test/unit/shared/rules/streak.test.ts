import { describe, expect, it } from 'vitest';
import type { ContactEvent } from '../../../../src/shared/rules/facts.ts';
import { unansweredStreak } from '../../../../src/shared/rules/streak.ts';
import { mayCall } from '../../../../src/shared/rules/verdicts.ts';
import { answer, facts, HOUR, START } from './rule-facts.ts';

const missed = (
  count: number,
  outcome: 'unanswered' | 'rejected' | 'cancelled' | 'failed' = 'unanswered',
): ContactEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'business-call',
    at: START + index * HOUR,
    outcome,
  }));

const severe = (history: readonly ContactEvent[], sandbox = false) =>
  mayCall(
    facts({ history, business: { number: '+5511987654321', sandbox } }),
    START + 10 * HOUR,
  ).findings.flatMap((one) => (one.severity === 'info' ? [] : [one.code]));

describe('unanswered calls in a row', () => {
  it('warn at two, warn harder before the fourth, and doubt the permission after it', () => {
    expect(severe(missed(1))).toEqual([]);
    expect(severe(missed(2))).toEqual(['unanswered-some']);
    expect(severe(missed(3))).toEqual(['unanswered-last']);
    expect(severe(missed(4))).toEqual(['permission-maybe-revoked']);
  });

  it('allow the call that may revoke the permission but none after it', () => {
    const at = START + 10 * HOUR;
    expect(mayCall(facts({ history: missed(3) }), at).allowed).toBe(true);
    expect(mayCall(facts({ history: missed(4) }), at).allowed).toBe(false);
    // The provider was asked since and still allows calls.
    const asked = answer({ checkedAt: START + 9 * HOUR });
    expect(mayCall(facts({ history: missed(4), permission: asked }), at).allowed).toBe(true);
  });

  it('are counted more leniently for sandbox numbers', () => {
    expect(severe(missed(4), true)).toEqual([]);
    expect(severe(missed(5), true)).toEqual(['unanswered-some']);
    expect(severe(missed(9), true)).toEqual(['unanswered-last']);
  });

  it('count calls the customer saw ring, and end with an answer or a new permission', () => {
    expect(unansweredStreak(missed(3, 'rejected')).count).toBe(3);
    expect(unansweredStreak(missed(3, 'cancelled')).count).toBe(3);
    expect(unansweredStreak(missed(3, 'failed')).count).toBe(0);
    const at = START + 9 * HOUR;
    const taken = { kind: 'business-call', at, outcome: 'connected', connectedAt: at } as const;
    expect(unansweredStreak([taken, ...missed(3)]).count).toBe(0);
    expect(unansweredStreak([...missed(3), { kind: 'permission-granted', at }]).count).toBe(0);
    // A customer's own call resets only the request limits.
    expect(
      unansweredStreak([...missed(3), { kind: 'customer-call', at, connectedAt: at }]),
    ).toEqual({ count: 3, lastAt: START + 2 * HOUR });
  });
});
