import {
  declineWaitMs,
  requestLifeMs,
  requestLimits,
  sandboxRequestLimits,
} from './data/limits.ts';
import { knownBy, lastConnectedAt, type Facts } from './facts.ts';
import { finding } from './findings.ts';
import { answerOf } from './permission.ts';
import { lastToFree, quota, quotaChangesAt, tightest, type Quota } from './quota.ts';
import { ruling, silent, type Ruling } from './ruling.ts';
import { latest } from './times.ts';

const HOUR_MS = 3_600_000;

/**
 * How many more permission requests may be sent: 1 in 24 h and 2 in 7 d unless the provider says
 * otherwise. Both start over with any connected call in either direction
 * (docs/providers/meta.md#limits). Free-form and template requests count together, and declined
 * ones count too, since they were sent.
 */
export function requestsLeft(facts: Facts, now: number): Quota {
  const answer = answerOf(facts);
  return quota(
    {
      answer: answer && { action: answer.request, checkedAt: answer.checkedAt },
      defaults: (facts.business.sandbox ? sandboxRequestLimits : requestLimits).value,
      uses: requestTimes(facts),
      resetAt: lastConnectedAt(facts.history),
    },
    now,
  );
}

/** Whether another permission request may be sent now. */
export function requestLimitRuling(facts: Facts, now: number): Ruling {
  const answer = answerOf(facts);
  const left = requestsLeft(facts, now);
  const changesAt = quotaChangesAt(left);

  const stillYes =
    answer?.request.allowed === true && !requestTimes(facts).some((at) => at >= answer.checkedAt);
  if (left.exhausted && !stillYes) {
    const limit = lastToFree(left);
    if (limit) {
      const values = { max: limit.max, hours: limit.periodMs / HOUR_MS };
      return ruling([finding('request-limit', values, { changesAt: limit.freesAt })], changesAt);
    }
  }
  if (refusedWithoutReason(facts)) return ruling([finding('request-refused', {})], changesAt);
  const limit = tightest(left);
  if (!limit || limit.left === 0) return ruling([], changesAt);
  const values = { left: limit.left, max: limit.max, hours: limit.periodMs / HOUR_MS };
  return ruling([finding('requests-left', values)], changesAt);
}

/**
 * 24 h after a refusal, unless the provider has since allowed one (respond.io, conditions for
 * requests).
 */
export function declineRuling(facts: Facts, now: number): Ruling {
  const declinedAt = lastOf(facts, 'permission-declined');
  if (declinedAt === undefined) return silent;
  const answer = answerOf(facts);
  if (answer && answer.checkedAt > declinedAt && answer.request.allowed) return silent;
  const until = declinedAt + declineWaitMs.value;
  return now >= until
    ? silent
    : ruling([finding('declined-recently', { declinedAt }, { changesAt: until })]);
}

/** Reports a pending request: it can be answered for 7 days. */
export function pendingRuling(facts: Facts, now: number): Ruling {
  const sentAt = lastOf(facts, 'permission-request');
  const answeredAt = latest([
    lastOf(facts, 'permission-granted'),
    lastOf(facts, 'permission-declined'),
  ]);
  if (sentAt === undefined || (answeredAt !== undefined && answeredAt >= sentAt)) return silent;
  const until = sentAt + requestLifeMs.value;
  return now >= until
    ? silent
    : ruling([finding('request-pending', { sentAt }, { changesAt: until })]);
}

/** A refusal explained neither by a used-up limit, a decline nor a permanent permission. */
function refusedWithoutReason(facts: Facts): boolean {
  const answer = answerOf(facts);
  if (answer === undefined || answer.request.allowed || answer.status === 'permanent') return false;
  // A connected call restores requests, and any other event may have changed the answer too.
  const then = answer.checkedAt;
  const resetAt = lastConnectedAt(facts.history);
  if (resetAt !== undefined && resetAt > then) return false;
  const known = knownBy(facts, then);
  const declinedAt = lastOf(known, 'permission-declined');
  const declined = declinedAt !== undefined && then < declinedAt + declineWaitMs.value;
  return !declined && !requestsLeft(known, then).exhausted;
}

function requestTimes({ history }: Facts): number[] {
  return history.flatMap((event) => (event.kind === 'permission-request' ? [event.at] : []));
}

function lastOf(
  { history }: Facts,
  kind: 'permission-declined' | 'permission-request' | 'permission-granted',
): number | undefined {
  return latest(history.flatMap((event) => (event.kind === kind ? [event.at] : [])));
}
