import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { LogBody } from '../../shared/protocol/frames.ts';
import type { Access } from '../access/access.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member, Store } from '../store/store.ts';

export type SentFrame = Extract<FromConsole, { type: 'sent' }>;
export type PlacedFrame = Extract<FromConsole, { type: 'placed' }>;
export type NotedFrame = Extract<FromConsole, { type: 'noted' }>;

/**
 * Logs a message that an agent sent to a customer. The agent is known from the connection, never from the frame. A
 * console that got no answer repeats the frame: a message with an id is logged once for each agent.
 *
 * Refused with `unknown-account`; with `unauthorized` for an agent who was removed; with `restricted` where an agent who
 * places no calls asks a customer for permission to be called.
 *
 * @param at the relay's time, Unix ms
 */
export async function writeSent(
  { store, access }: { store: Store; access: Access },
  member: Member | undefined,
  { accountId, party, messageId, sent }: SentFrame,
  at: number,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  if (!access.hears(member, accountId)) return refused('unknown-account');
  const asksToCall = sent.what === 'permission-request';
  if (asksToCall && !access.mayPlace(member, accountId)) return refused('restricted');
  const by = { id: member.id, name: member.name };
  const body: LogBody = { type: 'sent', accountId, by, at, party, messageId, sent };
  await store.appendMessage(
    body,
    at,
    // Of each agent once: nobody can report a teammate's message before they do.
    messageId === undefined ? undefined : `${accountId}/sent:${messageId}/${member.id}`,
  );
  return { kind: 'granted' };
}

/**
 * Logs a call that an agent's console placed at the provider itself. Refused with `unknown-account`, with `unauthorized`
 * for an agent who was removed, and with `restricted` for one who places no calls.
 *
 * @param at the relay's time, Unix ms
 */
export async function writePlaced(
  { store, access }: { store: Store; access: Access },
  member: Member | undefined,
  { accountId, providerCallId, party }: PlacedFrame,
  at: number,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  if (!access.hears(member, accountId)) return refused('unknown-account');
  if (!access.mayPlace(member, accountId)) return refused('restricted');
  const by = { id: member.id, name: member.name };
  const identity = `${accountId}/placed:${providerCallId}/${member.id}`;
  await store.appendMessage({ type: 'placed', accountId, providerCallId, party, by }, at, identity);
  return { kind: 'granted' };
}

/** Notes in one answer, far below the size of a frame. */
const NOTES_PER_PAGE = 50;

/**
 * What agents wrote down about the calls of the numbers that an agent has. Refused with `unauthorized` for an agent who
 * was removed.
 */
export async function readNotes(
  { store, access }: { store: Store; access: Access },
  member: Member | undefined,
  before = Number.MAX_SAFE_INTEGER,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  const page = await store.notesBefore(before, NOTES_PER_PAGE);
  const notes = page.flatMap(({ body, accountId }) =>
    body.type === 'noted' && access.hears(member, accountId) ? [body] : [],
  );
  const last = page.length < NOTES_PER_PAGE ? undefined : page.at(-1)?.cursor;
  return { kind: 'notes', notes, ...(last !== undefined && { before: last }) };
}

/**
 * Logs what an agent wrote down about a call. Refused with `unknown-account`, and with `unauthorized` for an agent who
 * was removed.
 *
 * @param at the relay's time, Unix ms
 */
export async function writeNoted(
  { store, access }: { store: Store; access: Access },
  member: Member | undefined,
  { accountId, party, providerCallId, text, disposition, tags, callbackAt }: NotedFrame,
  at: number,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  if (!access.hears(member, accountId)) return refused('unknown-account');
  const by = { id: member.id, name: member.name };
  const about = { accountId, by, at, party, providerCallId };
  await store.appendMessage({ type: 'noted', ...about, text, disposition, tags, callbackAt }, at);
  return { kind: 'granted' };
}
