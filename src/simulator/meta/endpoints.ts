import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Call } from '../calls/call.ts';
import type { MetaAccount } from '../config.ts';
import { describeIssues } from '../lib/parse.ts';
import { callUsage, canRequest, grantNow } from '../customers/permission-rules.ts';
import type { Customer } from '../customers/directory.ts';
import { type HttpReply, type HttpRequest, json } from '../http/server.ts';
import type { World } from '../providers.ts';
import { graphError, refusalError } from './errors.ts';
import { newWacid, newWamid } from './ids.ts';
import { permissionState } from './permission-state.ts';
import { type CallBody, callBodySchema, messageBodySchema } from './requests.ts';
import {
  type CallingSettings,
  pastHoliday,
  replaceSettings,
  settingsBodySchema,
  watchedChanges,
} from './settings.ts';

/** What the endpoints of one number share. */
export interface BusinessNumber {
  account: MetaAccount;
  world: World;
  settings: CallingSettings;
  /** Sends `account_settings_update`. */
  settingsChanged(changes: Record<string, unknown>): void;
}

const SUCCESS = { messaging_product: 'whatsapp', success: true };

/** `POST /{id}/calls`, all five actions (facts 1.1). */
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
    case 'accept':
      return simple(
        switchboard.accept(request.call_id, request.session.sdp, request.biz_opaque_callback_data),
      );
    case 'reject':
      return simple(switchboard.reject(request.call_id));
    case 'terminate':
      return simple(switchboard.terminate(request.call_id));
    default:
      return assertNever(request, 'action');
  }
}

const simple = (result: ReturnType<World['switchboard']['terminate']>): HttpReply =>
  result.ok ? json(200, SUCCESS) : refusalError(result.fault);

async function connect(
  { account, world, settings }: BusinessNumber,
  request: Extract<CallBody, { action: 'connect' }>,
): Promise<HttpReply> {
  if (settings.status === 'DISABLED') return graphError(138000);
  const customer = receiver(world, request);
  if (!customer) return graphError(100, 'to or recipient: required');
  if (!customer.behaviour.callable) return graphError(138001);
  const now = world.clock.now();
  const record = world.permissions.record(account.id, customer);
  if (grantNow(record, now).kind === 'none') return graphError(138006);
  const { freeAt } = callUsage(record, now);
  if (freeAt !== undefined) {
    return graphError(138012, `The limit frees up at ${new Date(freeAt).toISOString()}`);
  }
  const placed = await world.switchboard.placeBusinessCall({
    id: newWacid(customer.waId ?? customer.bsuid, 'business-initiated'),
    accountId: account.id,
    customer,
    offerSdp: request.session.sdp,
    callbackData: request.biz_opaque_callback_data,
  });
  if (!placed.ok) return refusalError(placed.fault);
  const call = placed.value;
  const answer = { messaging_product: 'whatsapp', calls: [{ id: call.id }] };
  if (world.switchboard.faultsOf(call).webhooks.connectBeforeResponse) {
    await connectDelivered(world, call);
    return json(200, answer);
  }
  return json(200, answer, () => world.switchboard.proceed(call));
}

/** Lets the call proceed at once and waits for its `connect` webhook to be through. */
function connectDelivered({ webhooks, switchboard }: World, call: Call): Promise<void> {
  return new Promise((resolve) => {
    const off = webhooks.events.on((record) => {
      if (record.callId !== call.id || record.label !== 'connect') return;
      off();
      resolve();
    });
    switchboard.proceed(call, 0);
  });
}

/** A number wins over a BSUID (facts 1.1). Whoever was never heard of has WhatsApp too. */
function receiver(
  world: World,
  { to, recipient }: { to?: string | undefined; recipient?: string | undefined },
): Customer | undefined {
  if (to !== undefined) return world.directory.findOrAdd({ waId: to });
  return recipient === undefined ? undefined : world.directory.findOrAdd({ bsuid: recipient });
}

/** `GET /{id}/call_permissions` (facts 1.2). */
export function getPermissions(
  { account, world }: BusinessNumber,
  { query }: HttpRequest,
): HttpReply {
  const customer = receiver(world, {
    to: query.get('user_wa_id') ?? undefined,
    recipient: query.get('recipient') ?? undefined,
  });
  if (!customer) return graphError(100, 'user_wa_id or recipient: required');
  const record = world.permissions.record(account.id, customer);
  return json(200, permissionState(record, world.clock.now(), customer.behaviour.callable));
}

/** `POST /{id}/settings` (facts 1.3). */
export function postSettings(number: BusinessNumber, body: unknown): HttpReply {
  const parsed = settingsBodySchema.safeParse(body);
  if (!parsed.success) return graphError(100, describeIssues(parsed.error, body));
  const past = pastHoliday(parsed.data.calling, number.world.clock.now());
  if (past !== undefined) return graphError(100, `holiday_schedule: ${past} is in the past`);
  const before = number.settings;
  number.settings = replaceSettings(before, parsed.data.calling);
  const changes = watchedChanges(before, number.settings);
  return json(200, { success: true }, () => {
    if (changes) number.settingsChanged(changes);
  });
}

/** `POST /{id}/messages` (facts 1.4, 1.5): requests are answered by the customer's behaviour. */
export function postMessage({ account, world }: BusinessNumber, body: unknown): HttpReply {
  const parsed = messageBodySchema.safeParse(body);
  if (!parsed.success) return graphError(100, describeIssues(parsed.error, body));
  const message = parsed.data;
  const customer = receiver(world, message);
  if (!customer) return graphError(100, 'to or recipient: required');
  const id = newWamid();
  const asksPermission =
    message.type === 'interactive' && message.interactive.type === 'call_permission_request';
  if (asksPermission) {
    const now = world.clock.now();
    const record = world.permissions.record(account.id, customer);
    if (!customer.behaviour.callable) return graphError(138001);
    if (grantNow(record, now).kind === 'permanent') return graphError(138017);
    if (!canRequest(record, now)) return graphError(138009);
    world.permissions.request(account.id, customer, id);
  }
  return json(200, {
    messaging_product: 'whatsapp',
    contacts: [
      {
        input: message.to ?? message.recipient,
        ...(customer.waId === undefined ? {} : { wa_id: customer.waId }),
        user_id: customer.bsuid,
      },
    ],
    messages: [{ id }],
  });
}
