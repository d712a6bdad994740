import { sandboxUnansweredLimits, unansweredLimits } from './data/limits.ts';
import { providers } from './data/providers.ts';
import { inOrder, type ContactEvent, type Facts } from './facts.ts';
import { finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

/** Business calls in a row that nobody took. */
export interface Streak {
  count: number;
  /** When the last of them was placed (Unix ms). */
  lastAt?: number | undefined;
}

/**
 * Counts the business-initiated calls since the last answered one that were not answered or were rejected. A call that
 * we cancelled while it rang looks the same from the customer's side and counts; one that never reached them does not.
 * A customer's own call does not end the streak (only the request limits are said to be reset by any connected call).
 * A permission given or taken anew starts over.
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

/** The thresholds that apply to this number. */
export function streakLimits(facts: Facts): { reconsiderAt: number; revokeAt: number } {
  return (facts.business.sandbox ? sandboxUnansweredLimits : unansweredLimits).value;
}

/** Warns once the customer was asked to reconsider, and before the call that takes the permission away. */
export function streakRuling(facts: Facts): Ruling {
  if (providers[facts.provider].permission.value === 'not-needed') return silent;
  const { count } = unansweredStreak(facts.history);
  const { reconsiderAt, revokeAt } = streakLimits(facts);
  const values = { unanswered: count, limit: revokeAt };
  // At the limit and beyond, `permissionState` doubts the permission itself.
  if (count >= revokeAt || count < reconsiderAt) return silent;
  return ruling([finding(count === revokeAt - 1 ? 'unanswered-last' : 'unanswered-some', values)]);
}
