import { z } from 'zod';
import { mediaPaths } from '../providers/media-path.ts';
import { nameWorthShowing } from '../lib/foreign-text.ts';
import {
  foreignText,
  id,
  optionalText,
  party,
  personName,
  providerError,
  providerEvent,
  time,
} from './provider-event.ts';
import { callRights, role } from './rights.ts';

/**
 * What a console and the relay say to each other on `WS /v1/agents`, as JSON text frames.
 *
 * The relay keeps one ordered log. A console names the last entry it has stored (`cursor`) and gets what came
 * after it: every entry at least once, in order. An `epoch` names the log itself; a console that comes with the
 * epoch of another log starts afresh.
 */
export const PROTOCOL_VERSION = 5;

/** Frames larger than this are refused in either direction, in bytes. */
export const MAX_FRAME_BYTES = 1_048_576;
/** An entry must fit into a frame with something to spare, or no console could get past it. In bytes, as JSON. */
export const LARGEST_ENTRY = MAX_FRAME_BYTES - 65_536;

/** A name that cannot be seen is no name: the id stands in. */
const agent = z
  .object({ id, name: personName })
  .transform((told) => ({ id: told.id, name: nameWorthShowing(told.name) ?? told.id }));
/** An agent as teammates see them. */
export type Agent = z.infer<typeof agent>;

/** What an agent's console says of itself; `offline` is what the relay says of one that is not connected. */
export const presence = z.enum(['available', 'on-call', 'wrap-up', 'dnd', 'away']);
export type Presence = z.infer<typeof presence>;

/** WhatsApp takes 4,096 characters; a template with its parameters may come to more. */
const writtenText = z.string().max(16_384);

/** What an agent sent to a customer; the provider's API gives no other console a way to know. */
export const sent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('text'), text: writtenText }),
  z.object({ what: z.literal('template'), name: id, text: writtenText.optional() }),
  /** `template`: its name, when it was not free-form. */
  z.object({
    what: z.literal('permission-request'),
    text: writtenText.optional(),
    template: id.optional(),
  }),
  z.object({ what: z.literal('call-button'), text: writtenText.optional() }),
]);
export type Sent = z.infer<typeof sent>;

/**
 * A call on its way to another agent. For whoever is asked it is a call of its own, named `callOfferId`, which is
 * claimed and declined like any other: the offering agent's record and the answering agent's stay apart.
 */
const callOffer = z.object({
  callOfferId: id,
  callId: id,
  accountId: id,
  providerCallId: id,
  direction: z.enum(['inbound', 'outbound']),
  party,
  /** `transfer`: an agent offers it. `waiting`: the agent who had it vanished and the customer waits. */
  why: z.enum(['transfer', 'requeue']),
  from: agent,
  /** Who is asked; empty: everyone who can take it. */
  to: z.array(agent),
  note: foreignText,
  /** Owned by the relay; Unix ms. */
  deadlineAt: time,
});
export type CallOffer = z.infer<typeof callOffer>;

/** How a call offer ended. Everything but `accepted` leaves the call with, or gives it back to, `from`. */
const callOfferEnd = z.enum([
  'accepted',
  'declined',
  'unanswered',
  'teammate-gone',
  'cancelled',
  'caller-gone',
  'refused',
]);
export type CallOfferEnd = z.infer<typeof callOfferEnd>;

/** A provider's report as an entry of the log: the wire form of `ProviderReport`, and what the relay adds to it. */
const providerEntry = z.object({
  type: z.literal('provider'),
  accountId: id,
  providerCallId: id.optional(),
  secondaryId: id.optional(),
  callbackData: z.string().max(1_000).optional(),
  event: providerEvent,
  /** `relayed`: the relay is the media end towards the customer, and speaks with the provider. */
  path: z.literal('relayed').optional(),
  /**
   * How far the relay's clock is ahead of the provider's, as far as it could tell, ms; left out when they agree. The
   * event's times are the provider's.
   */
  ahead: z.number().int().optional(),
});
export type ProviderEntry = z.infer<typeof providerEntry>;

