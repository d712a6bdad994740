import type { z } from 'zod';
import type { ProviderError, RecordingReady } from '../events.ts';
import { legalAnswer } from './answer-setup.ts';
import { findSdp, isSdes, type FoundSdp } from './sdp.ts';
import type { Reader } from '../webhook.ts';
import { eachOnce, errorWords, readErrors } from './webhook-errors.ts';
import { readNumberErrors } from './webhook-facts.ts';
import {
  type Contacts,
  customerSide,
  findParty,
  isSameNumber,
  readContacts,
} from './webhook-party.ts';
import {
  callSchema,
  fileSchema,
  statusSchema,
  type MetaCall,
  type MetaValue,
} from './webhook-schema.ts';

interface Context {
  contacts: Contacts;
  numberId: string | undefined;
  ourNumber: string | undefined;
  /** With a single call, errors can only belong to it. */
  single: boolean;
  /** Errors beside the calls, assigned to the calls that failed. */
  takeErrors: () => readonly ProviderError[];
}

/**
 * Reads field `calls`: connects, terminates, recordings and statuses
 * (docs/providers/meta.md#webhooks, #recording).
 */
export function readCalls(
  reader: Reader,
  value: MetaValue,
  path: string,
  reportedAt: number | undefined,
): void {
  const errors = readErrors(reader, value.errors ?? [], `${path}.errors`);
  let taken = false;
  const ourNumber = value.metadata?.display_phone_number;
  const context: Context = {
    // Our own number is never the customer, wherever it appears.
    contacts: readContacts(reader, value, path, ourNumber),
    numberId: value.metadata?.phone_number_id,
    ourNumber,
    single: value.calls?.length === 1,
    takeErrors: () => {
      taken = true;
      return errors;
    },
  };
  if (value.calls) {
    reader.each(value.calls, `${path}.calls`, (_, item, at) => readCall(reader, item, at, context));
  }
  if (value.statuses) {
    reader.each(value.statuses, `${path}.statuses`, (_, item, at) =>
      readStatus(reader, item, at, context),
    );
  }
  if (!value.calls && errors.length > 0) {
    return readNumberErrors(reader, errors, { numberId: context.numberId, reportedAt });
  }
  if (!value.calls && !value.statuses) reader.malformed(path, 'neither calls nor statuses');
  if (errors.length > 0 && !taken) {
    reader.malformed(`${path}.errors`, `belong to no failed call: ${errorWords(errors)}`);
  }
}

function readCall(reader: Reader, item: unknown, path: string, context: Context): void {
  const call = reader.read(callSchema, item, path);
  if (!call) return;
  const event = call.event?.trim().toLowerCase();
  switch (event) {
    case 'connect':
      return readConnect(reader, item, call, path, context);
    case 'terminate':
      return readTerminate(reader, call, path, context);
    // Undocumented. An independent program expects them, and without its end a call would go on.
    case 'terminated':
    case 'ended':
    case 'missed':
    case 'unanswered':
      reader.malformed(`${path}.event`, `${event} is taken for terminate`);
      return readTerminate(reader, call, path, context);
    case 'call_recording_available':
      return readRecording(reader, call, path, context, 'audio');
    // Both names are in use (docs/providers/meta.md#recording).
    case 'call_transcription_available':
    case 'call_transcript_available':
      return readRecording(reader, call, path, context, 'transcript');
    case undefined:
    case '':
      // Only a connect has an SDP.
      if (findSdp(item)) return readConnect(reader, item, call, path, context);
      reader.malformed(`${path}.event`, 'a call without an event');
      return hasEnded(call) ? readTerminate(reader, call, path, context) : undefined;
    default:
      // call_created and future events (docs/providers/meta.md#other-call-events).
      return reader.unsupported(`${path}.event`, `nothing is done with event ${call.event}`);
  }
}

/** Only the end of a call says how it went, or when it was over. */
function hasEnded({ status, end_time: end }: MetaCall): boolean {
  return end !== undefined || /^\s*(?:completed|failed)\s*$/i.test(status ?? '');
}

