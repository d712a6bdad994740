import { z } from 'zod';
import { agent } from './agent.ts';
import { foreignText, id, optionalText, party, time } from './provider-event.ts';

/** Why a customer waits; each of them is over when somebody speaks with or answers them. */
const reasons = z.object({
  /** Calls that nobody took. `since`: the first of them. */
  missed: z
    .object({
      count: z.number().int().positive(),
      since: time,
      last: time,
      /** Our ids of the last ones. */
      callIds: z.array(id),
      /** In one of them the customer left a voicemail. */
      voicemail: z.boolean().optional(),
    })
    .optional(),
  /** Messages without an answer; `type` and `text` are the last one's. */
  messages: z
    .object({
      count: z.number().int().positive(),
      since: time,
      last: time,
      type: z.string(),
      text: foreignText,
    })
    .optional(),
  /** An agent promised to call back at `at`, in the call `providerCallId`. */
  callback: z.object({ at: time, by: agent, providerCallId: id }).optional(),
  /** The customer has just allowed us to call. */
  permission: z.object({ at: time, expiresAt: time.optional() }).optional(),
  /** A message of ours was not delivered; `why`: the provider's words. */
  failed: z.object({ at: time, messageId: id, why: optionalText }).optional(),
});
export type Reasons = z.infer<typeof reasons>;

/** A customer who waits for us at one of our numbers, or waited. */
export const todo = z.object({
  accountId: id,
  /** `personKey` of the customer. */
  customer: id,
  party,
  reasons,
  /** Our calls that they did not answer since they have waited. */
  tried: z.object({ count: z.number().int().positive(), last: time }).optional(),
  /** Who takes care of them. */
  owner: agent.optional(),
  snoozedUntil: time.optional(),
  /** How it was last closed. `reasons`: what an undo, or the end of a call without a word, brings back. */
  closed: z
    .object({
      at: time,
      how: z.enum(['spoke', 'wrote', 'done']),
      by: agent.optional(),
      /** The call that an agent took, but in which nobody has spoken yet. */
      providerCallId: id.optional(),
      /** By an answer to another customer, whom agents had merged with them. */
      merged: z.boolean().optional(),
      reasons,
    })
    .optional(),
  /** When somebody last spoke with them or wrote to them. */
  answeredAt: time.optional(),
  /** The cursor of the log's entry that last changed the reasons. */
  cursor: z.number().int().nonnegative(),
});
export type Todo = z.infer<typeof todo>;

/** What an agent does with a customer who waits. */
export const todoAction = z.discriminatedUnion('kind', [
  /** Takes care of them; the first wins. */
  z.object({ kind: z.literal('claim') }),
  z.object({ kind: z.literal('assign'), to: id }),
  /** Nobody takes care of them any more. */
  z.object({ kind: z.literal('unassign') }),
  z.object({ kind: z.literal('snooze'), until: time }),
  z.object({ kind: z.literal('wake') }),
  /** `cursor`: what the agent has seen; refused with `changed` if there is more by now. */
  z.object({ kind: z.literal('done'), cursor: z.number().int().nonnegative() }),
  /** Takes `done` back. */
  z.object({ kind: z.literal('undo') }),
]);
export type TodoAction = z.infer<typeof todoAction>;

/** An action that a console keeps until it can reach the relay. `cursor`: of the item that the agent saw. */
export const queuedAction = z.object({
  accountId: id,
  customer: id,
  action: todoAction,
  cursor: z.number().int().nonnegative(),
  at: time,
});
export type QueuedAction = z.infer<typeof queuedAction>;

/** Not they themselves were answered, but whom agents had merged with them. */
const merged = z.boolean().optional();

/** How a customer is answered, as far as it matters to who waits. */
export const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('claimed'), at: time, providerCallId: id, by: agent, merged }),
  z.object({ kind: z.literal('released'), at: time, providerCallId: id, merged }),
  z.object({ kind: z.literal('spoke'), at: time, providerCallId: id, callId: id, merged }),
  z.object({ kind: z.literal('wrote'), at: time, by: agent, merged }),
  /** An agent took the merge back: whoever was answered was somebody else. */
  z.object({ kind: z.literal('parted'), at: time }),
]);
export type Answer = z.infer<typeof answer>;

/** A granted action as everybody applies it. */
export const todoChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('owner'), owner: agent.optional() }),
  z.object({ kind: z.literal('snooze'), until: time.optional() }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('undo') }),
]);
export type TodoChange = z.infer<typeof todoChange>;
