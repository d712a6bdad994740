import { z } from 'zod';
import { manyLines } from '../lib/foreign-text.ts';
import { agent } from './agent.ts';
import { callOfferEnd } from './call-offer-end.ts';
import { erasedEntry } from './erasure.ts';
import { legalHoldEntry } from './legal-hold.ts';
import { LONGEST_NOTE } from './limits.ts';
import { measured } from './measured.ts';
import { describedEntry, mergedEntry } from './people.ts';
import { foreignText, id, optionalText, party, providerEvent, time } from './provider-event.ts';
import { personalEntries } from './team-message.ts';
import { answer, todoChange } from './todo.ts';
import { chosenOutcome, chosenTags } from './wrap-up.ts';

/** WhatsApp's limit is 4,096 characters; a template with its parameters may reach more. */
const writtenText = z.string().max(16_384);

/** What an agent sent to a customer; other consoles cannot learn it from the provider. */
export const sent = z.discriminatedUnion('what', [
  /** `replyTo`: the provider's id of the message that it answers. */
  z.object({ what: z.literal('text'), text: writtenText, replyTo: id.optional() }),
  z.object({ what: z.literal('template'), name: id, text: writtenText.optional() }),
  /** `template`: its name, unless the request was free-form. */
  z.object({
    what: z.literal('permission-request'),
    text: writtenText.optional(),
    template: id.optional(),
  }),
  z.object({ what: z.literal('call-button'), text: writtenText.optional() }),
  /** Asks somebody who hides their number for it. */
  z.object({ what: z.literal('contact-request'), text: writtenText.optional() }),
]);

export type Sent = z.infer<typeof sent>;

/** What an agent wrote down about a call, and how they say it ended. */
export const note = {
  text: z.string().max(LONGEST_NOTE).transform(manyLines),
  disposition: chosenOutcome.optional(),
  tags: chosenTags.optional(),
  /** When they promised to call back, Unix ms. */
  callbackAt: time.optional(),
};

/**
 * A call offered to another agent. For them it is a call of its own, named `callOfferId`, which is
 * claimed and declined like any other; the two agents' records stay separate.
 */
export const callOffer = z.object({
  callOfferId: id,
  callId: id,
  accountId: id,
  providerCallId: id,
  direction: z.enum(['inbound', 'outbound']),
  party,
  /**
   * `transfer`: an agent offers it. `requeue`: its agent disconnected and the customer waits.
   * `take-over`: the supervisor who is asked wants it.
   */
  why: z.enum(['transfer', 'requeue', 'take-over']),
  from: agent,
  /** The agents who are asked; empty: everyone eligible. */
  to: z.array(agent),
  /** The team that they were asked for. */
  team: optionalText,
  note: foreignText,
  /** Owned by the relay; Unix ms. */
  deadlineAt: time,
});

export type CallOffer = z.infer<typeof callOffer>;

/**
 * A provider's report as a log entry: the wire form of `ProviderReport`, with the relay's
 * additions.
 */
const providerEntry = z.object({
  type: z.literal('provider'),
  accountId: id,
  providerCallId: id.optional(),
  secondaryId: id.optional(),
  callbackData: z.string().max(1_000).optional(),
  event: providerEvent,
  /** `relayed`: the relay is the customer's media end, and calls the provider's API. */
  path: z.literal('relayed').optional(),
  /**
   * How far the relay's clock is ahead of the provider's, as far as it could tell, ms; missing if
   * they agree. The event's times are the provider's.
   */
  ahead: z.number().int().optional(),
});

export type ProviderEntry = z.infer<typeof providerEntry>;

/**
 * What an agent wrote down about a call, as of now: it replaces what they wrote before. An empty one
 * removes it.
 */
export const notedEntry = z.object({
  type: z.literal('noted'),
  accountId: id,
  by: agent,
  /** When the relay received it. */
  at: time,
  party,
  providerCallId: id,
  ...note,
});

export type NotedEntry = z.infer<typeof notedEntry>;

/** What an agent did with a customer who waits. */
const todoEntry = z.object({
  type: z.literal('todo'),
  accountId: id,
  customer: id,
  by: agent,
  /** When the relay granted it. */
  at: time,
  change: todoChange,
});

export type TodoEntry = z.infer<typeof todoEntry>;

/** A customer who waits at this number was answered at another one of the workspace, or as another customer. */
const answeredEntry = z.object({ type: z.literal('answered'), accountId: id, party, answer });

export type AnsweredEntry = z.infer<typeof answeredEntry>;

/**
 * One entry of the relay's log: a provider's report, or an agent's claim, release or transfer of a
 * call.
 */
export const logBody = z.discriminatedUnion('type', [
  providerEntry,
  /** A teammate (or this agent, from any machine) wrote to a customer. */
  z.object({
    type: z.literal('sent'),
    accountId: id,
    by: agent,
    /** When the relay received it. */
    at: time,
    party,
    messageId: id.optional(),
    sent,
  }),
  notedEntry,
  describedEntry,
  mergedEntry,
  todoEntry,
  answeredEntry,
  ...personalEntries,
  erasedEntry,
  legalHoldEntry,
  /** An agent placed a call. `callId`: ours, of one that the relay carries. */
  z.object({
    type: z.literal('placed'),
    accountId: id,
    providerCallId: id,
    callId: id.optional(),
    party,
    by: agent,
  }),
  /** What an agent's console measured of a call; for the team's figures, and sent to no console. */
  z.object({
    type: z.literal('measured'),
    accountId: id,
    providerCallId: id,
    by: agent,
    ...measured,
  }),
  z.object({ type: z.literal('claimed'), callId: id, by: agent }),
  z.object({ type: z.literal('released'), callId: id, by: agent, why: z.string() }),
  z.object({ type: z.literal('call-offer'), callOffer }),
  z.object({
    type: z.literal('call-offer-ended'),
    callOfferId: id,
    callId: id,
    end: callOfferEnd,
    /** With `accepted`: the agent who accepted. */
    by: agent.optional(),
  }),
  /**
   * The console of the call's agent disconnected; hold music plays until `deadlineAt`, then the
   * team is asked.
   */
  z.object({ type: z.literal('agent-disconnected'), callId: id, agent, deadlineAt: time }),
  z.object({ type: z.literal('agent-reconnected'), callId: id, agent }),
  /** A key the customer pressed (RFC 4733). */
  z.object({ type: z.literal('dtmf'), callId: id, digit: z.string().length(1) }),
  z.object({
    type: z.literal('supervision'),
    callId: id,
    by: agent,
    mode: z.enum(['listen', 'whisper', 'barge', 'off']),
    /** False when policy hides it from the agent. A `barge` is never hidden. */
    shown: z.boolean(),
  }),
  /**
   * The relay ends a relayed call at the provider, whose own `terminated` follows. `by`: the agent
   * who hung up, or the last to decline. Missing if no agent could take it: nobody came in time,
   * its agent vanished while it rang, or the relay lost its media.
   */
  z.object({
    type: z.literal('ended'),
    callId: id,
    by: agent.optional(),
    why: z.enum(['hung-up', 'declined', 'nobody-came', 'agent-gone', 'media-gone']),
  }),
  /** An entry that the relay can no longer read: its content has to be read at the provider. */
  z.object({ type: z.literal('unreadable') }),
]);

export type LogBody = z.infer<typeof logBody>;