function readConnect(
  reader: Reader,
  item: unknown,
  call: MetaCall,
  path: string,
  context: Context,
): void {
  const session = sessionOf(reader, item, call, path);
  if (!session) return;
  const direction = readDirection(reader, call, path) ?? directionByEnds(call, context);
  const kind = direction ? kindOf[direction] : (session.type ?? bySetup(session.sdp));
  if (session.type !== undefined && session.type !== kind) {
    reader.malformed(
      `${path}.session.sdp_type`,
      `is ${session.type} though direction says ${kind}`,
    );
  }
  const at = reader.at(call.timestamp, path);
  const side = customerSide(call, kind === 'offer' ? 'from' : 'to', context.ourNumber);
  const party = findParty(reader, call, side, context, path);
  const payload = call.cta_payload ?? call.deeplink_payload;
  reader.event({
    numberId: context.numberId,
    identity: `${kind}:${call.id}:${call.timestamp ?? ''}`,
    providerCallId: call.id,
    ...(call.biz_opaque_callback_data !== undefined && {
      callbackData: call.biz_opaque_callback_data,
    }),
    event:
      kind === 'offer'
        ? { kind, at, party, sdp: session.sdp, ...(payload !== undefined && { payload }) }
        : { kind, at, party, sdp: legalAnswer(session.sdp, reader.options.actpassAnswer) },
  });
  if (!isSdes(session.sdp)) return;
  // It rings but nobody can answer: the number's setting is at fault, not the call (case W6).
  reader.event({
    numberId: context.numberId,
    identity: `number:key-exchange:${call.id}`,
    event: { kind: 'number', at, change: { what: 'fact', fact: { kind: 'key-exchange' } } },
  });
}

const kindOf = { inbound: 'offer', outbound: 'answer' } as const;

/**
 * Undefined if missing, as in one of Meta's samples
 * (docs/providers/meta.md#user-initiated-connect).
 */
function readDirection(
  reader: Reader,
  call: MetaCall,
  path: string,
): 'inbound' | 'outbound' | undefined {
  switch (call.direction?.trim().toUpperCase()) {
    case 'USER_INITIATED':
    case 'INBOUND':
      return 'inbound';
    case 'BUSINESS_INITIATED':
    case 'OUTBOUND':
      return 'outbound';
    case undefined:
      return undefined;
    default:
      reader.malformed(`${path}.direction`, `unknown direction ${call.direction}`);
      return undefined;
  }
}

/** The direction, from the end that is our number; undefined if that is unclear. */
function directionByEnds(
  { from, to }: MetaCall,
  { ourNumber }: Context,
): 'inbound' | 'outbound' | undefined {
  const [isFromUs, isToUs] = [isSameNumber(from, ourNumber), isSameNumber(to, ourNumber)];
  if (isFromUs === isToUs) return undefined;
  return isFromUs ? 'outbound' : 'inbound';
}

/**
 * `actpass` belongs to offers (RFC 8842), though some answers have it; a call that nobody placed is
 * inbound.
 */
function bySetup(sdp: string): 'offer' | 'answer' {
  return /^a=setup:(active|passive)/im.test(sdp) ? 'answer' : 'offer';
}

function sessionOf(
  reader: Reader,
  item: unknown,
  call: MetaCall,
  path: string,
): { sdp: string; type: 'offer' | 'answer' | undefined } | undefined {
  const found: FoundSdp | undefined = findSdp(item);
  if (found) return found;
  // Not an SDP, but in its place: it rings, and the softphone reports the fault.
  if (call.session) return { sdp: call.session.sdp, type: undefined };
  reader.malformed(`${path}.session`, 'a connect without an SDP');
  return undefined;
}

function readTerminate(reader: Reader, call: MetaCall, path: string, context: Context): void {
  const direction = readDirection(reader, call, path) ?? directionByEnds(call, context);
  const own = readErrors(reader, call.errors ?? [], `${path}.errors`);
  const status = call.status?.trim().toLowerCase();
  if (status !== 'completed' && status !== 'failed') {
    reader.malformed(`${path}.status`, `unknown status ${call.status ?? 'none'}`);
  }
  // Errors stand beside the calls and belong to those that failed
  // (docs/providers/meta.md#terminate-webhook).
  const errors = eachOnce([
    ...own,
    ...(status === 'failed' || context.single ? context.takeErrors() : []),
  ]);
  const side = customerSide(call, direction ? sideOf[direction] : 'from', context.ourNumber);
  const at = reader.at(call.timestamp, path);
  const { startedAt, endedAt, durationSeconds } = spanOf(reader, call, at, path);
  reader.event({
    numberId: context.numberId,
    // A call ends once, even if a repetition has another time.
    identity: `terminated:${call.id}`,
    providerCallId: call.id,
    ...(call.biz_opaque_callback_data !== undefined && {
      callbackData: call.biz_opaque_callback_data,
    }),
    event: {
      kind: 'terminated',
      at,
      party: findParty(reader, call, side, context, path),
      direction,
      failed: status === 'failed' || (status !== 'completed' && errors.length > 0),
      ...(startedAt !== undefined && { startedAt }),
      ...(endedAt !== undefined && { endedAt }),
      ...(durationSeconds !== undefined && { durationSeconds }),
      errors,
    },
  });
}

