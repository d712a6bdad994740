import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { placedReply } from '../placed-reply.ts';
import { callUsage, canRequest, grantNow } from '../customers/permission-rules.ts';
import { type HttpReply, json } from '../http/server.ts';
import { describeIssues } from '../lib/parse.ts';
import { graphError } from '../meta/errors.ts';
import { newWacid } from '../meta/ids.ts';
import type { MediaKind } from '../calls/call-media.ts';
import { passedOn, plainError, zernioError } from './errors.ts';
import { newCallId } from './ids.ts';
import { e164, type ZernioNumber } from './number.ts';
import { forwardToSchema, outboundDisabled } from './settings.ts';

const dialSchema = z.object({
  accountId: z.string(),
  to: z.string().regex(/^\+?\d{6,15}$/, 'must be E.164'),
  action: z.literal('send_call_permission_request').optional(),
  bodyText: z.string().max(1024).optional(),
  forwardTo: forwardToSchema.optional(),
  recordOverride: z.boolean().optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
});
type Dial = z.output<typeof dialSchema>;

/**
 * `POST /v1/whatsapp/calls`: dials, or requests permission if there is an `action`
 * (docs/providers/zernio.md#permission, #calls).
 */
export async function dial(
  number: ZernioNumber,
  media: MediaKind,
  body: unknown,
): Promise<HttpReply> {
  const read = dialSchema.safeParse(body);
  if (!read.success) return plainError(400, describeIssues(read.error, body));
  return read.data.action === undefined
    ? place(number, media, read.data)
    : askPermission(number, read.data);
}

async function place(number: ZernioNumber, media: MediaKind, wanted: Dial): Promise<HttpReply> {
  const { account, world, calling } = number;
  if (!calling.enabled) return plainError(422, 'Calling is not enabled on this number');
  if (outboundDisabled(number)) {
    return plainError(422, 'Business-initiated calling is not available for this country');
  }
  const forwardTo = wanted.forwardTo ?? calling.forwardTo;
  if (forwardTo === null) return plainError(422, 'No forwarding destination is configured');
  if (forwardTo.startsWith('sip:') && calling.sipAuthPassword === null) {
    return plainError(422, 'SIP credentials are missing');
  }
  const customer = world.directory.findOrAdd({ waId: wanted.to });
  const now = world.clock.now();
  const record = world.permissions.record(account.id, customer);
  if (grantNow(record, now).kind === 'none') {
    return plainError(409, 'No active call permission. Send a permission request first.');
  }
  if (callUsage(record, now).freeAt !== undefined) return passedOn(graphError(138012));
  if (!customer.behaviour.callable) {
    return zernioError(502, 'The carrier could not originate the call');
  }
  const placed = await world.switchboard.placeBusinessCall({
    id: newCallId(),
    accountId: account.id,
    customer,
    media,
    offerSdp: '',
    callbackData: wanted.biz_opaque_callback_data,
  });
  if (!placed.ok) return plainError(409, 'A call with this number is in progress');
  const call = placed.value;
  const recording = wanted.recordOverride ?? calling.recordingEnabled;
  number.notes.set(call.id, {
    metaCallId: newWacid(customer.waId ?? customer.bsuid, 'business-initiated'),
    forwardTo,
    recording,
    transferredAt: undefined,
    sipHangupCause: undefined,
  });
  return placedReply(world, call, {
    success: true,
    callId: call.id,
    telnyxCallControlId: `v3:${randomUUID()}`,
    status: 'dialing',
    direction: 'outbound',
    to: e164(wanted.to),
    forwardTo,
    recordingEnabled: recording,
  });
}

/**
 * Asks for permission by WhatsApp's rules, in Zernio's form. The body of a success is not
 * documented.
 */
function askPermission({ account, world }: ZernioNumber, { to, bodyText }: Dial): HttpReply {
  const customer = world.directory.findOrAdd({ waId: to });
  const now = world.clock.now();
  const record = world.permissions.record(account.id, customer);
  if (!world.chats.windowOpen(account.id, customer)) return passedOn(graphError(131047));
  if (!customer.behaviour.callable) return passedOn(graphError(138001));
  if (grantNow(record, now).kind === 'permanent') return passedOn(graphError(138017));
  if (!canRequest(record, now)) return passedOn(graphError(138009));
  const type = 'call_permission_request';
  const { id } = world.chats.send({ accountId: account.id, customer, type, text: bodyText });
  world.permissions.request(account.id, customer, id);
  return json(200, { success: true, to: e164(to) });
}
