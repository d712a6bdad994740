import type { CallBill, Party, ProviderError } from '../providers/events.ts';
import type { CallOfferEnd } from '../protocol/frames.ts';
import type { MediaPath, MediaServer } from '../providers/media-path.ts';

/**
 * One call as this console sees it. Main is the only writer; every other part reads.
 *
 * ```
 *  inbound (UIC)                                   outbound (BIC)
 *
 *   offer ──► ringing ──declined──► ended           dial ──► preparing ──offer made──► placing
 *               │  ▲                                              │                       │ placed
 *        accept │  │ provider could                               ▼                       ▼
 *               ▼  │ not be reached                             ended ◄──────────────  calling
 *            accepting ──refused, taken──► ended                  ▲                       │ RINGING
 *               │ accept confirmed                                │                       ▼
 *               ▼                                                 ├───────────────── customer-ringing
 *           connected ──hang up, lost──► ended                    │                       │ ACCEPTED or audio
 *                                                                 └──────────────────  connected
 * ```
 *
 * A terminate may overtake everything: it makes the call `ended` at once, even one never heard of before, and
 * an ended call stays ended. A relayed call whose leg of ours is lost goes from `connected` to `rejoining` and back.
 *
 * A `streamed` call skips what prepares media: it rings with its answer ready. Its dial begins at `placing`, as that of a
 * `relayed` call does, whose leg is made when the call is placed. An `external`
 * call is talked elsewhere and only watched here, until its end or for as long as anything is told about it:
 *
 * ```
 *   dial ──► external: dialling ──RINGING──► ringing ──answered──► talking ──► ended
 *                          announced ──────────┘    (dismiss takes it off the screen, and changes nothing else)
 * ```
 */
export interface Call {
  /** Ours; see `ids.ts`. */
  id: string;
  accountId: string;
  direction: 'inbound' | 'outbound';
  party: Party;
  path: MediaPath;
  /** Streamed calls only: who has the call. */
  mediaServer?: MediaServer | undefined;
  /** External: the agent does not want to see it any more. It goes on all the same. */
  dismissed?: true | undefined;
  /** Where this call alone is connected to, as the agent wished. */
  forwardTo?: string | undefined;
  /** Whether the agent wished this call to be recorded or not; missing: as the number is set up. */
  record?: boolean | undefined;
  /** A call that another agent had before; see the relay's protocol. Its id is the handover's. */
  callOffer?:
    | {
        callId: string;
        why: 'transfer' | 'requeue';
        from: string;
        note?: string | undefined;
        deadlineAt: number;
      }
    | undefined;
  /** To whom we offered it, oldest first. */
  transfers?: readonly Transfer[] | undefined;
  /** The customer hears hold music because of us: on hold, or while a teammate is asked or consulted. */
  onHold?: boolean | undefined;
  /** When we and the customer heard each other. Relayed calls only; missing before we picked up. */
  talkIntervals?: readonly TalkInterval[] | undefined;
  /** Keys the customer pressed. Relayed calls only: a browser never sees them. */
  dtmf?: string | undefined;
  /** The provider's id; unknown for an outbound call until the provider has answered. */
  providerCallId?: string | undefined;
  /** Its other id at the provider, where it has two. */
  secondaryId?: string | undefined;
  payload?: string | undefined;
  /** When the customer or the agent began the call. */
  createdAt: number;
  /** When the agent pressed Accept, for the time from there to the first sound. */
  acceptPressedAt?: number | undefined;
  /** When two-way talk began, by our own clock and the provider's statuses. */
  connectedAt?: number | undefined;
  /** When the first sound of the customer reached the agent. */
  audioAt?: number | undefined;
  muted: boolean;
  /** What the provider said when the call was over; the last word on whether it was answered and how long. */
  billed?:
    | { startedAt: number; endedAt?: number | undefined; durationSeconds?: number | undefined }
    | undefined;
  /** What it cost, where the provider says so for one call. */
  bill?: CallBill | undefined;
  /** The provider has a recording. `mediaId`: its id there, where it names one. */
  recorded?: { mediaId?: string | undefined } | undefined;
  /** The provider has a transcript. */
  transcribed?: { mediaId?: string | undefined } | undefined;
  /** We never heard of it until it was read at the provider. */
  reconciled?: true | undefined;
  phase: Phase;
}

/**
 * An agent's share of a relayed call: the stretches in which they and the customer could hear each other. Neither
 * hold, asking or consulting a teammate counts, nor the time in which the agent's leg was gone.
 */
export interface TalkInterval {
  /** Unix ms. */
  from: number;
  /** Missing while it goes on. */
  to?: number | undefined;
}

