import { callLimits } from './data/limits.ts';
import { knownBy, type Facts } from './facts.ts';
import { finding } from './findings.ts';
import { answerOf, newsSince, permissionState } from './permission.ts';
import { lastToFree, quota, quotaChangesAt, tightest, type Quota } from './quota.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

const HOUR_MS = 3_600_000;

/**
 * How many more business calls this person can receive. Only answered calls count
 * (docs/providers/meta.md#call-permissions).
 */
export function callsLeft(facts: Facts, now: number): Quota {
  const answer = answerOf(facts);
  return quota(
    {
      answer: answer && { action: answer.call, checkedAt: answer.checkedAt },
      defaults: callLimits.value,
      uses: connectedCalls(facts),
    },
    now,
  );
}

/** Whether the limit of answered calls is used up or the provider refuses without a reason. */
export function callLimitRuling(facts: Facts, now: number): Ruling {
  const { status } = permissionState(facts, now);
  if (status === 'not-needed') return silent;
  const answer = answerOf(facts);
  const left = callsLeft(facts, now);
  const changesAt = quotaChangesAt(left);

  // The provider's permission overrides our own count until it is used.
  const stillYes =
    answer?.call.allowed === true && !connectedCalls(facts).some((at) => at >= answer.checkedAt);
  if (left.exhausted && !stillYes) {
    const limit = lastToFree(left);
    if (limit) {
      const values = { max: limit.max, hours: limit.periodMs / HOUR_MS };
      return ruling([finding('call-limit', values, { changesAt: limit.freesAt })], changesAt);
    }
  }
  if (refusedWithoutReason(facts)) return ruling([finding('call-refused', {})], changesAt);
  const limit = tightest(left);
  if (!limit || limit.left === 0) return ruling([], changesAt);
  const values = { left: limit.left, max: limit.max, hours: limit.periodMs / HOUR_MS };
  return ruling([finding('calls-left', values)], changesAt);
}

/**
 * A refusal explained neither by the permission nor by a used-up limit. Later events may settle it.
 */
function refusedWithoutReason(facts: Facts): boolean {
  const answer = answerOf(facts);
  if (answer === undefined || answer.call.allowed || newsSince(facts)) return false;
  const known = knownBy(facts, answer.checkedAt);
  const state = permissionState(known, answer.checkedAt);
  const granted = state.status === 'permanent' || state.status === 'temporary';
  return granted && !callsLeft(known, answer.checkedAt).exhausted;
}

function connectedCalls({ history }: Facts): number[] {
  return history.flatMap((event) =>
    event.kind === 'business-call' && event.outcome === 'connected' ? [event.connectedAt] : [],
  );
}
