import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Call, Refusal } from '../calls/call.ts';
import { placedReply } from '../placed-reply.ts';
import type { PilotMetaAccount, PilotWebAccount } from '../config.ts';
import { type HttpReply, json } from '../http/server.ts';
import { describeIssues } from '../lib/parse.ts';
import type { Result } from '../lib/result.ts';
import type { MediaKind } from '../calls/call-media.ts';
import { getPermissions, getSettings, placeCall, postSettings } from '../meta/endpoints.ts';
import { requestPermission } from '../meta/messages.ts';
import type { BusinessNumber } from '../meta/number.ts';
import type { World } from '../providers.ts';
import { type PilotCalls, statusOf } from './calls.ts';
import { badPayload, notSupported, passedOn, pilotError, refused } from './errors.ts';
import { newWebCallId } from './ids.ts';

/** One number at Pilot Status. */
export interface PilotNumber {
  account: PilotMetaAccount | PilotWebAccount;
  world: World;
  media: MediaKind;
  calls: PilotCalls;
  /** WhatsApp's own number behind it: official numbers only. */
  cloud: BusinessNumber | undefined;
}

/** One request. `what`: method and path behind `/v1/calls`, with `:` for the id of `call`. */
export interface Ask {
  what: string;
  call: Call | undefined;
  query: URLSearchParams;
  /** Undefined if there is none, or if it is not JSON. */
  body: unknown;
}

const e164 = z.string().regex(/^\+?\d{6,15}$/, 'must be E.164');
const dialSchema = z.object({
  to: e164,
  sdp: z.string().optional(),
  sdpType: z.literal('offer').optional(),
  bizOpaqueCallbackData: z.string().max(512).optional(),
});
const answerSchema = z.object({ sdp: z.string(), sdpType: z.literal('answer').optional() });
const requestSchema = z.object({ to: e164, text: z.string().optional() });
const listSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  before: z.iso.datetime({ offset: true }).optional(),
});
const playSchema = z.object({
  mediaUrl: z
    .url()
    .regex(/^https?:.*\.(?:mp3|wav|opus)(?:\?.*)?$/, 'must be an .mp3, .wav or .opus'),
});
const streamSchema = z.object({ mode: z.enum(['talk', 'listen']) });
/** What a write may contain; SIP is refused (docs/providers/pilot-status.md#endpoints). */
const settingsSchema = z.strictObject({
  status: z.unknown().optional(),
  call_icon_visibility: z.unknown().optional(),
  callback_permission_status: z.unknown().optional(),
  call_hours: z.unknown().optional(),
  voicemail: z.unknown().optional(),
});

/** Answers an authorised request (docs/providers/pilot-status.md#endpoints). */
export async function respond(number: PilotNumber, ask: Ask): Promise<HttpReply> {
  switch (ask.what) {
    case 'POST ':
      return checked(dialSchema, ask.body, (dial) => place(number, dial));
    case 'GET ':
      return checked(listSchema, Object.fromEntries(ask.query), (page) => list(number, page));
    case 'GET /settings':
      return number.cloud ? getSettings(number.cloud) : notSupported();
    case 'PUT /settings':
      return putSettings(number, ask.body);
    case 'GET /permissions':
      return permissions(number, ask.query.get('to'));
    case 'POST /permissions/request':
      return request(number, ask.body);
    default:
      return ask.call ? ofCall(number, ask.call, ask) : refused({ why: 'unknown-call' });
  }
}

export function putSettings({ cloud }: PilotNumber, body: unknown): HttpReply {
  if (!cloud) return notSupported();
  return checked(settingsSchema, body, (calling) => postSettings(cloud, { calling }));
}

/** Runs `then` with a body in the documented form. */
function checked<S extends z.ZodType, R>(
  schema: S,
  body: unknown,
  then: (read: z.output<S>) => R,
): R | HttpReply {
  const read = schema.safeParse(body);
  return read.success ? then(read.data) : badPayload(describeIssues(read.error, body));
}