/** A call of ours on its way to a teammate; without `end` nobody has answered yet. */
export interface Transfer {
  at: number;
  /** Names; empty when everyone was asked. */
  to: string;
  note?: string | undefined;
  end?: CallOfferEnd | undefined;
}

export type Phase =
  | Ringing
  | Accepting
  | { name: 'preparing'; deadlineAt: number }
  | { name: 'placing'; deadlineAt: number; answered: boolean }
  | { name: 'calling'; deadlineAt: number; answered: boolean }
  | { name: 'customer-ringing'; deadlineAt: number; answered: boolean }
  | { name: 'connected' }
  /** Relayed only: our leg is gone, hold audio plays, and a new leg is on its way. */
  | { name: 'rejoining'; deadlineAt: number }
  | External
  | { name: 'ended'; at: number; reason: EndReason };

export interface Ringing {
  name: 'ringing';
  deadlineAt: number;
  offer: string;
  answer: Answer;
  reservation: Reservation;
  /** Whether no other console can take this call, as the relay last said. */
  soleCandidate: boolean;
  /** Why the last try to accept did not work, when trying again may help. */
  lastError?: ProviderError | undefined;
  /** The agent has declined it. Nobody has been told yet, so until `until` (Unix ms) that can be undone. */
  declined?: { until: number } | undefined;
  /** The agent wants no sound of it here; it rings on for others. */
  silenced?: true | undefined;
}

/** A call that is talked elsewhere. Past the deadline nothing will be told about it any more. */
export interface External {
  name: 'external';
  stage: 'dialling' | 'ringing' | 'talking';
  deadlineAt: number;
}

export interface Accepting {
  name: 'accepting';
  deadlineAt: number;
  offer: string;
  answer: Answer;
  reservation: Reservation;
  /** Waiting for the relay's claim, for our own answer, or for the provider's confirmation. */
  step: 'claiming' | 'preparing' | 'sending';
}

/**
 * The SDP answer made while it rings. An accept must carry the very SDP of its pre-accept
 * (docs/providers/meta.md#call-actions).
 */
type Answer =
  | { state: 'preparing' }
  | { state: 'ready'; sdp: string }
  | { state: 'failed'; why: string };

/**
 * The right to pre-accept. Only one console can have sent the SDP that the accept will carry, so the relay
 * lends this right to a console that alone can take the call. `spent`: it was used, with an SDP since
 * lost or together with an accept.
 */
export type Reservation =
  | { state: 'none' }
  | { state: 'asked' }
  | { state: 'refused' }
  | { state: 'granted'; preAccept: 'sending' | 'done' | 'failed' }
  | { state: 'spent' };

/** Why a call is over; the words for it are in the renderer's catalogue. */
export type EndReason =
  | { kind: 'agent-hung-up' }
  | { kind: 'customer-hung-up' }
  /** Inbound, before anyone answered. */
  | { kind: 'caller-gone' }
  | { kind: 'answered-elsewhere'; by: string }
  | { kind: 'declined-by-agent' }
  | { kind: 'rang-out' }
  /** We heard of it too late to ring. */
  | { kind: 'out-of-date' }
  /** Outbound. */
  | { kind: 'declined-by-customer' }
  | { kind: 'unanswered' }
  | { kind: 'cancelled' }
  /** The provider, the network or a rule refused. */
  | { kind: 'failed'; error: ProviderError }
  /** Our own media: no microphone, no route, or the window that carried it is gone. */
  | { kind: 'media-failed'; why: string }
  /** Handed to a teammate. */
  | { kind: 'transferred'; to: string }
  /** A call offered to us is no longer. */
  | { kind: 'call-offer-withdrawn'; why: 'cancelled' | 'teammate-gone' | 'refused' }
  /** Our console was away too long; the call went to the team. */
  | { kind: 'lost-to-team'; to?: string | undefined }
  /** An external call that was talked elsewhere. */
  | { kind: 'over' }
  /** The app stopped during the call. */
  | { kind: 'interrupted' };

/** Whether the call still needs anything from anyone. */
export function isLive(call: Call): boolean {
  return call.phase.name !== 'ended';
}

/** Whether the call occupies the agent: nothing else can be accepted or dialled meanwhile. */
export function isEngaged(call: Call): boolean {
  return isEngaging(call.phase.name);
}

/** Whether a call in this phase occupies the agent. An external one is somebody else's, or on another telephone. */
export function isEngaging(phase: Phase['name']): boolean {
  return phase !== 'ended' && phase !== 'ringing' && phase !== 'external';
}

/** When the current phase must be over, in Unix ms. */
export function deadlineOf({ phase }: Call): number | undefined {
  if (phase.name === 'ringing' && phase.declined) {
    return Math.min(phase.declined.until, phase.deadlineAt);
  }
  return 'deadlineAt' in phase ? phase.deadlineAt : undefined;
}
