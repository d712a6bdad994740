import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Customer } from '../customers/directory.ts';
import { canRequest, grantNow } from '../customers/permission-rules.ts';
import { type HttpReply, json } from '../http/server.ts';
import { describeIssues } from '../lib/parse.ts';
import { graphError } from './errors.ts';
import type { BusinessNumber } from './number.ts';
import { type MessageBody, messageBodySchema } from './requests.ts';
import { asksPermission, filledIn, findTemplate, valuesTaken } from './templates.ts';

/**
 * `POST /{id}/messages` (docs/providers/meta.md#permission-request, #call-button): requests are
 * answered by the customer's behaviour.
 */
export function postMessage(number: BusinessNumber, body: unknown): HttpReply {
  const parsed = messageBodySchema.safeParse(body);
  if (!parsed.success) return graphError(100, describeIssues(parsed.error, body));
  const message = parsed.data;
  const customer = number.receiver(message);
  if (!customer) return graphError(100, 'to or recipient: required');
  const read = readMessage(message);
  if ('refused' in read) return read.refused;
  const { account, world } = number;
  if (!read.template && !world.chats.windowOpen(account.id, customer)) return graphError(131047);
  if (read.asksPermission) {
    const refused = refusedRequest(number, customer);
    if (refused) return refused;
  }
  const sent = world.chats.send({ ...read, accountId: account.id, customer });
  if (read.type === 'request_contact_info') world.chats.askForNumber(sent);
  if (read.asksPermission) world.permissions.request(account.id, customer, sent.id);
  return json(200, {
    messaging_product: 'whatsapp',
    contacts: [
      {
        input: message.to ?? message.recipient,
        ...(customer.waId === undefined ? {} : { wa_id: customer.waId }),
        user_id: customer.bsuid,
      },
    ],
    messages: [{ id: sent.id }],
  });
}

/** Why the customer cannot be asked now, if so (docs/providers/meta.md#limits). */
function refusedRequest(number: BusinessNumber, customer: Customer): HttpReply | undefined {
  const { account, world } = number;
  const now = world.clock.now();
  const record = world.permissions.record(account.id, customer);
  if (!customer.behaviour.callable) return graphError(138001);
  if (grantNow(record, now).kind === 'permanent') return graphError(138017);
  return canRequest(record, now) ? undefined : graphError(138009);
}

/** Requests permission with a free text; Pilot Status has its own endpoint for it. */
export function requestPermission(
  number: BusinessNumber,
  customer: Customer,
  text: string | undefined,
): HttpReply | { messageId: string } {
  const { account, world } = number;
  if (!world.chats.windowOpen(account.id, customer)) return graphError(131047);
  const refused = refusedRequest(number, customer);
  if (refused) return refused;
  const type = 'call_permission_request';
  const { id } = world.chats.send({ accountId: account.id, customer, type, text });
  world.permissions.request(account.id, customer, id);
  return { messageId: id };
}

interface Read {
  type: string;
  text: string | undefined;
  payload?: string;
  /** The message that it answers. */
  replyTo?: string | undefined;
  template: boolean;
  asksPermission: boolean;
}

function readMessage(message: MessageBody): Read | { refused: HttpReply } {
  const free = { template: false, asksPermission: false };
  switch (message.type) {
    case 'text':
      return {
        ...free,
        type: 'text',
        text: message.text.body,
        replyTo: message.context?.message_id,
      };
    case 'interactive': {
      const { interactive } = message;
      if (interactive.type === 'call_permission_request') {
        return {
          ...free,
          type: interactive.type,
          text: interactive.body?.text,
          asksPermission: true,
        };
      }
      if (interactive.type === 'request_contact_info') {
        return { ...free, type: interactive.type, text: interactive.body.text };
      }
      const payload = interactive.action.parameters?.payload;
      const text = interactive.body.text;
      return { ...free, type: interactive.type, text, ...(payload !== undefined && { payload }) };
    }
    case 'template': {
      const { name, language, components = [] } = message.template;
      const template = findTemplate(name, language.code);
      if (!template) return { refused: graphError(132001, `${name} (${language.code})`) };
      const values = components
        .filter(({ type }) => type.toLowerCase() === 'body')
        .flatMap(({ parameters }) => parameters.map(({ text }) => text ?? ''));
      const taken = valuesTaken(template);
      if (values.length !== taken) {
        return { refused: graphError(132000, `${values.length} values, not ${taken}`) };
      }
      return {
        type: 'template',
        text: filledIn(template, values),
        template: true,
        asksPermission: asksPermission(template),
      };
    }
    default:
      return assertNever(message, 'message');
  }
}
