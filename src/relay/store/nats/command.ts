import { z } from 'zod';
import { dispatchTypes } from '../../../shared/protocol/dispatch-types.ts';
import { erasure } from '../../../shared/protocol/erasure.ts';
import { legalHold } from '../../../shared/protocol/legal-hold.ts';
import { logBody } from '../../../shared/protocol/log-entry.ts';
import { peopleEntry } from '../../../shared/protocol/people.ts';
import { callRights, role } from '../../../shared/protocol/rights.ts';
import { wrapUpForm } from '../../../shared/protocol/wrap-up.ts';
import { todoAction } from '../../../shared/protocol/todo.ts';
import { relayedCallRecord } from '../relayed-call-record.ts';
import { plainRow } from '../table-rows.ts';
import type { Attempt, NewDispatch } from '../dispatch-store.ts';
import { UNUSED, type Erase, type IdentifiedBody } from '../store.ts';
import type { NewAgent, Rights } from '../agent-store.ts';
import type { NewInvitation } from '../invitation-store.ts';

/**
 * Raise it when older relays cannot execute a command; they then stop instead of reaching a
 * different state.
 */
const VERSION = 7;

const at = z.number();
const agent = z.object({ id: z.string(), name: z.string() });
const callId = z.string();

const event = z.object({
  identity: z.string(),
  body: logBody,
  sdp: z.string().optional(),
  byAnnouncement: z.boolean().optional(),
  node: z.string().optional(),
} satisfies Record<keyof IdentifiedBody, z.ZodType>);

const rights = {
  workspace: z.string(),
  role,
  team: z.string().optional(),
  calls: callRights,
  numbers: z.union([z.literal('all'), z.array(z.string()).readonly()]),
} satisfies Record<keyof Rights, z.ZodType>;
const newAgent = z.object({
  id: z.string(),
  name: z.string(),
  ...rights,
  tokenHash: z.string(),
} satisfies Record<keyof NewAgent, z.ZodType>);

const newInvitation = z.object({
  id: z.string(),
  codeHash: z.string(),
  agentId: z.string(),
  expiresAt: at,
} satisfies Record<keyof NewInvitation, z.ZodType>);

const newDispatch = z.object({
  id: z.string(),
  cursor: z.number(),
  call: z.string(),
  type: z.enum(dispatchTypes),
  at,
  body: z.string(),
} satisfies Record<keyof NewDispatch, z.ZodType>);
const attempt = z.object({
  state: z.enum(['open', 'delivered', 'failed', 'unwanted']),
  at,
  due: z.number().optional(),
  answer: z.string(),
} satisfies Record<keyof Attempt, z.ZodType>);

const erase = z.object({
  workspace: z.string(),
  accounts: z.array(z.string()).readonly(),
  erasure,
} satisfies Record<keyof Erase, z.ZodType>);

