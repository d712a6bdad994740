import { z } from 'zod';
import { presence, sent } from './frames.ts';
import { id, party } from './provider-event.ts';

const requestId = z.number().int();

/** What a console sends. `id` numbers its requests; the answer carries the same. */
export const fromConsole = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    version: z.number().int(),
    epoch: z.string().max(300).nullable(),
    /** The last log entry this console has stored; null on its first visit: it then starts at the log's end. */
    cursor: z.number().int().nonnegative().nullable(),
    presence,
  }),
  /** All entries up to `cursor` are stored. */
  z.object({ type: z.literal('ack'), cursor: z.number().int().nonnegative() }),
  /** Only `available` consoles are counted among those that can take a call. */
  z.object({ type: z.literal('presence'), presence }),
  /** May I pre-accept? Granted only to the one console that can take the call; nobody else can claim it then. */
  z.object({ type: z.literal('reserve'), id: requestId, callId: id }),
  /** I take the call. The first wins. */
  z.object({ type: z.literal('claim'), id: requestId, callId: id }),
  /** The provider refused; others may take it. */
  z.object({
    type: z.literal('release'),
    id: requestId,
    callId: id,
    why: z.string().max(500),
  }),
  /** I wrote to a customer: everybody's timeline and limits depend on it. Answered `granted` once it is in the log. */
  z.object({
    type: z.literal('sent'),
    id: requestId,
    accountId: id,
    party,
    messageId: id.optional(),
    sent,
  }),
  /**
   * The sound of a call that a provider sends to the relay itself (Zernio, `forwardTo` the relay), for whoever has
   * claimed it: answered with `stream`.
   */
  z.object({ type: z.literal('stream'), id: requestId, callId: id }),
  /** Not me. The answer says whether anybody is left; if not, the console rejects the call at the provider. */
  z.object({ type: z.literal('decline'), id: requestId, callId: id }),

  // The rest concerns relayed calls only. A claim there is granted once the provider has confirmed the accept. A
  // request may name the call by its own id or by that of any offer of it; entries and `call` frames always name
  // the call itself, `claimed` alone names the offer that was taken.

  /**
   * My browser's SDP offer for a leg to the relay; the answer carries the relay's SDP. A leg may be made while it
   * rings; it stays silent until the call is this agent's. A new leg of the same console replaces its old one.
   */
  z.object({
    type: z.literal('leg'),
    id: requestId,
    callId: id,
    sdp: z.string().min(1).max(60_000),
  }),
  /** Place a call; `callId` is the console's own, `to` digits. */
  z.object({
    type: z.literal('place'),
    id: requestId,
    callId: id,
    accountId: id,
    /** Digits; or, for a person whose number is hidden, the business-scoped user id. */
    to: z
      .string()
      .regex(/^\d{5,20}$/)
      .optional(),
    userId: z.string().min(1).max(200).optional(),
  }),
  z.object({ type: z.literal('hang-up'), id: requestId, callId: id }),
  /** Play hold music to the customer. */
  z.object({ type: z.literal('hold'), id: requestId, callId: id }),
  z.object({ type: z.literal('resume'), id: requestId, callId: id }),
  /** Offer my call to a teammate. `consult`: talk to them first, the customer on hold. */
  z.object({
    type: z.literal('transfer'),
    id: requestId,
    callId: id,
    to: id,
    mode: z.enum(['blind', 'consult']),
    note: z.string().max(500).optional(),
  }),
  /** Take it back: before the teammate accepted, or while consulting. */
  z.object({ type: z.literal('transfer-cancel'), id: requestId, callId: id }),
  /** After consulting: hand the customer over. */
  z.object({
    type: z.literal('transfer-complete'),
    id: requestId,
    callId: id,
  }),
  /** Supervisors: listen to a call, whisper to its agent, or stop. Needs a leg for the same call. */
  z.object({
    type: z.literal('supervise'),
    id: requestId,
    callId: id,
    mode: z.enum(['listen', 'whisper', 'off']),
  }),
]);
export type FromConsole = z.infer<typeof fromConsole>;