/** One entry of the relay's log: what a provider reported, or who took, gave back or handed on a call. */
export const logBody = z.discriminatedUnion('type', [
  providerEntry,
  /** A teammate (or we ourselves, from any machine) wrote to a customer. */
  z.object({
    type: z.literal('sent'),
    accountId: id,
    by: agent,
    /** When the relay was told. */
    at: time,
    party,
    messageId: id.optional(),
    sent,
  }),
  z.object({ type: z.literal('claimed'), callId: id, by: agent }),
  z.object({ type: z.literal('released'), callId: id, by: agent, why: z.string() }),
  z.object({ type: z.literal('call-offer'), callOffer }),
  z.object({
    type: z.literal('call-offer-ended'),
    callOfferId: id,
    callId: id,
    end: callOfferEnd,
    /** Who took it, with `accepted`. */
    by: agent.optional(),
  }),
  /** The console of the agent who has the call is gone; hold audio plays until `deadlineAt`, then the team is asked. */
  z.object({ type: z.literal('agent-disconnected'), callId: id, agent, deadlineAt: time }),
  z.object({ type: z.literal('agent-reconnected'), callId: id, agent }),
  /** A key the customer pressed (RFC 4733). */
  z.object({ type: z.literal('dtmf'), callId: id, digit: z.string().length(1) }),
  z.object({
    type: z.literal('supervision'),
    callId: id,
    by: agent,
    mode: z.enum(['listen', 'whisper', 'off']),
    /** False when policy hides it from the agent. */
    shown: z.boolean(),
  }),
  /**
   * The relay ends a relayed call at the provider, whose own `terminated` follows. `by` hung up, or was the last to
   * decline; without `by` nobody could have it any more: no agent came in time, the one who placed it vanished while
   * it rang, or the relay's media is gone.
   */
  z.object({
    type: z.literal('ended'),
    callId: id,
    by: agent.optional(),
    why: z.enum(['hung-up', 'declined', 'nobody-came', 'agent-gone', 'media-gone']),
  }),
  /** Something was here that the relay cannot read any more: what a provider knows of it has to be read there. */
  z.object({ type: z.literal('unreadable') }),
]);
export type LogBody = z.infer<typeof logBody>;

/** A teammate as everybody sees them. */
const teammate = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role,
  team: optionalText,
  presence: z.union([presence, z.literal('offline')]),
  /** Since when, Unix ms. */
  since: time,
  /** False for agents with restricted call capability: they are not offered calls by transfer. */
  takesTransfers: z.boolean(),
});
export type Teammate = z.infer<typeof teammate>;

const legStats = z.object({
  packets: z.number().nonnegative(),
  lost: z.number().nonnegative(),
  jitterMs: z.number().nonnegative().optional(),
  rttMs: z.number().nonnegative().optional(),
});

/** A relayed call in progress, as the relay sees it now; sent to its agent, to whoever is asked, to supervisors. */
const relayedCallStatus = z.object({
  callId: id,
  accountId: id,
  party,
  direction: z.enum(['inbound', 'outbound']),
  state: z.enum(['ringing', 'talking', 'on-hold', 'consulting', 'agent-disconnected', 'ended']),
  owner: agent.optional(),
  startedAt: time.optional(),
  callOffer: callOffer.optional(),
  /** The teammate the agent talks to while the customer is on hold. */
  consulting: agent.optional(),
  supervisors: z.array(z.object({ agent, mode: z.enum(['listen', 'whisper']) })),
  /** Keys the customer pressed so far. */
  dtmf: z.string(),
  legs: z.object({ customer: legStats, agent: legStats }).partial(),
});
export type RelayedCallStatus = z.infer<typeof relayedCallStatus>;

/** What an agent is and has: where the sound of each of their numbers' calls travels, as the operator set it up. */
const ownRights = z.object({
  role,
  calls: callRights,
  numbers: z.array(z.object({ id, path: z.enum(mediaPaths) })),
});
export type OwnRights = z.infer<typeof ownRights>;

