import type { Reader } from '../webhook.ts';
import { type Contacts, findParty } from './webhook-party.ts';
import { permissionReplySchema, type MetaMessage } from './webhook-schema.ts';

/**
 * Reads the reply to a permission request, which arrives as a message
 * (docs/providers/meta.md#permission-reply). Revocations and grants by WhatsApp's rules have the
 * same form, as `automatic`.
 */
export function readPermissionReply(
  reader: Reader,
  message: MetaMessage,
  path: string,
  context: { contacts: Contacts; numberId: string | undefined },
): void {
  const at = `${path}.interactive.call_permission_reply`;
  const payload = message.interactive?.call_permission_reply;
  const reply = reader.read(permissionReplySchema, payload, at);
  if (!reply) return;
  const { response, response_source: source } = reply;
  if (response !== 'accept' && response !== 'reject') {
    return reader.malformed(`${at}.response`, `unknown response ${response}`);
  }
  if (source !== undefined && source !== 'user_action' && source !== 'automatic') {
    reader.malformed(`${at}.response_source`, `unknown source ${source}`);
  }
  const party = findParty(reader, message, 'from', context, path);
  const who = message.id ?? `${party.userId ?? party.waId ?? ''}:${message.timestamp ?? ''}`;
  const expiresAt = reply.expiration_timestamp;
  reader.event({
    numberId: context.numberId,
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
