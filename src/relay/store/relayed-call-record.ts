import { z } from 'zod';
import { callRecording } from '../../shared/recording/state.ts';

const agent = z.object({ id: z.string(), name: z.string() });
const time = z.number();

/** A call offered to one teammate. */
const transferOffer = z.object({
  id: z.string(),
  /** The log entry that offered it. */
  cursor: z.number(),
  to: agent,
  mode: z.enum(['blind', 'consult', 'take-over']),
  note: z.string().optional(),
  deadlineAt: time,
  /** In a take-over: the customer was on hold, and stays it until the supervisor has them. */
  onHold: z.boolean().optional(),
});

const state = z.discriminatedUnion('kind', [
  /** A customer calls; no agent has it yet. */
  z.object({ kind: z.literal('ringing') }),
  /** We call; the customer has not picked up. */
  z.object({ kind: z.literal('placing'), owner: agent }),
  z.object({ kind: z.literal('talking'), owner: agent, onHold: z.boolean() }),
  /** The owner's console is gone; they may come back until the deadline. */
  z.object({ kind: z.literal('agent-disconnected'), owner: agent, deadlineAt: time }),
  /** Offered to a teammate. `ownerHere`: whether the call can go back at once. */
  z.object({
    kind: z.literal('transfer-offered'),
    owner: agent,
    ownerHere: z.boolean(),
    callOffer: transferOffer,
  }),
  /** Offered to a team: it rings for those who are asked, and the first to claim it has it. */
  z.object({
    kind: z.literal('team-offered'),
    owner: agent,
    ownerHere: z.boolean(),
    callOffer: z.object({
      id: z.string(),
      cursor: z.number(),
      team: z.string(),
      /** Those who neither declined nor disconnected. */
      asked: z.array(agent),
      note: z.string().optional(),
      deadlineAt: time,
    }),
  }),
  /** The teammate came and talks with the owner. `ownerUntil`: the owner is lost, and may come back until then. */
  z.object({
    kind: z.literal('consulting'),
    owner: agent,
    ownerUntil: time.optional(),
    callOffer: transferOffer,
  }),
  /** Requeued: no agent has the customer, and the call is offered to everybody. */
  z.object({
    kind: z.literal('queued'),
    from: agent,
    callOffer: z.object({
      id: z.string(),
      cursor: z.number(),
      deadlineAt: time,
      declinedBy: z.array(z.string()),
    }),
  }),
  z.object({ kind: z.literal('ended') }),
]);

/** Where a relayed call stands: who has it, or is offered it. */
export type RelayedCallState = z.infer<typeof state>;
export type TransferOffer = z.infer<typeof transferOffer>;

export const relayedCallRecord = z.object({
  callId: z.string(),
  accountId: z.string(),
  /** The node that has its media; undefined if there is only one node. */
  node: z.string().optional(),
  /** Not known yet while a call is being placed. */
  providerCallId: z.string().optional(),
  direction: z.enum(['inbound', 'outbound']),
  party: z.object({
    waId: z.string().optional(),
    userId: z.string().optional(),
    name: z.string().optional(),
  }),
  /** WhatsApp's offer, until it is answered. */
  offerSdp: z.string().optional(),
  /** Our answer: an accept must carry the very SDP of its pre-accept. */
  answerSdp: z.string().optional(),
  /** When customer and agent could first talk. */
  startedAt: time.optional(),
  /** Ids of its callOffers so far: agents who took one know the call by it. */
  callOffers: z.array(z.string()),
  /** Keys the customer pressed. */
  dtmf: z.string(),
  supervisors: z
    .array(z.object({ agent, mode: z.enum(['listen', 'whisper', 'barge']) }))
    .default([]),
  /** How it is recorded here. */
  recording: callRecording.optional().catch(undefined),
  state,
});

/**
 * A call that the relay itself carries: what must survive a restart of its state machine and media. Who may take it
 * while it rings is its `ClaimRecord`.
 */
export type RelayedCallRecord = z.infer<typeof relayedCallRecord>;
