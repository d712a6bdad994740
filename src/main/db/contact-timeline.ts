import { z } from 'zod';
import { outcomes } from '../../shared/call/record.ts';
import type { ContactItem, QuotedMessage } from '../../shared/ipc/contacts.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { isVoicemail, type ProviderError } from '../../shared/providers/events.ts';
import { isEmptyNote, noteOf } from './call-notes.ts';
import { type MessageOut, parseContactBody } from './contact-body.ts';
import { parseColumn } from './json.ts';
import { outgoingOf } from './outgoing.ts';
import { ownIdentity } from './own-messages.ts';
import { OF_PERSON } from './people/person-sql.ts';

const failure = z.looseObject({
  code: z.string(),
  message: z.string(),
  details: z.string().optional(),
  transient: z.boolean(),
});

/** A row of `TIMELINE`. */
export interface ItemRow {
  source: 'call' | 'event';
  /** In the order of arrival. */
  seq: number;
  id: string;
  at: number;
  accountId: string;
  direction: string | null;
  outcome: string | null;
  talk: number | null;
  voicemail: number | null;
  endReason: string | null;
  body: string | null;
  note: string | null;
  disposition: string | null;
  tags: string | null;
  callbackAt: number | null;
  messageId: string | null;
  unread: number | null;
  status: string | null;
  error: string | null;
}

const outcome = z.enum(outcomes);
const takenBy = z.object({ kind: z.literal('answered-elsewhere'), by: z.string().min(1) });

const callItems = `
  SELECT 'call' AS source, call.seq, call.id, call.created_at AS at, call.account_id AS accountId, call.direction,
    call.outcome, call.talk_seconds AS talk, call.snapshot -> '$.voicemail' IS NOT NULL AS voicemail, call.end_reason AS endReason,
    NULL AS body, NULL AS messageId, NULL AS unread, NULL AS status, NULL AS error, call_note.text AS note,
    call_note.disposition, call_note.tags, call_note.callback_at AS callbackAt
  FROM call LEFT JOIN call_note ON call_note.call_seq = call.seq WHERE ${OF_PERSON}`;

const eventItems = `
  SELECT 'event' AS source, event.seq, event.identity AS id, event.at, event.account_id AS accountId, NULL AS direction,
    NULL AS outcome, NULL AS talk, NULL AS voicemail, NULL AS endReason, event.body, event.message_id AS messageId, event.unread,
    message_status.status, message_status.error,
    NULL AS note, NULL AS disposition, NULL AS tags, NULL AS callbackAt
  FROM contact_event AS event LEFT JOIN message_status
    ON message_status.account_id = event.account_id AND message_status.message_id = event.message_id
  WHERE ${OF_PERSON}`;

/** All that happened between us and the person in parameter `person`. */
export const TIMELINE = `(${callItems} UNION ALL ${eventItems})`;

/** Looks a message up that another one answers. */
type Quote = (accountId: string, messageId: string) => QuotedMessage | undefined;

/** A row as windows show it; undefined if it cannot be read. */
export function itemOf(row: ItemRow, quote: Quote): ContactItem | undefined {
  const { id, at, accountId } = row;
  if (row.source === 'call') {
    const note = noteOf({ ...row, text: row.note });
    const reason = takenBy.safeParse(parseColumn(row.endReason ?? 'null'));
    return {
      kind: 'call',
      id,
      at,
      accountId,
      callId: id,
      direction: row.direction === 'outbound' ? 'outbound' : 'inbound',
      outcome: row.outcome === null ? undefined : outcome.parse(row.outcome),
      talkSeconds: row.talk ?? undefined,
      ...(row.voicemail === 1 && { voicemail: true }),
      by: reason.success ? reason.data.by : undefined,
      note: isEmptyNote(note) ? undefined : note,
    };
  }
  const body = parseContactBody(row.body ?? '{}');
  if (body === undefined) return undefined;
  const common = { id, at, accountId };
  const quoted = (replyTo: string | undefined) =>
    replyTo === undefined ? undefined : (quote(accountId, replyTo) ?? ('gone' as const));
  // Only the contact store writes it.
  const error = failure.safeParse(row.error === null ? undefined : parseColumn(row.error)).data;
  switch (body.kind) {
    case 'message-in':
      return {
        ...common,
        ...body,
        messageId: row.messageId ?? undefined,
        ...(isVoicemail({ type: body.type, messageId: row.messageId ?? '' }) && {
          voicemail: true,
        }),
        quoted: quoted(body.replyTo),
        unread: row.unread === 1,
      };
    case 'permission':
      return { ...common, ...body };
    case 'note':
      return { ...common, ...body, tags: body.tags ?? [] };
    case 'message-out':
      return { ...outItem({ ...common, error }, row, body), quoted: quoted(body.replyTo) };
    case 'permission-request':
      return { ...common, ...body, state: stateOf(row.status), error };
    case 'colleague-call':
      return {
        ...common,
        kind: 'colleague-call',
        outcome: body.outcome === 'connected' ? 'answered' : body.outcome,
        talkSeconds: body.talkSeconds,
      };
    default:
      return assertNever(body, 'contact body');
  }
}

function outItem(
  common: Pick<ContactItem & { error?: ProviderError }, 'id' | 'at' | 'accountId' | 'error'>,
  { messageId, status }: ItemRow,
  body: MessageOut,
): Extract<ContactItem, { kind: 'message-out' }> {
  const { kind, by, what, text, template, unsent, retried } = body;
  const state = unsent && status === null ? 'sending' : stateOf(status);
  // Another agent's message is theirs to send again.
  const own = unsent || common.id === ownIdentity(common.accountId, messageId ?? '');
  const isWhole = outgoingOf(body) !== undefined;
  const retry = retried ? ('begun' as const) : ('possible' as const);
  return {
    ...common,
    kind,
    messageId: unsent ? undefined : (messageId ?? undefined),
    by,
    what,
    text,
    template,
    state,
    retry: state === 'failed' && own && isWhole ? retry : undefined,
  };
}

function stateOf(status: string | null): 'sent' | 'delivered' | 'read' | 'failed' {
  return status === 'delivered' || status === 'read' || status === 'failed' ? status : 'sent';
}
