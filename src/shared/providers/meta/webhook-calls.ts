import type { ProviderError, RecordingReady } from '../events.ts';
import { legalAnswer } from './answer-setup.ts';
import type { Reader } from '../webhook.ts';
import { errorWords, readErrors } from './webhook-errors.ts';
import { findParty, readContacts } from './webhook-party.ts';
import {
  callSchema,
  fileSchema,
  legacySdpSchema,
  statusSchema,
  type MetaCall,
  type MetaContact,
  type MetaValue,
} from './webhook-schema.ts';

interface Context {
  contacts: readonly MetaContact[];
  numberId: string | undefined;
  ourNumber: string | undefined;
  /** A delivery of one call needs no guess which call its errors belong to. */
  single: boolean;
  /** The errors that stand beside the calls; taken by the calls that failed. */
  takeErrors: () => readonly ProviderError[];
}

/** Reads a change of field `calls`: connects, terminates, recordings and statuses (facts 2.1 to 2.5, 1.9). */
export function readCalls(reader: Reader, value: MetaValue, path: string): void {
  const errors = readErrors(reader, value.errors ?? [], `${path}.errors`);
  let taken = false;
  const context: Context = {
    contacts: readContacts(reader, value, path),
    numberId: value.metadata?.phone_number_id,
    ourNumber: value.metadata?.display_phone_number,
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
  if (!value.calls && !value.statuses) reader.malformed(path, 'neither calls nor statuses');
  if (errors.length > 0 && !taken) {
    reader.malformed(`${path}.errors`, `belong to no failed call: ${errorWords(errors)}`);
  }
}

function readCall(reader: Reader, item: unknown, path: string, context: Context): void {
  const call = reader.read(callSchema, item, path);
  if (!call) return;
  switch (call.event.toLowerCase()) {
    case 'connect':
      return readConnect(reader, call, path, context);
    case 'terminate':
      return readTerminate(reader, call, path, context);
    case 'call_recording_available':
      return readRecording(reader, call, path, context, 'audio');
    case 'call_transcription_available':
      return readRecording(reader, call, path, context, 'transcript');
    default:
      // call_created and what is yet to come (facts 2.5).
      return reader.unsupported(`${path}.event`, `nothing is done with event ${call.event}`);
  }
}

function readConnect(reader: Reader, call: MetaCall, path: string, context: Context): void {
  const session = sessionOf(reader, call, path);
  if (!session) return;
  const direction = readDirection(reader, call, path);
  const kind = direction ? kindOf[direction] : session.type;
  if (kind !== 'offer' && kind !== 'answer') {
    return reader.malformed(path, 'neither direction nor sdp_type tells who calls whom');
  }
  if (session.type !== undefined && session.type !== kind) {
    reader.malformed(
      `${path}.session.sdp_type`,
      `is ${session.type} though direction says ${kind}`,
    );
  }
  const at = reader.at(call.timestamp, path);
  const party = findParty(reader, call, kind === 'offer' ? 'from' : 'to', context, path);
  const payload = call.cta_payload ?? call.deeplink_payload;
  reader.event({
    numberId: context.numberId,
    identity: `${kind}:${call.id}:${call.timestamp ?? ''}`,
    providerCallId: call.id,
    ...(call.biz_opaque_callback_data !== undefined && { opaque: call.biz_opaque_callback_data }),
    event:
      kind === 'offer'
        ? { kind, at, party, sdp: session.sdp, ...(payload !== undefined && { payload }) }
        : { kind, at, party, sdp: legalAnswer(session.sdp, reader.options.actpassAnswer) },
  });
}

const kindOf = { inbound: 'offer', outbound: 'answer' } as const;

/** Undefined if it is not said, as in one of Meta's own samples (facts 2.1). */
function readDirection(
  reader: Reader,
  call: MetaCall,
  path: string,
): 'inbound' | 'outbound' | undefined {
  switch (call.direction?.toUpperCase()) {
    case 'USER_INITIATED':
      return 'inbound';
    case 'BUSINESS_INITIATED':
      return 'outbound';
    case undefined:
      return undefined;
    default:
      reader.malformed(`${path}.direction`, `unknown direction ${call.direction}`);
      return undefined;
  }
}

function sessionOf(
  reader: Reader,
  call: MetaCall,
  path: string,
): { sdp: string; type: string | undefined } | undefined {
  if (call.session) return { sdp: call.session.sdp, type: call.session.sdp_type?.toLowerCase() };
  const legacy = call.connection?.webrtc.sdp;
  if (legacy === undefined) {
    reader.malformed(`${path}.session`, 'a connect without an SDP');
    return undefined;
  }
  const at = `${path}.connection.webrtc.sdp`;
  const parsed = reader.read(legacySdpSchema, parseJson(legacy), at);
  return parsed && { sdp: parsed.sdp, type: parsed.type?.toLowerCase() };
}

/** Undefined if the text is not JSON; no JSON text means undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readTerminate(reader: Reader, call: MetaCall, path: string, context: Context): void {
  const direction = readDirection(reader, call, path);
  const own = readErrors(reader, call.errors ?? [], `${path}.errors`);
  const status = call.status?.toLowerCase();
  if (status !== 'completed' && status !== 'failed') {
    reader.malformed(`${path}.status`, `unknown status ${call.status ?? 'none'}`);
  }
  // Errors stand beside the calls and belong to those that failed (facts 2.4).
  const errors = [...own, ...(status === 'failed' || context.single ? context.takeErrors() : [])];
  // Without a direction, whoever is not our number is the customer.
  const guess = call.from !== undefined && call.from === context.ourNumber ? 'to' : 'from';
  const { start_time: startedAt, end_time: endedAt, duration: durationSeconds } = call;
  reader.event({
    numberId: context.numberId,
    // A call ends once, whatever time a repetition names.
    identity: `terminated:${call.id}`,
    providerCallId: call.id,
    ...(call.biz_opaque_callback_data !== undefined && { opaque: call.biz_opaque_callback_data }),
    event: {
      kind: 'terminated',
      at: reader.at(call.timestamp, path),
      party: findParty(reader, call, direction ? sideOf[direction] : guess, context, path),
      direction,
      failed: status === 'failed' || (status !== 'completed' && errors.length > 0),
      ...(startedAt !== undefined && { startedAt }),
      ...(endedAt !== undefined && { endedAt }),
      ...(durationSeconds !== undefined && { durationSeconds }),
      errors,
    },
  });
}

const sideOf = { inbound: 'from', outbound: 'to' } as const;

/**
 * A file about a call is ready. Its address lives for 5 minutes and the file for 7 days (facts 1.9), so the id is kept.
 * Where a transcript's file stands is not documented; it is looked for as that of a recording is.
 */
function readRecording(
  reader: Reader,
  call: MetaCall,
  path: string,
  { numberId }: Context,
  what: RecordingReady['what'],
): void {
  const key = what === 'audio' ? 'call_recording' : 'call_transcription';
  const told = call[key];
  const type = told?.type ?? what;
  const file = told && reader.read(fileSchema, told[type], `${path}.${key}.${type}`);
  const mediaId = file?.id;
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

function readStatus(reader: Reader, item: unknown, path: string, context: Context): void {
  const told = reader.read(statusSchema, item, path);
  if (!told) return;
  if (told.type !== undefined && told.type.toLowerCase() !== 'call') {
    return reader.unsupported(`${path}.type`, `a status of type ${told.type} is not about a call`);
  }
  const status = told.status.toLowerCase();
  if (status !== 'ringing' && status !== 'accepted' && status !== 'rejected') {
    return reader.unsupported(`${path}.status`, `nothing is done with status ${told.status}`);
  }
  reader.event({
    numberId: context.numberId,
    identity: `status:${status}:${told.id}:${told.timestamp ?? ''}`,
    providerCallId: told.id,
    ...(told.biz_opaque_callback_data !== undefined && { opaque: told.biz_opaque_callback_data }),
    event: { kind: 'status', at: reader.at(told.timestamp, path), status },
  });
}
