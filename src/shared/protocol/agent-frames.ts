import { z } from 'zod';
import { recordingAsks } from '../recording/state.ts';
import { holdAsked } from './legal-hold.ts';
import { adminRequest } from './agent-admin.ts';
import { note, sent } from './log-entry.ts';
import { presence } from './frames.ts';
import { personDetails, writtenPeople } from './people.ts';
import { ringerProblem } from './ringer.ts';
import { id, party, time } from './provider-event.ts';
import { insightPart, insightRange, priceList } from './insight.ts';
import { measured } from './measured.ts';
import { readMessages, teamMessageText } from './team-message.ts';
import { todoAction } from './todo.ts';

const requestId = z.number().int();
/** A number's digits. */
const dialled = z.string().regex(/^\d{5,20}$/);
/** For a person with a hidden number: their business-scoped user id. */
const userId = z.string().min(1).max(200);

/** Frames that a console sends. `id` numbers its requests; the answer carries the same id. */
export const fromConsole = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    /** The oldest version that this console speaks; a relay of version 10 looks at nothing else. */
    version: z.number().int(),
    /** The newest; left out by consoles of version 10 and before, which speak only one. */
    newest: z.number().int().optional(),
    /** The console's release, for the relay's log. */
    release: z.string().max(40).optional(),
    epoch: z.string().max(300).nullable(),
    /**
     * The last log entry that this console has stored; null on its first connection, which starts
     * at the log's end.
     */
    cursor: z.number().int().nonnegative().nullable(),
    presence,
  }),
  /** All entries up to `cursor` are stored. */
  z.object({ type: z.literal('ack'), cursor: z.number().int().nonnegative() }),
  /**
   * Only `available` consoles count as eligible for a call. A presence ends a wrap-up, unless it
   * follows from a call that is over (`afterCall`): then a wrap-up begins, if the policy has one.
   */
  z.object({ type: z.literal('presence'), presence, afterCall: z.boolean().optional() }),
  /**
   * Whether this console can ring: the answer to a `probe`, or news of itself. Calls pass over a
   * console with a problem.
   */
  z.object({
    type: z.literal('ringer'),
    probe: z.number().int().optional(),
    problem: ringerProblem.optional(),
  }),
  /** Asks what the relay knows of its clock and of the webhooks of each number. Answered with `checks`. */
  z.object({ type: z.literal('checks'), id: requestId }),
  /**
   * Asks to be sent back what it says a moment later, with the softphone's SDP offer. Answered with `leg`; refused
   * with `no-media` by a relay that carries no sound, and with `too-many`. It ends by itself.
   */
  z.object({ type: z.literal('echo'), id: requestId, sdp: z.string().min(1).max(60_000) }),
  /**
   * Requests a reservation: the right to pre-accept. Granted only to the sole candidate; nobody
   * else can claim the call then.
   */
  z.object({ type: z.literal('reserve'), id: requestId, callId: id }),
  /** Claims the call. The first claim wins. */
  z.object({ type: z.literal('claim'), id: requestId, callId: id }),
  /** What an admin asks about their workspace. */
  z.object({ type: z.literal('admin'), id: requestId, request: adminRequest }),
  /** Gives the claim back after the provider refused; others may claim the call. */
  z.object({
    type: z.literal('release'),
    id: requestId,
    callId: id,
    why: z.string().max(500),
  }),
  /**
   * Reports a message to a customer, because every console's timeline and limits need it. Answered
   * `granted` once it is in the log.
   */
  z.object({
    type: z.literal('sent'),
    id: requestId,
    accountId: id,
    party,
    messageId: id.optional(),
    sent,
  }),
  /**
   * Shares what the agent wrote down about a call with everyone who sees its number, who may get
   * the call or the customer's next one. Answered `granted` once it is in the log.
   */
  z.object({
    type: z.literal('noted'),
    id: requestId,
    accountId: id,
    party,
    providerCallId: id,
    ...note,
  }),
  /**
   * Shares what the agent wrote down about a customer with everyone who sees the number. Answered
   * `granted` once it is in the log.
   */
  z.object({
    type: z.literal('described'),
    id: requestId,
    accountId: id,
    party,
    fields: personDetails,
  }),
  /**
   * The same about many customers, and which of them are one. Answered `granted` once all of it is in
   * the log.
   */
  z.object({ type: z.literal('people'), id: requestId, accountId: id, ...writtenPeople }),
  /**
   * Asks for all that agents wrote down about customers, as it counts now, for a console whose log is
   * not complete. `after`: `next` of the last answer. Answered with `people`.
   */
  z.object({
    type: z.literal('known-people'),
    id: requestId,
    after: z.number().int().positive().optional(),
  }),
  /**
   * Asks for what agents wrote down before this console followed the log, newest first. `before`:
   * from the last answer; left out, the newest. Answered with `notes`.
   */
  z.object({
    type: z.literal('notes'),
    id: requestId,
    before: z.number().int().positive().optional(),
  }),
  /**
   * Does something with a customer who waits, or takes it back. Answered `granted` once it is in the
   * log; refused with `taken`, `over`, `changed` or `unknown`.
   */
  z.object({
    type: z.literal('todo'),
    id: requestId,
    accountId: id,
    customer: id,
    action: todoAction,
  }),
  /**
   * Asks for the customers who wait, for a console whose log is not complete. `after`: the last one
   * of the answer before. Answered with `todos`.
   */
  z.object({
    type: z.literal('todos'),
    id: requestId,
    after: z.object({ accountId: id, customer: id }).optional(),
  }),
  /**
   * Sends a short message to a teammate (`name`: their id), or, for supervisors, to a team of that
   * name. Answered `granted` once it is in the log, for those who are offline, too.
   */
  z.object({
    type: z.literal('tell'),
    id: requestId,
    to: z.object({ kind: z.enum(['agent', 'team']), name: id }),
    text: teamMessageText,
  }),
  /** The agent has read messages; their senders are told. */
  z.object({ type: z.literal('told-read'), id: requestId, messages: readMessages }),
  /** Asks who was erased after a time, Unix ms. Answered with `erasures`. */
  z.object({ type: z.literal('erasures'), id: requestId, after: time }),
  /** A supervisor puts a call on legal hold, or lifts it. Answered `granted` once it is in the log. */
  holdAsked.extend({ type: z.literal('legal-hold'), id: requestId }),
  /** Asks for the legal holds of this agent's numbers. Answered with `legal-holds`. */
  z.object({ type: z.literal('legal-holds'), id: requestId }),
  /**
   * Reports a call that this console placed at the provider itself, for the team's supervisors.
   * Answered `granted` once it is in the log.
   */
  z.object({
    type: z.literal('placed'),
    id: requestId,
    accountId: id,
    providerCallId: id,
    party,
  }),
  /**
   * Reports what this console measured of a call in which its agent talked, for the team's figures. Answered `granted`
   * once it is in the log.
   */
  z.object({
    type: z.literal('measured'),
    id: requestId,
    accountId: id,
    providerCallId: id,
    ...measured,
  }),
  /**
   * For supervisors: who waits and talks now, and the figures of the last `dayMs`. Answered with
   * `board`.
   */
  z.object({
    type: z.literal('board'),
    id: requestId,
    dayMs: z.number().int().min(0).max(90_000_000),
  }),
  /**
   * For supervisors: the calls of the team, or of one agent, newest first. `before`: from the last
   * answer. Answered with `team-calls`.
   */
  z.object({
    type: z.literal('team-calls'),
    id: requestId,
    agentId: id.optional(),
    before: z.number().int().positive().optional(),
  }),
  /**
   * For supervisors: what the team's calls of a range add up to, for one view. `prices`: the rate card by which costs are
   * counted. Answered with `insight`.
   */
  z.object({
    type: z.literal('insight'),
    id: requestId,
    part: insightPart,
    range: insightRange,
    prices: priceList.optional(),
  }),
  /**
   * This console is about to place a call at a provider that will stream its audio to the relay.
   * When the provider reports the call, it is this agent's and nobody else's. Refused with `taken`
   * while another agent calls the same person, with `too-many` for an agent who calls many at once.
   */
  z.object({
    type: z.literal('dial'),
    id: requestId,
    accountId: id,
    to: dialled.optional(),
    userId: userId.optional(),
  }),
  /**
   * Requests the audio of a call that a provider streams to the relay (Zernio, `forwardTo` the
   * relay), for the agent who claimed or dialled it. Answered with `stream`.
   */
  z.object({ type: z.literal('stream'), id: requestId, callId: id }),
  /**
   * Declines the call. The answer says whether any agent is left; if not, the console rejects the
   * call at the provider.
   */
  z.object({ type: z.literal('decline'), id: requestId, callId: id }),

  // The rest is for relayed calls only. A claim there is granted once the provider has confirmed
  // the accept. A request may name the call by its own id or by that of any offer of it; entries
  // and `call` frames always name the call itself, only `claimed` names the offer that was
  // accepted.

  /**
   * The softphone's SDP offer for a leg to the relay; the answer has the relay's SDP. A leg may be
   * opened during the ring and stays silent until the agent has the call. A new leg of the same
   * console replaces its old one.
   */
  z.object({
    type: z.literal('leg'),
    id: requestId,
    callId: id,
    sdp: z.string().min(1).max(60_000),
  }),
  /** Places a call; `callId` is the console's own, `to` digits. */
  z.object({
    type: z.literal('place'),
    id: requestId,
    callId: id,
    accountId: id,
    to: dialled.optional(),
    userId: userId.optional(),
  }),
  z.object({ type: z.literal('hang-up'), id: requestId, callId: id }),
  /** Plays hold music to the customer. */
  z.object({ type: z.literal('hold'), id: requestId, callId: id }),
  z.object({ type: z.literal('resume'), id: requestId, callId: id }),
  /**
   * Offers the agent's call to a teammate. `consult`: the agents talk first, with the customer on
   * hold.
   */
  z.object({
    type: z.literal('transfer'),
    id: requestId,
    callId: id,
    to: id,
    mode: z.enum(['blind', 'consult']),
    note: z.string().max(500).optional(),
  }),
  /**
   * Offers the agent's call to everybody in a team who can be reached; the first to accept has it.
   * Refused with `unknown-team` or `team-unreachable`.
   */
  z.object({
    type: z.literal('transfer-to-team'),
    id: requestId,
    callId: id,
    team: id,
    note: z.string().max(500).optional(),
  }),
  /** Cancels a transfer that was not accepted yet, or during the consultation. */
  z.object({ type: z.literal('transfer-cancel'), id: requestId, callId: id }),
  /** Completes a transfer after the consultation. */
  z.object({
    type: z.literal('transfer-complete'),
    id: requestId,
    callId: id,
  }),
  /**
   * For supervisors: listens to a call, whispers to its agent, speaks to agent and customer
   * (`barge`), or stops. Needs a leg for the same call.
   */
  z.object({
    type: z.literal('supervise'),
    id: requestId,
    callId: id,
    mode: z.enum(['listen', 'whisper', 'barge', 'off']),
  }),
  /**
   * For supervisors: takes a teammate's call. It is offered to this console (`take-over`), which
   * accepts it at once; until then its agent keeps the customer.
   */
  z.object({ type: z.literal('take-over'), id: requestId, callId: id }),
  /**
   * About the recording that the relay makes of this agent's call. `confirm`: the agent told the customer; it begins now.
   * `pause`: silence goes into it, until `continue` or for as long as the number's policy says. `stop`: it ends here, whoever
   * has the call later; `stop-and-delete`: and nothing of it is kept.
   */
  z.object({
    type: z.literal('record'),
    id: requestId,
    callId: id,
    ask: z.enum(recordingAsks),
  }),
]);
export type FromConsole = z.infer<typeof fromConsole>;
