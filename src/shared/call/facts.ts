import { numberKey } from '../lib/person-key.ts';
import type { CallTerminated, Party, RecordingReady } from '../providers/events.ts';
import { tellsIfAnswered, type Call } from './model.ts';
import { changed, ignored, type Step } from './step.ts';

/**
 * Completes what is known of a person. What is known stays, but the number takes on the provider's spelling.
 */
export function mergeParty(known: Party, reported: Party): Party {
  const isOtherNumber =
    known.waId !== undefined &&
    (reported.waId === undefined || numberKey(reported.waId) !== numberKey(known.waId));
  return {
    waId: isOtherNumber ? known.waId : reported.waId,
    userId: known.userId ?? reported.userId,
    name: known.name ?? reported.name,
    username: known.username ?? reported.username,
  };
}

/** Completes what is known of the customer. */
export function withParty<C extends Call>(call: C, reported: Party): Step<C> {
  const party = mergeParty(call.party, reported);
  return isSameParty(party, call.party) ? ignored('reported before') : changed({ ...call, party });
}

/** Whether two reports say the same of a person. */
export function isSameParty(a: Party, b: Party): boolean {
  return (
    a.name === b.name && a.waId === b.waId && a.username === b.username && a.userId === b.userId
  );
}

/** The call with the provider's id of it; the first one stays. */
export function withName<C extends Call>(call: C, providerCallId: string): C {
  return { ...call, providerCallId: call.providerCallId ?? providerCallId };
}

/** Notes the provider's other id of a call, which later reports may carry. */
export function withIds<C extends Call>(
  call: C,
  { providerCallId, secondaryId }: { providerCallId: string; secondaryId?: string | undefined },
): C {
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
export function mergeBill(known: Call['bill'], reported: Call['bill']): Call['bill'] {
  if (known === undefined || reported === undefined) return known ?? reported;
  const merged = {
    billable: known.billable ?? reported.billable,
    meta: known.meta ?? reported.meta,
    carrier: known.carrier ?? reported.carrier,
    recording: known.recording ?? reported.recording,
    transcription: known.transcription ?? reported.transcription,
    total: known.total ?? reported.total,
  };
  const keys = ['billable', 'meta', 'carrier', 'recording', 'transcription', 'total'] as const;
  return keys.every((key) => merged[key] === known[key]) ? known : merged;
}

/** A recording, a transcript or a voicemail can be asked for; at any time, also long after the call. */
export function withRecording<C extends Call>(call: C, { what, mediaId }: RecordingReady): Step<C> {
  if (what === 'voicemail' && wasHeard(call))
    return ignored('the customer was heard, and left no message');
  const field = whereKept[what];
  const known = call[field];
  if (known && (mediaId === undefined || known.mediaId !== undefined)) {
    return ignored('reported before');
  }
  const file = { ...(mediaId !== undefined && { mediaId }) };
  return changed({ ...call, [field]: file });
}

const whereKept = {
  audio: 'recorded',
  transcript: 'transcribed',
  voicemail: 'voicemail',
} as const;

/** What is known of a call that nobody spoke in. */
export const neverUp = { connectedAt: undefined, talkIntervals: undefined } as const;

/** Whether the provider's report says if we talked: an external call was talked elsewhere. */
function isSaidOfUs(call: Call): boolean {
  return call.direction === 'outbound' || (call.path !== 'external' && tellsIfAnswered(call));
}

function wasHeard(call: Call): boolean {
  return 'audioAt' in call && call.audioAt !== undefined;
}

/** Notes what the provider reported about a finished call. The first report stays; later ones complete it. */
export function withProviderResult<C extends Call>(known: C, report: CallTerminated): C {
  const party = mergeParty(known.party, report.party);
  const call = {
    ...known,
    bill: mergeBill(known.bill, report.bill),
    recorded: known.recorded ?? (report.recorded ? {} : undefined),
    voicemail: known.voicemail ?? (report.voicemail ? {} : undefined),
  };
  if (call.billed) return { ...call, party };
  if (report.startedAt === undefined) {
    const next = { ...call, party, unanswered: call.unanswered ?? { at: report.at } };
    // A call that completed without a start was never answered, whatever we seemed to hear.
    return report.failed || !isSaidOfUs(call) ? next : { ...next, ...neverUp };
  }
  const { startedAt, endedAt, durationSeconds } = report;
  return { ...call, party, unanswered: undefined, billed: { startedAt, endedAt, durationSeconds } };
}
