import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import type { Access } from '../access/access.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';

type Sent = Extract<FromConsole, { type: 'sent' }>;
type Placed = Extract<FromConsole, { type: 'placed' }>;
type Noted = Extract<FromConsole, { type: 'noted' }>;
type Measured = Extract<FromConsole, { type: 'measured' }>;
/** What a console reports of its agent, to be logged. */
export type ReportFrame = Sent | Placed | Noted | Measured;

interface Ports {
  store: Store;
  access: Access;
}

/**
 * Logs a message that an agent sent to a customer, a call that their console placed at the provider itself, what they
 * wrote down about a call, or what was measured of one. The agent is known from the connection, never from the frame.
 *
 * Refused with `unknown-account`; with `unauthorized` for an agent who was removed; with `restricted` where an agent who
 * places no calls places one, or asks a customer for permission to be called.
 *
 * @param at the relay's time, Unix ms
 */
export async function writeReport(
  { store, access }: Ports,
  member: Member | undefined,
  frame: ReportFrame,
  at: number,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  if (!access.hears(member, frame.accountId)) return refused('unknown-account');
  const places =
    frame.type === 'placed' || (frame.type === 'sent' && frame.sent.what === 'permission-request');
  if (places && !access.mayPlace(member, frame.accountId)) return refused('restricted');
  const { body, identity } = reported(frame, { id: member.id, name: member.name }, at);
  await store.appendMessage(body, at, identity);
  return { kind: 'granted' };
}

/**
 * The entry of the log. A console that got no answer repeats the frame: what has an `identity` is logged once for each
 * agent, and of the rest the last one counts.
 */
function reported(
  frame: ReportFrame,
  by: Agent,
  at: number,
): { body: LogBody; identity?: string | undefined } {
  switch (frame.type) {
    case 'sent': {
      const { type, accountId, party, messageId, sent } = frame;
      // Of each agent once: nobody can report a teammate's message before they do.
      const identity =
        messageId === undefined ? undefined : `${accountId}/sent:${messageId}/${by.id}`;
      return { body: { type, accountId, by, at, party, messageId, sent }, identity };
    }
    case 'placed': {
      const { type, accountId, providerCallId, party } = frame;
      const identity = `${accountId}/placed:${providerCallId}/${by.id}`;
      return { body: { type, accountId, providerCallId, party, by }, identity };
    }
    case 'noted': {
      const { type, accountId, party, providerCallId } = frame;
      const { text, disposition, tags, callbackAt } = frame;
      const about = { accountId, by, at, party, providerCallId };
      return { body: { type, ...about, text, disposition, tags, callbackAt } };
    }
    case 'measured': {
      const { type, id: _, accountId, providerCallId, ...measured } = frame;
      return { body: { type, accountId, providerCallId, by, ...measured } };
    }
    default:
      return frame satisfies never;
  }
}

/** Notes in one answer, far below the size of a frame. */
const NOTES_PER_PAGE = 50;

/**
 * What agents wrote down about the calls of the numbers that an agent has. Refused with `unauthorized` for an agent who
 * was removed.
 */
export async function readNotes(
  { store, access }: Ports,
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