const iceServer = z.object({
  urls: z.array(z.string().min(1)),
  username: optionalText,
  credential: optionalText,
});
export type IceServer = z.infer<typeof iceServer>;

/** What the relay sends. */
export const fromRelay = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    version: z.number().int(),
    epoch: z.string().min(1),
    /** The relay's clock, Unix ms; desks' clocks are often wrong. */
    now: time.optional(),
    agent,
    rights: ownRights,
    /** STUN and TURN servers for the agent's media; credentials are limited in time. */
    iceServers: z.array(iceServer),
    /** How long a relayed call is kept for an agent who is cut off, ms. */
    rejoinGraceMs: time.optional(),
    /** The log's last entry now; the console is up to date when it has stored this one. */
    head: z.number().int().nonnegative(),
    /** Where the replay starts; entries after it follow at once. */
    from: z.number().int().nonnegative(),
    /** False when entries after the console's cursor are no longer kept, or the log is another one. */
    complete: z.boolean(),
  }),
  z.object({
    type: z.literal('entry'),
    cursor: z.number().int().positive(),
    /** When the relay committed it, Unix ms. */
    at: time,
    body: logBody,
  }),
  /** The entries up to `cursor` are not this console's to see; it is as far as if it had stored them. */
  z.object({ type: z.literal('skipped'), cursor: z.number().int().positive() }),
  /** This agent's rights have changed. What is not theirs any more is not spoken of again. */
  z.object({ type: z.literal('rights'), rights: ownRights }),
  /** Who can take a ringing call now; sent whenever it changes. `you`: this console alone can. */
  z.object({
    type: z.literal('ringing'),
    callId: id,
    agents: z.array(agent),
    soleCandidate: z.boolean(),
  }),
  z.object({
    type: z.literal('result'),
    id: z.number().int(),
    outcome: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('granted') }),
      /** `by` is missing when nobody has it, e.g. a hold while others ring too. */
      z.object({
        kind: z.literal('refused'),
        by: agent.optional(),
        why: z.string(),
        /** The provider's own words, when it was the provider that refused. */
        error: providerError.optional(),
      }),
      z.object({ kind: z.literal('declined'), last: z.boolean() }),
      z.object({ kind: z.literal('leg'), sdp: z.string().min(1) }),
      z.object({ kind: z.literal('placed'), providerCallId: id }),
      /** PCM16 little-endian, mono, both ways, in binary frames. The path holds a token for one connection. */
      z.object({
        kind: z.literal('stream'),
        path: z.string().min(1),
        sampleRate: z.number().int().positive(),
      }),
    ]),
  }),
  /** Teammates as they are now: all of them, or those who have changed; `gone` are the ids of those who are none any more. */
  z.object({
    type: z.literal('team'),
    whole: z.boolean(),
    agents: z.array(teammate),
    gone: z.array(id),
  }),
  z.object({ type: z.literal('call'), call: relayedCallStatus }),
  /** The relay will not talk to this console; the reason tells what to do. The connection is closed after it. */
  z.object({
    type: z.literal('refused'),
    code: z.enum(['unauthorized', 'version', 'bad-frame', 'replaced', 'too-slow', 'shutting-down']),
    message: z.string(),
  }),
]);
export type FromRelayFrame = z.infer<typeof fromRelay>;

/** WebSocket close codes of ours (RFC 6455, 7.4.2: 4000–4999 are private). */
export const closeCodes = {
  unauthorized: 4401,
  version: 4406,
  badFrame: 4400,
  /** The same agent connected from elsewhere. */
  replaced: 4409,
  /** So much waits to be read that the relay keeps no more of it. */
  tooSlow: 4408,
} as const;

/**
 * Codes of the relay's own answers (status 401, `{"error":{"code","message"}}`) to an upgrade that it will not have.
 * Anything else that answers is not the relay.
 */
export const upgradeRefusals = ['token-missing', 'token-unknown'] as const;
