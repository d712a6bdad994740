import { type Call, durationSeconds } from '../calls/call.ts';
import { billOf } from './billing.ts';
import { callsOf, type CallNotes, e164, numberOf, type ZernioNumber } from './number.ts';

/**
 * A call's record (docs/providers/zernio.md#calls): a row of the list, or with
 * `full` the detail.
 *
 * @vendor documented zernio-answers/list
 */
export function recordOf(
  number: ZernioNumber,
  call: Call,
  notes: CallNotes,
  full: boolean,
): Record<string, unknown> {
  const ended = call.phase === 'ended';
  const billing = ended ? billOf(call, notes) : undefined;
  return {
    _id: call.id,
    ...ends(number, call),
    status: statusOf(call),
    startedAt: iso(call.createdAt),
    endedAt: isoOrNull(call.endedAt),
    durationSeconds: ended ? (durationSeconds(call) ?? 0) : null,
    endReason: ended ? endReason(call) : null,
    recordingUrl: isRecorded(call, notes) ? recordingPath(number, call) : null,
    ...(billing ? { billing: { ...billing, currency: 'USD' } } : {}),
    ...(full ? rest(number, call, notes) : {}),
  };
}

function rest({ account, calling }: ZernioNumber, call: Call, notes: CallNotes) {
  return {
    accountId: account.zernioAccountId,
    metaCallId: notes.metaCallId,
    contactName: call.customer.name,
    conversationId: null,
    contactId: null,
    channel: 'whatsapp',
    forwardTo: notes.forwardTo,
    greeting: null,
    isVoicemail: false,
    forwardCallerId: calling.forwardCallerId,
    recordingEnabled: notes.recording,
    transcriptionEnabled: false,
    answeredAt: isoOrNull(call.startedAt),
    transferredAt: isoOrNull(notes.transferredAt),
    hangupCause: call.phase === 'ended' ? hangupCause(call) : null,
    sipHangupCause: notes.sipHangupCause ?? null,
    callErrors: [],
    createdAt: iso(call.createdAt),
    updatedAt: iso(call.endedAt ?? call.startedAt ?? call.createdAt),
  };
}

/** Direction and both numbers, as every record and webhook has them. */
export function ends({ account }: ZernioNumber, call: Call) {
  const business = e164(account.displayPhoneNumber);
  const customer = numberOf(call.customer);
  return call.direction === 'user-initiated'
    ? { direction: 'inbound', from: customer, to: business }
    : { direction: 'outbound', from: business, to: customer };
}

export const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | undefined): string | null => (ms === undefined ? null : iso(ms));

export const isFailure = ({ end }: Call): boolean =>
  end?.reason === 'media-failed' || end?.reason === 'no-media';

function statusOf(call: Call): 'ringing' | 'answered' | 'ended' | 'failed' {
  if (call.phase === 'ended') return isFailure(call) ? 'failed' : 'ended';
  return call.phase === 'accepted' ? 'answered' : 'ringing';
}

/** There is no missed call: a call that was neither answered nor refused is `no_answer`. */
export function endReason(call: Call): 'hangup' | 'no_answer' | 'rejected' | 'error' {
  if (isFailure(call)) return 'error';
  if (call.end?.reason === 'declined' || call.end?.reason === 'rejected') return 'rejected';
  return call.startedAt === undefined ? 'no_answer' : 'hangup';
}

/** The carrier's cause for the end. */
export const hangupCause = (call: Call): string =>
  ({
    hangup: 'normal_clearing',
    no_answer: 'timeout',
    rejected: 'call_rejected',
    error: 'unspecified',
  })[endReason(call)];

export const isRecorded = (call: Call, notes: CallNotes): boolean =>
  call.phase === 'ended' && notes.recording && call.startedAt !== undefined;

export const recordingPath = ({ world }: ZernioNumber, call: Call): string =>
  `${world.baseUrl}/recordings/${call.id}.${world.recordingFile === undefined ? 'ogg' : 'mp3'}`;

/** Filters and cursor of the list. Times are Unix ms. */
export interface Listing {
  status: string | undefined;
  direction: string | undefined;
  since: number | undefined;
  until: number | undefined;
  before: number | undefined;
  limit: number;
}

/**
 * Newest first; the cursor is the start of the last row.
 *
 * @vendor documented zernio-answers/list
 */
export function listCalls(number: ZernioNumber, wanted: Listing): Record<string, unknown> {
  const { status, direction, since = -Infinity, until = Infinity, before = Infinity } = wanted;
  const fits = callsOf(number)
    .filter(
      (call) =>
        call.createdAt >= since &&
        call.createdAt <= until &&
        call.createdAt < before &&
        (status === undefined || statusOf(call) === status) &&
        (direction === undefined || ends(number, call).direction === direction),
    )
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const page = fits.slice(0, wanted.limit);
  const last = page.at(-1);
  return {
    calls: page.flatMap((call) => {
      const notes = number.notes.get(call.id);
      return notes ? [recordOf(number, call, notes, false)] : [];
    }),
    nextCursor: last && fits.length > page.length ? iso(last.createdAt) : null,
  };
}