async function place(
  { cloud, world, account, calls, media }: PilotNumber,
  { to, sdp, bizOpaqueCallbackData: callbackData }: z.output<typeof dialSchema>,
): Promise<HttpReply> {
  const answer = (call: Call): Promise<HttpReply> =>
    placedReply(world, call, {
      id: calls.idOf(call),
      externalCallId: call.id,
      status: 'INITIATED',
    });
  if ((sdp === undefined) !== (cloud === undefined)) return refused({ why: 'other-media' });
  if (cloud) {
    const placed = await placeCall(cloud, { to, sdp: sdp ?? '', callbackData });
    return 'refused' in placed ? passedOn(placed.refused) : answer(placed.call);
  }
  const customer = world.directory.findOrAdd({ waId: to });
  if (!customer.behaviour.callable) {
    return pilotError('RECIPIENT_NOT_ON_WHATSAPP', 'The number is not on WhatsApp');
  }
  const placed = await world.switchboard.placeBusinessCall({
    id: newWebCallId(),
    accountId: account.id,
    customer,
    media,
    offerSdp: '',
    callbackData,
  });
  return placed.ok ? answer(placed.value) : refused(placed.fault);
}

/** Newest first. The answer has no cursor; the last call's `createdAt` serves as one. */
function list(
  { world, account, calls }: PilotNumber,
  { limit, before }: z.output<typeof listSchema>,
): HttpReply {
  const limitAt = before === undefined ? Infinity : Date.parse(before);
  const page = world.switchboard
    .all()
    .filter(({ accountId, createdAt }) => accountId === account.id && createdAt < limitAt)
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .slice(0, limit);
  return json(200, { calls: page.map((call) => calls.object(call, false)) });
}

function permissions({ cloud }: PilotNumber, to: string | null): HttpReply {
  if (!cloud) return notSupported();
  if (to === null) return badPayload('to: required');
  const reply = getPermissions(cloud, { to });
  if (reply.kind !== 'json' || reply.status !== 200) return reply;
  const { messaging_product: _, ...body }: Record<string, unknown> = Object(reply.body);
  return json(200, body);
}

function request({ cloud }: PilotNumber, body: unknown): HttpReply {
  if (!cloud) return notSupported();
  return checked(requestSchema, body, ({ to, text }) => {
    const customer = cloud.world.directory.findOrAdd({ waId: to });
    const asked = requestPermission(cloud, customer, text);
    return 'messageId' in asked ? json(200, { success: true, ...asked }) : asked;
  });
}

function ofCall(number: PilotNumber, call: Call, { what, body, query }: Ask): HttpReply {
  const { world, calls, cloud } = number;
  const { switchboard } = world;
  const done = (result: Result<Call, Refusal>, status = statusOf(call)): HttpReply =>
    result.ok ? json(200, { success: true, id: calls.idOf(call), status }) : refused(result.fault);
  switch (what) {
    case 'GET /:':
      return json(200, calls.object(call, query.get('includeSdp') === '1'));
    case 'POST /:/accept':
      if (!cloud) return done(switchboard.accept(call.id, undefined), 'ACCEPTED');
      return checked(answerSchema, body, ({ sdp }) =>
        done(switchboard.accept(call.id, sdp), 'ACCEPTED'),
      );
    case 'POST /:/pre-accept':
      if (!cloud) return notSupported();
      return checked(answerSchema, body, ({ sdp }) =>
        done(switchboard.preAccept(call.id, sdp), 'RINGING'),
      );
    case 'POST /:/reject':
      return done(switchboard.reject(call.id), 'REJECTED');
    case 'POST /:/terminate':
      return done(switchboard.terminate(call.id), 'COMPLETED');
    case 'POST /:/play':
      return cloud ? notSupported() : play(number, call, body);
    case 'POST /:/realtime-session':
      return cloud ? notSupported() : stream(number, call, body);
    default:
      return pilotError('NOT_FOUND', `No ${what}`, 404);
  }
}

/** The file is not fetched; the request log shows the request. Before pick-up it is queued. */
function play({ calls }: PilotNumber, call: Call, body: unknown): HttpReply {
  return checked(playSchema, body, () =>
    call.phase === 'ended'
      ? refused({ why: 'ended' })
      : json(200, { success: true, id: calls.idOf(call), status: statusOf(call) }),
  );
}

function stream({ world }: PilotNumber, call: Call, body: unknown): HttpReply {
  const { media } = call;
  return checked(streamSchema, body, ({ mode }) => {
    if (media.kind === 'webrtc') return notSupported();
    switch (call.phase) {
      case 'accepted':
        return json(200, world.realtime.session(call.id, media, mode));
      case 'ended':
        return refused({ why: 'ended' });
      case 'offered':
      case 'pre-accepted':
      case 'dialling':
      case 'ringing':
        return pilotError('CALL_NOT_ACTIVE', 'The call is not active yet', 409);
      default:
        return assertNever(call.phase, 'phase');
    }
  });
}
