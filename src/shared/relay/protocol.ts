import { z } from 'zod';

/**
 * What a console and the relay say to each other on `WS /v1/agents`, as JSON text frames.
 *
 * The relay keeps one ordered log. A console names the last entry it has stored (`cursor`) and gets what came
 * after it: every entry at least once, in order. An `epoch` names the log itself; a console that comes with the
 * epoch of another log starts afresh.
 */
export const PROTOCOL_VERSION = 1;

/** Frames larger than this are refused in either direction, in bytes. */
export const MAX_FRAME_BYTES = 1_048_576;

const agent = z.object({ id: z.string().min(1), name: z.string().min(1) });
/** An agent as teammates see them. */
export type Agent = z.infer<typeof agent>;

const time = z.number().int().nonnegative();
const optionalText = z.string().optional();

const party = z.object({ waId: optionalText, userId: optionalText, name: optionalText });

const providerError = z.object({
  code: z.string(),
  message: z.string(),
  details: optionalText,
  transient: z.boolean(),
});

const providerEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('offer'),
    at: time,
    party,
    sdp: z.string().min(1),
    payload: optionalText,
  }),
  z.object({ kind: z.literal('answer'), at: time, party, sdp: z.string().min(1) }),
  z.object({
    kind: z.literal('status'),
    at: time,
    status: z.enum(['ringing', 'accepted', 'rejected']),
  }),
  z.object({
    kind: z.literal('terminated'),
    at: time,
    party,
    direction: z.enum(['inbound', 'outbound']).optional(),
    failed: z.boolean(),
    startedAt: time.optional(),
    endedAt: time.optional(),
    durationSeconds: z.number().nonnegative().optional(),
    errors: z.array(providerError),
  }),
  z.object({
    kind: z.literal('permission'),
    at: time,
    party,
    granted: z.boolean(),
    permanent: z.boolean(),
    expiresAt: time.optional(),
    source: z.enum(['user', 'automatic']),
  }),
]);

/** One entry of the relay's log: what a provider said, or who took or gave back a call. */
export const logBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('provider'),
    accountId: z.string().min(1),
    providerCallId: optionalText,
    opaque: optionalText,
    event: providerEvent,
  }),
  z.object({ type: z.literal('claimed'), callId: z.string().min(1), by: agent }),
  z.object({ type: z.literal('released'), callId: z.string().min(1), by: agent, why: z.string() }),
]);
export type LogBody = z.infer<typeof logBody>;

/** What a console sends. `id` numbers its requests; the answer carries the same. */
export const fromConsole = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    version: z.number().int(),
    epoch: z.string().nullable(),
    /** The last log entry this console has stored; null on its first visit: it then starts at the log's end. */
    cursor: z.number().int().nonnegative().nullable(),
    presence: z.enum(['available', 'on-call', 'dnd']),
  }),
  /** All entries up to `cursor` are stored. */
  z.object({ type: z.literal('ack'), cursor: z.number().int().nonnegative() }),
  /** `on-call` and `dnd` consoles are not counted among those that can take a call. */
  z.object({ type: z.literal('presence'), presence: z.enum(['available', 'on-call', 'dnd']) }),
  /** May I pre-accept? Granted only to the one console that can take the call; nobody else can claim it then. */
  z.object({ type: z.literal('hold'), id: z.number().int(), callId: z.string().min(1) }),
  /** I take the call. The first wins. */
  z.object({ type: z.literal('claim'), id: z.number().int(), callId: z.string().min(1) }),
  /** The provider refused; others may take it. */
  z.object({
    type: z.literal('release'),
    id: z.number().int(),
    callId: z.string().min(1),
    why: z.string().max(500),
  }),
  /** Not me. The answer says whether anybody is left; if not, the console rejects the call at the provider. */
  z.object({ type: z.literal('decline'), id: z.number().int(), callId: z.string().min(1) }),
]);
export type FromConsole = z.infer<typeof fromConsole>;

/** What the relay sends. */
export const fromRelay = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    version: z.number().int(),
    epoch: z.string().min(1),
    /** The relay's clock, Unix ms; desks' clocks are often wrong. */
    now: time.optional(),
    agent,
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
  /** Who can take a ringing call now; sent whenever it changes. `you`: this console alone can. */
  z.object({
    type: z.literal('ringing'),
    callId: z.string().min(1),
    agents: z.array(agent),
    alone: z.boolean(),
  }),
  z.object({
    type: z.literal('result'),
    id: z.number().int(),
    outcome: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('granted') }),
      /** `by` is missing when nobody has it, e.g. a hold while others ring too. */
      z.object({ kind: z.literal('refused'), by: agent.optional(), why: z.string() }),
      z.object({ kind: z.literal('declined'), last: z.boolean() }),
    ]),
  }),
  /** The relay will not talk to this console; the reason tells what to do. The connection is closed after it. */
  z.object({
    type: z.literal('refused'),
    code: z.enum(['unauthorized', 'version', 'bad-frame', 'replaced', 'shutting-down']),
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
} as const;
