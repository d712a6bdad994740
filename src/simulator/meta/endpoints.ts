import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Call } from '../calls/call.ts';
import { placedReply } from '../placed-reply.ts';
import { callUsage, grantNow } from '../customers/permission-rules.ts';
import { type HttpReply, json } from '../http/server.ts';
import { describeIssues } from '../lib/parse.ts';
import type { World } from '../providers.ts';
import { graphError, refusalError } from './errors.ts';
import { newWacid } from './ids.ts';
import type { BusinessNumber } from './number.ts';
import { permissionState } from './permission-state.ts';
import { type CallBody, callBodySchema } from './requests.ts';
import { voicemailFault } from './voicemail.ts';
import { pastHoliday, replaceSettings, settingsBodySchema, watchedChanges } from './settings.ts';

const SUCCESS = { messaging_product: 'whatsapp', success: true };

/** `POST /{id}/calls`, all five actions (docs/providers/meta.md#call-actions). */
export async function postCall(number: BusinessNumber, body: unknown): Promise<HttpReply> {
  const parsed = callBodySchema.safeParse(body);
  if (!parsed.success) return graphError(100, describeIssues(parsed.error, body));
  const { settings, world } = number;
  if (settings.sip?.status === 'ENABLED') return graphError(131055);
  const request = parsed.data;
  const { switchboard } = world;
  switch (request.action) {
    case 'connect':
      return connect(number, request);
    case 'pre_accept':
      return simple(switchboard.preAccept(request.call_id, request.session.sdp));
    case 'accept': {
      const { call_id, session, biz_opaque_callback_data: data } = request;
      const accepted = switchboard.accept(call_id, session.sdp, data);
      if (accepted.ok) number.recordings.want(call_id, wantedOf(request));
      return simple(accepted);
    }
    case 'reject':
      return simple(switchboard.reject(request.call_id));
    case 'terminate':
      return simple(switchboard.terminate(request.call_id));
    default:
      return assertNever(request, 'action');
  }
}

const wantedOf = ({
  recording,
  transcription,
}: Extract<CallBody, { action: 'connect' | 'accept' }>) => ({
  audio: recording?.status === 'ENABLED',
  transcript: transcription?.status === 'ENABLED',
});

const simple = (result: ReturnType<World['switchboard']['terminate']>): HttpReply =>
  result.ok ? json(200, SUCCESS) : refusalError(result.fault);

async function connect(
  number: BusinessNumber,
  request: Extract<CallBody, { action: 'connect' }>,
): Promise<HttpReply> {
  const { withoutCallbackData } = number.world.switchboard.faultsOf(undefined).webhooks;
  const placed = await placeCall(number, {
    ...request,
    sdp: request.session.sdp,
    callbackData: withoutCallbackData ? undefined : request.biz_opaque_callback_data,
  });
  if ('refused' in placed) return placed.refused;
  const { call } = placed;
  number.recordings.want(call.id, wantedOf(request));
  return placedReply(number.world, call, {
    messaging_product: 'whatsapp',
    calls: [{ id: call.id }],
  });
}

/** Puts a call through to the customer, or returns Meta's refusal. */
export async function placeCall(
  number: BusinessNumber,
  wanted: {
    to?: string | undefined;
    recipient?: string | undefined;
    sdp: string;
    callbackData: string | undefined;
  },
): Promise<{ call: Call } | { refused: HttpReply }> {
  const refused = (reply: HttpReply) => ({ refused: reply });
  const { account, world, settings } = number;
  if (settings.status === 'DISABLED') return refused(graphError(138000));
  if (number.restricted('business-initiated')) return refused(graphError(138014));
  const customer = number.receiver(wanted);
  if (!customer) return refused(graphError(100, 'to or recipient: required'));
  if (!customer.behaviour.callable) return refused(graphError(138001));
  const now = world.clock.now();
  const record = world.permissions.record(account.id, customer);
  if (grantNow(record, now).kind === 'none') return refused(graphError(138006));
  const { freeAt } = callUsage(record, now);
  if (freeAt !== undefined) {
    return refused(graphError(138012, `The limit frees up at ${new Date(freeAt).toISOString()}`));
  }
  const placed = await world.switchboard.placeBusinessCall({
    id: newWacid(customer.waId ?? customer.bsuid, 'business-initiated'),
    accountId: account.id,
    customer,
    media: { kind: 'webrtc' },
    offerSdp: wanted.sdp,
    callbackData: wanted.callbackData,
  });
  return placed.ok ? { call: placed.value } : refused(refusalError(placed.fault));
}

/** `GET /{id}/call_permissions` (docs/providers/meta.md#call-permissions). */
export function getPermissions(
  number: BusinessNumber,
  wanted: { to?: string | undefined; recipient?: string | undefined },
): HttpReply {
  const { account, world } = number;
  const customer = number.receiver(wanted);
  if (!customer) return graphError(100, 'user_wa_id or recipient: required');
  const record = world.permissions.record(account.id, customer);
  return json(200, permissionState(record, world.clock.now(), customer.behaviour.callable));
}

/** `GET /{id}/settings` (docs/providers/meta.md#settings). */
export function getSettings({ settings, restrictions }: BusinessNumber): HttpReply {
  const restrictions_list = restrictions.map(({ type, expiresAt, remediation }) => ({
    type,
    ...(remediation === undefined ? {} : { reason: remediation }),
    ...(expiresAt === undefined ? {} : { expiration: Math.floor(expiresAt / 1000) }),
  }));
  const restricted = restrictions.length === 0 ? {} : { restrictions: { restrictions_list } };
  return json(200, { calling: { ...settings, ...restricted } });
}

/** `POST /{id}/settings` (docs/providers/meta.md#settings). */
export function postSettings(number: BusinessNumber, body: unknown): HttpReply {
  const parsed = settingsBodySchema.safeParse(body);
  if (!parsed.success) return graphError(100, describeIssues(parsed.error, body));
  const { calling } = parsed.data;
  const past = pastHoliday(calling, number.world.clock.now());
  if (past !== undefined) return graphError(100, `holiday_schedule: ${past} is in the past`);
  if (calling.status === 'ENABLED' && !number.mayCall()) return graphError(138015);
  const before = number.settings;
  number.settings = replaceSettings(before, calling);
  const fault = voicemailFault(number);
  if (fault !== undefined) {
    number.settings = before;
    return graphError(100, fault);
  }
  const changes = watchedChanges(before, number.settings);
  return json(200, { success: true }, () => {
    if (changes) number.settingsChanged(changes);
  });
}
