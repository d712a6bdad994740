import { personKey } from '../../lib/person-key.ts';
import type { Party } from '../events.ts';
import type { Reader } from '../webhook.ts';
import { errorWords, readErrors } from './webhook-errors.ts';
import { findParty, idsOf, readContacts } from './webhook-party.ts';
import { readPermissionReply } from './webhook-permission.ts';
import {
  captionSchema,
  messageSchema,
  statusSchema,
  type MetaContact,
  type MetaMessage,
  type MetaValue,
} from './webhook-schema.ts';

interface Context {
  contacts: readonly MetaContact[];
  numberId: string | undefined;
}

/**
 * Reads a change of field `messages`: what customers write, their replies to permission requests (facts 2.6), and what
 * became of our messages. Errors that stand on their own are told as a problem, in Meta's words.
 */
export function readMessages(reader: Reader, value: MetaValue, path: string): void {
  const context: Context = {
    contacts: readContacts(reader, value, path),
    numberId: value.metadata?.phone_number_id,
  };
  const { messages, statuses } = value;
  if (messages) {
    reader.each(messages, `${path}.messages`, (_, item, at) =>
      readMessage(reader, item, at, context),
    );
  }
  if (statuses) {
    reader.each(statuses, `${path}.statuses`, (_, item, at) =>
      readStatus(reader, item, at, context),
    );
  }
  const errors = readErrors(reader, value.errors ?? [], `${path}.errors`);
  if (errors.length > 0) reader.malformed(`${path}.errors`, errorWords(errors));
  else if (!messages && !statuses) reader.malformed(path, 'neither messages nor statuses');
}

function readMessage(reader: Reader, item: unknown, path: string, context: Context): void {
  const message = reader.read(messageSchema, item, path);
  if (!message) return;
  // One of Meta's samples has no `type` (facts 2.6), so the reply itself decides.
  if (message.interactive?.call_permission_reply !== undefined) {
    return readPermissionReply(reader, message, path, context);
  }
  const { id, type = 'unknown' } = message;
  if (type === 'system') {
    return readSystem(reader, message, path, context);
  }
  if (id === undefined) return reader.malformed(path, 'a message without an id');
  const text = textOf(reader, message, type, path);
  reader.event({
    numberId: context.numberId,
    identity: `message:${id}`,
    event: {
      kind: 'message',
      at: reader.at(message.timestamp, path),
      party: findParty(reader, message, 'from', context, path),
      messageId: id,
      type,
      ...(text !== undefined && { text }),
    },
  });
}

/**
 * WhatsApp's own notice about a customer (corrections 6). `from` is who they were; a customer's new number stood in
 * `new_wa_id` until Graph v12.
 */
function readSystem(reader: Reader, message: MetaMessage, path: string, { numberId }: Context) {
  const { system, id, from, from_user_id: user, timestamp } = message;
  const type = system?.type?.toLowerCase() ?? '';
  if (!system || !/^(?:user|customer)_changed_(?:number|user_id)$/.test(type)) {
    return reader.unsupported(path, 'WhatsApp’s own notice, not a message of the customer’s');
  }
  const told = idsOf(from, user);
  const next = idsOf(system.wa_id ?? system.new_wa_id, system.user_id);
  const before = { ...told, ...withId(system.previous_user_id) };
  // With one of the two ids new, the other one stays theirs.
  const now = { ...told, ...next };
  if (personKey(before) === undefined || isEqual(before, now)) {
    return reader.malformed(`${path}.system`, 'does not say who became whom');
  }
  const at = reader.at(timestamp, path);
  const identity = `moved:${id ?? `${personKey(before) ?? ''}:${at}`}`;
  reader.event({ numberId, identity, event: { kind: 'moved', at, before, now } });
}

const withId = (userId: string | undefined): Party => (userId === undefined ? {} : { userId });

const isEqual = (one: Party, other: Party): boolean =>
  one.waId === other.waId && one.userId === other.userId;

/** What the customer wrote or chose; of a file, its caption. */
function textOf(
  reader: Reader,
  message: MetaMessage,
  type: string,
  path: string,
): string | undefined {
  const { text, button, reaction, interactive } = message;
  switch (type) {
    case 'text':
      return text?.body;
    case 'button':
      return button?.text;
    case 'reaction':
      return reaction?.emoji;
    case 'interactive':
      return interactive?.button_reply?.title ?? interactive?.list_reply?.title;
    case 'image':
    case 'video':
    case 'document':
    case 'audio': {
      const file = message[type];
      return reader.read(captionSchema, file ?? {}, `${path}.${type}`)?.caption;
    }
    default:
      return undefined;
  }
}

function readStatus(reader: Reader, item: unknown, path: string, { numberId }: Context): void {
  const told = reader.read(statusSchema, item, path);
  if (!told) return;
  const status = told.status.toLowerCase();
  switch (status) {
    case 'sent':
    case 'delivered':
    case 'read':
    case 'failed':
      return reader.event({
        numberId,
        identity: `message-status:${status}:${told.id}`,
        event: {
          kind: 'message-status',
          at: reader.at(told.timestamp, path),
          messageId: told.id,
          status,
          errors: readErrors(reader, told.errors ?? [], `${path}.errors`),
        },
      });
    default:
      return reader.unsupported(`${path}.status`, `nothing is done with status ${told.status}`);
  }
}