/** Decisions about calls and agents. */
const decision = z.discriminatedUnion('kind', [
  /** `delivery`: its sequence in the stream of deliveries; 0 if it is not stored. */
  z.object({
    kind: z.literal('append'),
    accountId: z.string(),
    at,
    delivery: z.number(),
    unused: z.enum(UNUSED).optional(),
    events: z.array(event),
  }),
  z.object({
    kind: z.literal('message'),
    body: logBody,
    at,
    identity: z.string().optional(),
  }),
  z.object({ kind: z.literal('people'), entries: z.array(peopleEntry), at }),
  z.object({ kind: z.literal('reserve'), callId, agent }),
  z.object({ kind: z.literal('drop-reservations'), agentId: z.string() }),
  z.object({ kind: z.literal('claim'), callId, agent, at }),
  z.object({ kind: z.literal('release'), callId, agent, why: z.string(), at }),
  z.object({ kind: z.literal('decline'), callId, agentId: z.string() }),
  z.object({
    kind: z.literal('todo'),
    accountId: z.string(),
    customer: z.string(),
    action: todoAction,
    actor: z.object({ agent, supervises: z.boolean() }),
    to: agent.optional(),
    gone: z.string().optional(),
    at,
  }),
  z.object({
    kind: z.literal('relayed-call'),
    record: relayedCallRecord,
    bodies: z.array(logBody),
    at,
  }),
  z.object({
    kind: z.literal('adopt'),
    callId,
    from: z.string().optional(),
    to: z.string(),
  }),
  z.object({ kind: z.literal('not-later'), now: z.number(), wrapUpMs: z.number() }),
  z.object({ kind: z.literal('prune'), before: z.number() }),
  z.object({ kind: z.literal('erase'), asked: erase }),
  z.object({ kind: z.literal('legal-hold'), hold: legalHold }),
  z.object({
    kind: z.literal('dispatch-add'),
    endpoint: z.string(),
    cursor: z.number(),
    added: z.array(newDispatch),
    wanted: z.array(z.enum(dispatchTypes)),
  }),
  z.object({
    kind: z.literal('dispatch-tried'),
    endpoint: z.string(),
    id: z.string(),
    attempt,
  }),
  z.object({ kind: z.literal('dispatch-again'), id: z.string(), at }),
  z.object({ kind: z.literal('endpoint-off'), endpoint: z.string(), since: at.optional() }),
  z.object({ kind: z.literal('wrap-up'), agentId: z.string(), until: z.number().optional() }),
  z.object({
    kind: z.literal('acknowledged'),
    agents: z.array(z.object({ id: z.string(), cursor: z.number(), at })),
  }),
  z.object({ kind: z.literal('agent-add'), agents: z.array(newAgent), at }),
  z.object({
    kind: z.literal('agent-update'),
    id: z.string(),
    change: z.object(rights).partial(),
  }),
  z.object({ kind: z.literal('agent-rotate'), id: z.string(), tokenHash: z.string() }),
  z.object({ kind: z.literal('agent-remove'), id: z.string() }),
  z.object({ kind: z.literal('agent-invite'), invitation: newInvitation, at }),
  z.object({
    kind: z.literal('agent-redeem'),
    codeHash: z.string(),
    tokenHash: z.string(),
    at,
  }),
  z.object({ kind: z.literal('agent-revoke'), id: z.string(), at }),
  /** In the stream that is kept for good. */
  z.object({ kind: z.literal('agent-erased'), workspace: z.string(), erasure }),
  z.object({ kind: z.literal('agent-legal-hold'), hold: legalHold }),
  /** Agents' words about people, which the log does not keep for ever. */
  z.object({ kind: z.literal('agent-people'), entries: z.array(peopleEntry) }),
  z.object({ kind: z.literal('agent-wrap-up-form'), workspace: z.string(), form: wrapUpForm }),
]);
export type Decision = z.infer<typeof decision>;

/**
 * A request to the store: one message of its stream, executed completely by every node that reads
 * it.
 */
const command = z.discriminatedUnion('kind', [
  decision,
  /** Decisions that were made in memory while the server did not answer, in order. */
  z.object({ kind: z.literal('several'), commands: z.array(decision) }),
  /** Another store's rows, for an empty store. */
  z.object({ kind: z.literal('import'), rows: z.array(plainRow) }),
  z.object({ kind: z.literal('agent-import'), rows: z.array(plainRow) }),
]);
export type Command = z.infer<typeof command>;
export type Several = Extract<Command, { kind: 'several' }>;

const message = z.object({ version: z.number(), command: z.unknown() });

/** A command that only a newer relay understands. */
export class NewerCommand extends Error {
  override readonly name = 'NewerCommand';
}

export function encodeCommand(given: Command): string {
  return JSON.stringify({ version: VERSION, command: given });
}

/** @throws NewerCommand; any other error for a message that is damaged */
export function decodeCommand(text: string): Command {
  const { version, command: given } = message.parse(JSON.parse(text));
  if (version > VERSION) throw new NewerCommand('was written by a newer relay');
  return command.parse(given);
}
