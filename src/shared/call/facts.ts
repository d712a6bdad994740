import { numberKey } from '../lib/person-key.ts';
import type { CallTerminated, Party, RecordingReady } from '../providers/events.ts';
import type { Call } from './model.ts';
import { ignored, type Step } from './step.ts';

/**
 * Completes what is known of a person; what is already known stays, but for the number, which is taken over as the provider
 * spells it.
 */
export function mergeParty(known: Party, told: Party): Party {
  const isOtherNumber =
    known.waId !== undefined &&
    (told.waId === undefined || numberKey(told.waId) !== numberKey(known.waId));
  return {
    waId: isOtherNumber ? known.waId : told.waId,
    userId: known.userId ?? told.userId,
    name: known.name ?? told.name,
    username: known.username ?? told.username,
  };
}

/** Notes the provider's other id of a call, under which it may speak of it later. */
export function withIds(
  call: Call,
  { providerCallId, secondaryId }: { providerCallId: string; secondaryId?: string | undefined },
): Call {
  if (secondaryId === undefined || secondaryId === providerCallId || call.secondaryId !== undefined)
    return call;
  const first = call.providerCallId ?? providerCallId;
  return {
    ...call,
    providerCallId: first,
    secondaryId: first === secondaryId ? providerCallId : secondaryId,
  };
}

/** Completes a bill: it is settled after the call, in parts. The same object when nothing is new. */
function mergeBill(known: Call['bill'], told: Call['bill']): Call['bill'] {
  if (known === undefined || told === undefined) return known ?? told;
  const merged = {
    billable: known.billable ?? told.billable,
    meta: known.meta ?? told.meta,
    carrier: known.carrier ?? told.carrier,
    recording: known.recording ?? told.recording,
    transcription: known.transcription ?? told.transcription,
    total: known.total ?? told.total,
  };
  const keys = ['billable', 'meta', 'carrier', 'recording', 'transcription', 'total'] as const;
  return keys.every((key) => merged[key] === known[key]) ? known : merged;
}

/** A recording or a transcript can be asked for; at any time, also long after the call. */
export function withRecording(call: Call, { what, mediaId }: RecordingReady): Step {
  const field = whereKept[what];
  const known = call[field];
  if (known && (mediaId === undefined || known.mediaId !== undefined))
    return ignored('told before');
  const file = { ...(mediaId !== undefined && { mediaId }) };
  return { ok: true, call: { ...call, [field]: file }, effects: [] };
}

const whereKept = { audio: 'recorded', transcript: 'transcribed' } as const;

/** Notes what the provider said about a finished call. The first word stays; what it left open is completed. */
export function withProviderResult(known: Call, told: CallTerminated): Call {
  const party = mergeParty(known.party, told.party);
  const call: Call = {
    ...known,
    bill: mergeBill(known.bill, told.bill),
    recorded: known.recorded ?? (told.recorded ? {} : undefined),
  };
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
