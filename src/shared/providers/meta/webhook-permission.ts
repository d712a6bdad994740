import { findParty, readContacts } from './webhook-party.ts';
import type { Reader } from './webhook-reader.ts';
import { messageSchema, permissionReplySchema, type MetaValue } from './webhook-schema.ts';

/** Reads a change of field `messages`, where permission replies come among ordinary messages (facts 2.6). */
export function readMessages(reader: Reader, value: MetaValue, path: string): void {
  const contacts = readContacts(reader, value, path);
  const items = value.messages ?? [];
  if (items.length === 0) {
    reader.unsupported(path, 'no message in it, so no permission reply either');
  }
  items.forEach((item, index) => {
    readMessage(reader, item, `${path}.messages[${index}]`, {
      contacts,
      phoneNumberId: value.metadata?.phone_number_id,
    });
  });
}

function readMessage(
  reader: Reader,
  item: unknown,
  path: string,
  context: Parameters<typeof findParty>[3] & { phoneNumberId: string | undefined },
): void {
  const message = reader.read(messageSchema, item, path);
  if (!message) return;
  const told = message.interactive?.call_permission_reply;
  // One of Meta's samples has no `type` (facts 2.6), so the reply itself decides.
  if (told === undefined) {
    const type = message.type ?? 'without a type';
    return reader.unsupported(path, `a message (${type}) that is not a permission reply`);
  }
  const at = `${path}.interactive.call_permission_reply`;
  const reply = reader.read(permissionReplySchema, told, at);
  if (!reply) return;
  const response = reply.response.toLowerCase();
  if (response !== 'accept' && response !== 'reject') {
    return reader.malformed(`${at}.response`, `unknown response ${reply.response}`);
  }
  const source = reply.response_source?.toLowerCase();
  if (source !== undefined && source !== 'user_action' && source !== 'automatic') {
    reader.malformed(`${at}.response_source`, `unknown source ${reply.response_source}`);
  }
  const party = findParty(reader, message, 'from', context, path);
  const who = message.id ?? `${party.userId ?? party.waId ?? ''}:${message.timestamp ?? ''}`;
  const expiresAt = reply.expiration_timestamp;
  reader.event({
    phoneNumberId: context.phoneNumberId,
    identity: `permission:${who}:${response}`,
    event: {
      kind: 'permission',
      at: reader.at(message.timestamp, path),
      party,
      granted: response === 'accept',
      permanent: reply.is_permanent === true,
      ...(expiresAt !== undefined && { expiresAt }),
      source: source === 'automatic' ? 'automatic' : 'user',
    },
  });
}
