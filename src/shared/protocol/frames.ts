import { z } from 'zod';
import { mediaPaths } from '../providers/media-path.ts';
import { recordingPolicySchema } from '../recording/policy.ts';
import { callRecording } from '../recording/state.ts';
import { adminOutcomes } from './agent-admin.ts';
import { agent } from './agent.ts';
import { erasureOutcomes } from './erasure.ts';
import { legalHoldsOutcome } from './legal-hold.ts';
import { callOffer, logBody, notedEntry } from './log-entry.ts';
import { peopleOutcome } from './people.ts';
import { id, optionalText, party, providerError, time } from './provider-event.ts';
import { callRights, role } from './rights.ts';
import { ringerProblem } from './ringer.ts';
import { teamOutcomes } from './team.ts';
import { todo } from './todo.ts';
import { wrapUpForm } from './wrap-up.ts';

/*
 * The messages between a console and the relay on `WS /v1/agents`, as JSON text frames.
 *
 * The relay keeps one ordered log. A console names the last entry it has stored (`cursor`) and
 * receives what came after it: every entry at least once, in order. An `epoch` names the log
 * itself; a console with another log's epoch starts over.
 */

/** Larger frames are refused in either direction, in bytes. */
export const MAX_FRAME_BYTES = 1_048_576;

/**
 * An entry must fit into a frame with room to spare, or no console could get past it. In bytes, as
 * JSON.
 */
export const LARGEST_ENTRY = MAX_FRAME_BYTES - 65_536;

/**
 * The presence that an agent's console reports; the relay reports `offline` for an agent without a
 * connection.
 */
export const presence = z.enum(['available', 'on-call', 'wrap-up', 'dnd', 'away']);

export type Presence = z.infer<typeof presence>;

/** A teammate as everybody sees them. */
const teammate = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role,
  team: optionalText,
  presence: z.union([presence, z.literal('offline')]),
  /** Since when, Unix ms. */
  since: time,
  /** When a wrap-up that follows a call ends, Unix ms. */
  until: time.optional(),
  /** Why no call can reach them, whatever their presence. Their console is connected, or vanished. */
  unreachable: ringerProblem.optional().catch('silent'),
  /** False for agents with restricted call capability, who are not offered transfers. */
  takesTransfers: z.boolean(),
  /** The only numbers that they have; all of the workspace if left out. */
  numbers: z.array(id).optional(),
});

export type Teammate = z.infer<typeof teammate>;

const legStats = z.object({
  packets: z.number().nonnegative(),
  lost: z.number().nonnegative(),
  jitterMs: z.number().nonnegative().optional(),
  rttMs: z.number().nonnegative().optional(),
});

/**
 * A relayed call in progress, as the relay sees it now; sent to its agent, to the agents it is
 * offered to, and to supervisors.
 */
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
  supervisors: z.array(z.object({ agent, mode: z.enum(['listen', 'whisper', 'barge']) })),
  /** Keys the customer pressed so far. */
  dtmf: z.string(),
  /** How the relay records it; left out by a relay that does not. */
  recording: callRecording.optional().catch(undefined),
  legs: z.object({ customer: legStats, agent: legStats }).partial(),
});

export type RelayedCallStatus = z.infer<typeof relayedCallStatus>;

/**
 * An agent's identity and rights, and what is configured for them: the media path of each of their
 * numbers, and what they choose from after a call.
 */
const ownRights = z.object({
  role,
  calls: callRights,
  numbers: z.array(
    z.object({
      id,
      path: z.enum(mediaPaths),
      /** How its calls are recorded; left out: the relay says nothing about it. */
      recording: recordingPolicySchema.optional().catch(undefined),
      /** The hash of what customers hear before it, where it is not ours; the relay serves it. */
      announcement: z.string().max(64).optional().catch(undefined),
    }),
  ),
  wrapUpForm: wrapUpForm.optional(),
});

export type OwnRights = z.infer<typeof ownRights>;

const iceServer = z.object({
  urls: z.array(z.string().min(1)),
  username: optionalText,
  credential: optionalText,
});

export type IceServer = z.infer<typeof iceServer>;

/** What became of a number's latest webhooks. Clocks differ, so it says how long ago, in ms. */
export const numberWebhooks = z.object({
  accountId: id,
  /** Since the last one was taken. */
  takenAgoMs: z.number().nonnegative().optional(),
  /** Since the last one was refused, and why; `cameTo`: to the address of that other number. */
  refused: z
    .object({ agoMs: z.number().nonnegative(), code: z.string(), cameTo: id.optional() })
    .optional(),
});

export type NumberWebhooks = z.infer<typeof numberWebhooks>;

