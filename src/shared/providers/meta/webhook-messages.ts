import type { z } from 'zod';
import { personKey } from '../../lib/person-key.ts';
import { displayPhone } from '../../lib/phone.ts';
import type { MessageFile, Party } from '../events.ts';
import { MOST_BESIDE, type Reader } from '../webhook.ts';
import { readCallStatus } from './webhook-calls.ts';
import { readErrors } from './webhook-errors.ts';
import { readNumberErrors } from './webhook-facts.ts';
import { type Contacts, findParty, idsOf, isSameNumber, readContacts } from './webhook-party.ts';
import { readPermissionReply } from './webhook-permission.ts';
import {
  messageFileSchema,
  messageSchema,
  sharedContactSchema,
  statusSchema,
  type MetaMessage,
  type MetaValue,
} from './webhook-schema.ts';

interface Context {
  contacts: Contacts;
  numberId: string | undefined;
  ourNumber: string | undefined;
}

/**
 * Reads field `messages`: customers' messages, their replies to permission requests
 * (docs/providers/meta.md#permission-reply) and statuses of our messages. Errors on their own are
 * about the number (docs/providers/meta.md#errors).
 */
export function readMessages(
  reader: Reader,
  value: MetaValue,
  path: string,
  reportedAt: number | undefined,
): void {
  const context: Context = {
    contacts: readContacts(reader, value, path),
    numberId: value.metadata?.phone_number_id,
    ourNumber: value.metadata?.display_phone_number,
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
  if (errors.length > 0)
    readNumberErrors(reader, errors, { numberId: context.numberId, reportedAt });
  else if (!messages && !statuses) reader.malformed(path, 'neither messages nor statuses');
}

function readMessage(reader: Reader, item: unknown, path: string, context: Context): void {
  const message = reader.read(messageSchema, item, path);
  if (!message) return;
  // One of Meta's samples has no `type` (docs/providers/meta.md#permission-reply), so the reply
  // itself decides. Without a reply it is still not a message.
  if (
    message.interactive?.call_permission_reply !== undefined ||
    [message.type, message.interactive?.type].includes('call_permission_reply')
  ) {
    return readPermissionReply(reader, message, path, context);
  }
  const { id, type = 'unknown' } = message;
  if (type === 'system') {
    return readSystem(reader, message, path, context);
  }
  if (id === undefined) return reader.malformed(path, 'a message without an id');
  if (isSameNumber(message.from, context.ourNumber)) {
    return reader.unsupported(`${path}.from`, 'is our own number: nothing that a customer wrote');
  }
  if (type === 'interactive' && message.interactive === undefined) {
    return reader.malformed(`${path}.interactive`, 'an answer without what was answered');
  }
  const file = isFileType(type) ? readFile(reader, message, type, path) : undefined;
  const shared = type === 'contacts' ? sharedNumber(reader, message, path) : undefined;
  const text = shared
    ? displayPhone(shared)
    : file
      ? file.caption
      : textOf(reader, message, type, path);
  const replyTo = aboutMessage(message);
  reader.event({
    numberId: context.numberId,
    identity: `message:${id}`,
    event: {
      kind: 'message',
      at: reader.at(message.timestamp, path),
      party: {
        ...findParty(reader, message, 'from', context, path),
        ...(shared && { waId: shared }),
      },
      messageId: id,
      type,
      ...(text !== undefined && { text }),
      ...(file?.id !== undefined && { file: fileOf(file, file.id) }),
      ...(replyTo !== undefined && { replyTo }),
    },
  });
}

/**
 * The customer's own number, which they gave because we asked for it; undefined for other contacts that they send
 * (docs/providers/meta.md#contact-request).
 */
function sharedNumber(reader: Reader, message: MetaMessage, path: string): string | undefined {
  const contacts = (message.contacts ?? [])
    .slice(0, MOST_BESIDE)
    .flatMap(
      (item, index) => reader.read(sharedContactSchema, item, `${path}.contacts[${index}]`) ?? [],
    );
  const [contact, second] = contacts;
  const isAnswer = [message.origin, contact?.origin].some(
    (origin) => origin?.toLowerCase() === 'contact_request',
  );
  // Who hides no number is known by it already, and several contacts are nobody's own.
  if (!isAnswer || !contact || second || idsOf(message.from).waId !== undefined) return undefined;
  return (contact.phones ?? []).flatMap(({ wa_id: number }) => idsOf(number).waId ?? [])[0];
}

/**
 * WhatsApp's notice about a customer
 * (docs/providers/meta.md#system-messages). `from` is the old identity; until Graph v12
 * the new number was in `new_wa_id`.
 */
function readSystem(reader: Reader, message: MetaMessage, path: string, { numberId }: Context) {
  const { system, id, from, from_user_id: user, timestamp } = message;
  const type = system?.type?.toLowerCase() ?? '';
  if (!system || !/^(?:user|customer)_changed_(?:number|user_id)$/.test(type)) {
    return reader.unsupported(path, 'WhatsApp’s own notice, not a message of the customer’s');
  }
  const ids = idsOf(from, user);
  const next = idsOf(system.wa_id ?? system.new_wa_id, system.user_id);
  const before = { ...ids, ...withId(system.previous_user_id) };
  // If only one of the two ids is new, the other stays.
  const now = { ...ids, ...next };
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

/** The earlier message that this one answers, reacts to, changes or deletes. */
function aboutMessage({ context, reaction, edit, revoke }: MetaMessage): string | undefined {
  return (
    context?.id ?? reaction?.message_id ?? edit?.original_message_id ?? revoke?.original_message_id
  );
}

/** The customer's text or choice, or a file's caption. */
function textOf(
  reader: Reader,
  message: MetaMessage,
  type: string,
  path: string,
): string | undefined {
  const { text, button, reaction, interactive, edit } = message;
  switch (type) {
    case 'text':
      return text?.body;
    case 'button':
      return button?.text;
    case 'reaction':
      return reaction?.emoji;
    case 'edit': {
      const at = `${path}.edit.message`;
      const changed = edit && reader.read(messageSchema, edit.message, at);
      const of = changed?.type ?? 'text';
      return changed && of !== type ? textOf(reader, changed, of, at) : undefined;
    }
    case 'interactive':
      return interactive?.button_reply?.title ?? interactive?.list_reply?.title;
    default:
      return isFileType(type) ? readFile(reader, message, type, path)?.caption : undefined;
  }
}

const fileTypes = ['image', 'video', 'document', 'audio', 'sticker'] as const;

function isFileType(type: string): type is (typeof fileTypes)[number] {
  return fileTypes.some((one) => one === type);
}

const readFile = (
  reader: Reader,
  message: MetaMessage,
  type: (typeof fileTypes)[number],
  path: string,
) => reader.read(messageFileSchema, message[type] ?? {}, `${path}.${type}`);

function fileOf(
  { mime_type: mime, filename: name, voice }: z.infer<typeof messageFileSchema>,
  id: string,
): MessageFile {
  return {
    id,
    ...(mime !== undefined && { mime }),
    ...(name !== undefined && { name }),
    ...(voice !== undefined && { voice }),
  };
}

function readStatus(reader: Reader, item: unknown, path: string, { numberId }: Context): void {
  const payload = reader.read(statusSchema, item, path);
  if (!payload) return;
  if (payload.type === 'call') return readCallStatus(reader, payload, path, numberId);
  const { status } = payload;
  switch (status) {
    case 'sent':
    case 'delivered':
    case 'read':
    case 'failed':
      return reader.event({
        numberId,
        identity: `message-status:${status}:${payload.id}`,
        event: {
          kind: 'message-status',
          at: reader.at(payload.timestamp, path),
          messageId: payload.id,
          status,
          errors: readErrors(reader, payload.errors ?? [], `${path}.errors`),
        },
      });
    default:
      return reader.unsupported(`${path}.status`, `nothing is done with status ${status}`);
  }
}