/** Clock difference tolerated between one provider's machines, ms. */
const CLOCK_TOLERANCE_MS = 300_000;

/**
 * When a call was answered and ended. An impossible start is derived from the duration, and without
 * a duration there was none: a missed call must not count as answered (case V7).
 */
function spanOf(
  reader: Reader,
  { start_time: start, end_time: end, duration }: MetaCall,
  at: number,
  path: string,
) {
  const latest = Math.max(at, reader.options.receivedAt) + CLOCK_TOLERANCE_MS;
  const endedAt = end !== undefined && end <= latest ? end : undefined;
  if (end !== endedAt) reader.malformed(`${path}.end_time`, 'has not come yet');
  const isPossible = start !== undefined && start <= (endedAt ?? latest);
  if (start !== undefined && !isPossible) {
    reader.malformed(
      `${path}.start_time`,
      start <= latest ? 'is after the end' : 'has not come yet',
    );
  }
  const byLength =
    duration !== undefined && duration > 0 ? (endedAt ?? at) - duration * 1000 : undefined;
  const startedAt = isPossible ? start : byLength && Math.max(0, Math.round(byLength));
  return { startedAt, endedAt, durationSeconds: duration };
}

const sideOf = { inbound: 'from', outbound: 'to' } as const;

/**
 * A call's file is ready. Its URL is valid for 5 minutes and the file for 7 days
 * (docs/providers/meta.md#recording), so the id is kept. A transcript is in
 * `call_transcript.document` (docs/providers/meta.md#recording); our former guess is read too.
 */
function readRecording(
  reader: Reader,
  call: MetaCall,
  path: string,
  { numberId }: Context,
  what: RecordingReady['what'],
): void {
  const mediaId = fileIdOf(reader, call, path, what);
  reader.event({
    numberId,
    identity: `recording:${what}:${call.id}:${mediaId ?? ''}`,
    providerCallId: call.id,
    event: {
      kind: 'recording',
      at: reader.at(call.timestamp, path),
      what,
      ...(mediaId !== undefined && { mediaId }),
    },
  });
}

/** The file's id, under any of its names. */
function fileIdOf(
  reader: Reader,
  call: MetaCall,
  path: string,
  what: RecordingReady['what'],
): string | undefined {
  const keys =
    what === 'audio'
      ? (['call_recording'] as const)
      : (['call_transcript', 'call_transcription'] as const);
  for (const key of keys) {
    const file = call[key];
    if (!file) continue;
    const types = [file.type, 'document', 'audio', 'transcript'].filter((one) => one !== undefined);
    const type = types.find((one) => Object.hasOwn(file, one) && file[one] !== null);
    const found = type
      ? reader.read(fileSchema, file[type], `${path}.${key}.${type}`)
      : reader.read(fileSchema, file, `${path}.${key}`);
    if (found && found.id !== undefined) return found.id;
  }
  return undefined;
}

function readStatus(reader: Reader, item: unknown, path: string, { numberId }: Context): void {
  const payload = reader.read(statusSchema, item, path);
  if (!payload) return;
  if (payload.type !== undefined && payload.type !== 'call') {
    return reader.unsupported(
      `${path}.type`,
      `a status of type ${payload.type} is not about a call`,
    );
  }
  readCallStatus(reader, payload, path, numberId);
}

/** The status of a call, wherever it stands. */
export function readCallStatus(
  reader: Reader,
  payload: z.infer<typeof statusSchema>,
  path: string,
  numberId: string | undefined,
): void {
  const { status } = payload;
  if (status !== 'ringing' && status !== 'accepted' && status !== 'rejected') {
    return reader.unsupported(`${path}.status`, `nothing is done with status ${status}`);
  }
  reader.event({
    numberId,
    identity: `status:${status}:${payload.id}:${payload.timestamp ?? ''}`,
    providerCallId: payload.id,
    ...(payload.biz_opaque_callback_data !== undefined && {
      callbackData: payload.biz_opaque_callback_data,
    }),
    event: { kind: 'status', at: reader.at(payload.timestamp, path), status },
  });
}