/** The answer to a console's request. */
export const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('granted') }),
  /** `by` is missing if nobody has it, e.g. a reservation refused while others ring too. */
  z.object({
    kind: z.literal('refused'),
    by: agent.optional(),
    why: z.string(),
    /** The provider's error, if it was the provider that refused. */
    error: providerError.optional(),
  }),
  ...adminOutcomes,
  ...erasureOutcomes,
  legalHoldsOutcome,
  ...teamOutcomes,
  /** Newest first; `before` is for the next question, and missing when there are no more. */
  z.object({
    kind: z.literal('notes'),
    notes: z.array(notedEntry),
    before: z.number().int().positive().optional(),
  }),
  peopleOutcome,
  /** In the order of their keys; `more`: there are others after the last one. */
  z.object({ kind: z.literal('todos'), items: z.array(todo), more: z.boolean() }),
  /** `clockAheadMs`: the relay's clock before the providers'; missing if it could not compare. */
  z.object({
    kind: z.literal('checks'),
    clockAheadMs: z.number().optional(),
    numbers: z.array(numberWebhooks),
  }),
  z.object({ kind: z.literal('declined'), last: z.boolean() }),
  z.object({ kind: z.literal('leg'), sdp: z.string().min(1) }),
  z.object({ kind: z.literal('placed'), providerCallId: id }),
  /**
   * PCM16 little-endian, mono, both ways, in binary frames. The path contains a token for one
   * connection.
   */
  z.object({
    kind: z.literal('stream'),
    path: z.string().min(1),
    sampleRate: z.number().int().positive(),
  }),
]);

/** Frames that the relay sends. */
export const fromRelay = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    /** The version of this connection: the newest that both sides speak. */
    version: z.number().int(),
    epoch: z.string().min(1),
    /** The relay's clock, Unix ms; consoles' clocks are often wrong. */
    now: time.optional(),
    agent,
    rights: ownRights,
    /** STUN and TURN servers for the agent's media; their credentials expire. */
    iceServers: z.array(iceServer),
    /** How long a relayed call is kept for a disconnected agent, ms. */
    rejoinGraceMs: time.optional(),
    /** The log's last entry now; a console that has stored it is up to date. */
    head: z.number().int().nonnegative(),
    /** Where the replay starts; later entries follow at once. */
    from: z.number().int().nonnegative(),
    /**
     * False if entries after the console's cursor are no longer kept, or the log is another one.
     */
    complete: z.boolean(),
  }),
  z.object({
    type: z.literal('entry'),
    cursor: z.number().int().positive(),
    /** When the relay stored it, Unix ms. */
    at: time,
    body: logBody,
  }),
  /** Entries up to `cursor` are not for this console; it advances as if it had stored them. */
  z.object({ type: z.literal('skipped'), cursor: z.number().int().positive() }),
  /** This agent's rights changed. Nothing is sent any more about what they lost. */
  z.object({ type: z.literal('rights'), rights: ownRights }),
  /**
   * The agents who can take a ringing call now; sent on every change. `soleCandidate`: this console
   * is the only one.
   */
  z.object({
    type: z.literal('ringing'),
    callId: id,
    agents: z.array(agent),
    soleCandidate: z.boolean(),
  }),
  z.object({
    type: z.literal('result'),
    id: z.number().int(),
    outcome,
  }),
  /**
   * Teammates as they are now: all of them, or only those who changed. `gone`: ids of agents who
   * are no longer teammates.
   */
  z.object({
    type: z.literal('team'),
    whole: z.boolean(),
    agents: z.array(teammate),
    gone: z.array(id),
  }),
  z.object({ type: z.literal('call'), call: relayedCallStatus }),
  /** The webhooks of a number are refused now, or taken again. */
  z.object({ type: z.literal('webhooks'), number: numberWebhooks }),
  /** Asks whether this console can ring, about once a minute. Answered with `ringer`. */
  z.object({ type: z.literal('probe'), probe: z.number().int() }),
  /** The relay refuses this console; the reason says what to do. The connection closes after it. */
  z.object({
    type: z.literal('refused'),
    code: z.enum(['unauthorized', 'version', 'bad-frame', 'replaced', 'too-slow', 'shutting-down']),
    message: z.string(),
  }),
]);

export type FromRelayFrame = z.infer<typeof fromRelay>;

/** Our WebSocket close codes (RFC 6455, 7.4.2: 4000–4999 are private). */
export const closeCodes = {
  unauthorized: 4401,
  version: 4406,
  badFrame: 4400,
  /** The same agent connected from elsewhere. */
  replaced: 4409,
  /** The console reads too slowly: what waits to be sent exceeds the relay's limit. */
  tooSlow: 4408,
} as const;

/**
 * Codes of the relay's own refusals of an upgrade (status 401, `{"error":{"code","message"}}`). Any
 * other answer is not the relay's.
 */
export const upgradeRefusals = ['token-missing', 'token-unknown'] as const;
