import type { ProviderError } from '../providers/events.ts';

export type DirectPhase =
  | DirectRinging
  | DirectAccepting
  | Preparing
  | DirectDial
  | Connected
  | Ended;

export type RelayedPhase =
  | RelayedRinging
  | RelayedAccepting
  | RelayedDial
  | Connected
  | Rejoining
  | Ended;

export type StreamedPhase = Ringing | StreamedAccepting | Dialling | Connected | Ended;

export type ExternalPhase = External | Ended;

/** A customer's call that nobody has taken yet. */
export interface Ringing {
  name: 'ringing';
  deadlineAt: number;
  /** Whether no other console can take this call, as the relay last said. */
  soleCandidate: boolean;
  /** Why the last accept failed, when trying again may help. */
  lastError?: ProviderError | undefined;
  /** The agent has declined it. Nothing is sent until `until` (Unix ms), so that it can be undone. */
  declined?: { until: number } | undefined;
  /** The agent wants no sound of it here; it rings on for others. */
  silenced?: true | undefined;
}

export interface DirectRinging extends Ringing, Answering {}

export interface DirectAccepting extends Answering {
  name: 'accepting';
  deadlineAt: number;
  /** Waiting for the relay's claim, for our own answer, or for the provider's confirmation. */
  step: 'claiming' | 'preparing' | 'sending';
}

export interface RelayedRinging extends Ringing {
  leg: Leg;
}

export interface RelayedAccepting {
  name: 'accepting';
  deadlineAt: number;
  leg: Leg;
  /** Waiting for our leg, or for the relay's claim, which picks the call up. */
  step: 'preparing' | 'claiming';
}

export interface StreamedAccepting {
  name: 'accepting';
  deadlineAt: number;
  /** Waiting for the relay's claim, or for the provider's confirmation. */
  step: 'claiming' | 'sending';
}

/** The SDP offer for a call that we place is being made. */
export interface Preparing {
  name: 'preparing';
  deadlineAt: number;
}

/** A call that we place: asked for, accepted by the provider, or ringing at the customer. */
export interface Dialling {
  name: 'placing' | 'calling' | 'customer-ringing';
  deadlineAt: number;
}

export interface DirectDial extends Dialling {
  /** The customer's SDP answer is applied. */
  answered: boolean;
}

export interface RelayedDial extends Dialling {
  legReady: boolean;
}

export interface Connected {
  name: 'connected';
}

/** Our leg is gone, the customer hears hold music, and a new leg is on its way. */
export interface Rejoining {
  name: 'rejoining';
  deadlineAt: number;
}

/** Past the deadline nothing more will be reported. */
export interface External {
  name: 'external';
  stage: 'dialling' | 'ringing' | 'talking';
  deadlineAt: number;
}

export interface Ended {
  name: 'ended';
  at: number;
  reason: EndReason;
}

/** The media of a direct call before it is up. */
interface Answering {
  /** The customer's SDP; missing after a restart until the relay sends it again. */
  offer?: string | undefined;
  answer: Answer;
  reservation: Reservation;
}

/**
 * The SDP answer made while it rings. An accept must carry the very SDP of its pre-accept
 * (docs/providers/meta.md#call-actions).
 */
type Answer =
  | { state: 'preparing' }
  | { state: 'ready'; sdp: string }
  | { state: 'failed'; why: string };

/** Our leg to the relay, made while it rings. */
type Leg = { state: 'preparing' } | { state: 'ready' } | { state: 'failed'; why: string };

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
  /** Inbound, before anyone answered. `whileAnswering`: the agent had pressed Accept. */
  | { kind: 'caller-gone'; whileAnswering?: true | undefined }
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
  /** Handed to a teammate, or taken by a supervisor. */
  | { kind: 'transferred'; to: string; isTakeOver?: true | undefined }
  /** A call offered to us is no longer. */
  | { kind: 'call-offer-withdrawn'; why: 'cancelled' | 'teammate-gone' | 'refused' }
  /** Our console was away too long; the call went to the team. */
  | { kind: 'lost-to-team'; to?: string | undefined }
  /** An external call that was talked elsewhere. */
  | { kind: 'over' }
  /** The app stopped during the call. */
  | { kind: 'interrupted' };
