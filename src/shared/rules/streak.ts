import { sandboxUnansweredLimits, unansweredLimits } from './data/limits.ts';
import { providers } from './data/providers.ts';
import { inOrder, type ContactEvent, type Facts } from './facts.ts';
import { finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

/** Consecutive unanswered business calls. */
export interface Streak {
  count: number;
  /** When the last one was placed (Unix ms). */
  lastAt?: number | undefined;
}

/**
 * Counts the business-initiated calls since the last answered one that were unanswered or rejected.
 * A ringing call that we cancel counts, since the customer sees no difference; one that never
 * reached them does not. A customer's own call does not end the streak (any connected call resets
 * only the request limits). A permission granted or revoked starts over.
 */
export function unansweredStreak(history: readonly ContactEvent[]): Streak {
  return inOrder(history).reduce<Streak>(
    (streak, event) => {
      switch (event.kind) {
        case 'business-call':
          if (event.outcome === 'connected') return { count: 0 };
          if (event.outcome === 'failed') return streak;
          return { count: streak.count + 1, lastAt: event.at };
        case 'permission-granted':
        case 'permission-revoked':
          return { count: 0 };
        default:
          return streak;
      }
    },
    { count: 0 },
  );
}

/** The thresholds for this number. */
export function streakLimits(facts: Facts): { reconsiderAt: number; revokeAt: number } {
  return (facts.business.sandbox ? sandboxUnansweredLimits : unansweredLimits).value;
}

/**
 * Warns once WhatsApp has asked the customer to reconsider, and before the call that revokes the
 * permission.
 */
export function streakRuling(facts: Facts): Ruling {
  if (providers[facts.provider].permission.value === 'not-needed') return silent;
  const { count } = unansweredStreak(facts.history);
  const { reconsiderAt, revokeAt } = streakLimits(facts);
  const values = { unanswered: count, limit: revokeAt };
  // From the limit on, `permissionState` doubts the permission itself.
  if (count >= revokeAt || count < reconsiderAt) return silent;
  return ruling([finding(count === revokeAt - 1 ? 'unanswered-last' : 'unanswered-some', values)]);
}
