import type { CallTerminated, Party } from '../providers/events.ts';
import type { Call } from './state.ts';

/** Completes what is known of a person; what is already known stays. */
export function mergeParty(known: Party, told: Party): Party {
  return {
    waId: known.waId ?? told.waId,
    userId: known.userId ?? told.userId,
    name: known.name ?? told.name,
  };
}

/** Notes what the provider said about a finished call. The first word stays. */
export function withVerdict(call: Call, told: CallTerminated): Call {
  const party = mergeParty(call.party, told.party);
  if (call.billed) return { ...call, party };
  if (told.startedAt === undefined) {
    // A placed call that completed without a start was never picked up, whatever we believed to hear.
    const unheard = call.direction === 'outbound' && !told.failed;
    return { ...call, party, connectedAt: unheard ? undefined : call.connectedAt };
  }
  return {
    ...call,
    party,
    billed: {
      startedAt: told.startedAt,
      endedAt: told.endedAt,
      durationSeconds: told.durationSeconds,
    },
  };
}
