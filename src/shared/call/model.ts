import type { CallOfferEnd } from '../protocol/call-offer-end.ts';
import type { CallBill, Party, ProviderError } from '../providers/events.ts';
import type { MediaServer } from '../providers/media-path.ts';
import type { CallRecording } from '../recording/state.ts';
import type { DirectPhase, ExternalPhase, RelayedPhase, StreamedPhase } from './phases.ts';

/**
 * One call as this console sees it, by the path of its sound (`../providers/media-path.ts`). Main is the only writer;
 * every other part reads.
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
 * an ended call stays ended.
 *
 * Only a direct call makes SDPs of its own: it alone has an answer, a reservation and `preparing`. A relayed call has a
 * leg to the relay instead; when that is lost, the call goes from `connected` to `rejoining` and back. A streamed call
 * prepares nothing. An external call is only watched here:
 *
 * ```
 *   dial ──► external: dialling ──RINGING──► ringing ──answered──► talking ──► ended
 *                          announced ──────────┘    (dismiss takes it off the screen, and changes nothing else)
 * ```
 */
export type Call = AgentCall | ExternalCall;

/** A call that the agent speaks at this console. */
export type AgentCall = DirectCall | RelayedCall | StreamedCall;

/** A call between this window and WhatsApp, by SDP. */
export interface DirectCall extends AgentCallFacts {
  path: 'direct';
  phase: DirectPhase;
}

/** A call whose media end towards the customer is the relay. It may move between agents. */
export interface RelayedCall extends AgentCallFacts {
  path: 'relayed';
  phase: RelayedPhase;
  /** The offer by which another agent's call came to us; its id is this call's. */
  callOffer?:
    | {
        callId: string;
        why: 'transfer' | 'requeue' | 'take-over';
        from: string;
        /** The team that was asked. */
        team?: string | undefined;
        note?: string | undefined;
        deadlineAt: number;
      }
    | undefined;
  /** Transfers that we offered, oldest first. */
  transfers?: readonly Transfer[] | undefined;
  /** The customer hears hold music: on hold, or while a teammate is asked or consulted. */
  onHold?: boolean | undefined;
  /** When we and the customer heard each other; missing before we picked up. */
  talkIntervals?: readonly TalkInterval[] | undefined;
  /** Keys the customer pressed. A browser never sees those of a direct call. */
  dtmf?: string | undefined;
  /** What became of our claim of a customer's call that nobody had before. */
  claim?: Claim | undefined;
}

/** The claim picks a call up only if the provider then takes the relay's accept. */
export type Claim =
  | { state: 'granted' }
  | { state: 'refused'; error: ProviderError }
  /** Somebody else was first. */
  | { state: 'lost'; by: string };

/** A call that a media server has, whose sound comes over a WebSocket. */
export interface StreamedCall extends AgentCallFacts, PlacedFor {
  path: 'streamed';
  phase: StreamedPhase;
  mediaServer: MediaServer;
}

/** A call spoken on another telephone or media server. */
export interface ExternalCall extends CallFacts, PlacedFor {
  path: 'external';
  phase: ExternalPhase;
  /** The agent does not want to see it any more. It goes on all the same. */
  dismissed?: true | undefined;
}

/** How the agent wanted the provider to connect this one call. */
export interface PlacedFor {
  /** Where it is connected to; missing: where the number's calls go. */
  forwardTo?: string | undefined;
  /** Whether it is recorded; missing: as the number is set up. */
  record?: boolean | undefined;
}

/** What is known of every call. */
export interface CallFacts {
  /** Ours; see `ids.ts`. */
  id: string;
  accountId: string;
  direction: 'inbound' | 'outbound';
  party: Party;
  /** The provider's id; unknown for an outbound call until the provider has answered. */
  providerCallId?: string | undefined;
  /** Its other id at the provider, where it has two. */
  secondaryId?: string | undefined;
  payload?: string | undefined;
  /** When the customer or the agent began the call. */
  createdAt: number;
  /** When two-way talk began, by our own clock and the provider's statuses. */
  connectedAt?: number | undefined;
  /** The provider's final word on whether the call was answered, and for how long. */
  billed?:
    | { startedAt: number; endedAt?: number | undefined; durationSeconds?: number | undefined }
    | undefined;
  /** The provider's final word that nobody was answered, and when the customer gave up; `billed` overrules it. */
  unanswered?: { at: number } | undefined;
  /** What it cost, where the provider says so for one call. */
  bill?: CallBill | undefined;
  /** Whether it is recorded now, or was, as the recorder said last. */
  recording?: CallRecording | undefined;
  /** The provider has a recording. `mediaId`: its id there, where it names one. */
  recorded?: { mediaId?: string | undefined } | undefined;
  /** The provider has a transcript. */
  transcribed?: { mediaId?: string | undefined } | undefined;
  /** Nobody answered, and the customer left a message. `mediaId`: its file, once that message is here. */
  voicemail?: { mediaId?: string | undefined } | undefined;
  /** Known only from reading it at the provider. */
  reconciled?: true | undefined;
}

/** What is known besides of a call that the agent speaks here. */
export interface AgentCallFacts extends CallFacts {
  /** When the agent pressed Accept, for the time from there to the first sound. */
  acceptPressedAt?: number | undefined;
  /** When the first sound of the customer reached the agent. */
  audioAt?: number | undefined;
  muted: boolean;
}

/**
 * An agent's share of a relayed call: the times at which they and the customer could hear each other. Excludes hold,
 * consulting a teammate, and the time without the agent's leg.
 */
export interface TalkInterval {
  /** Unix ms. */
  from: number;
  /** Missing while it goes on. */
  to?: number | undefined;
}

/** A transfer of ours; without `end` nobody has answered yet. */
export interface Transfer {
  at: number;
  /** Names; empty when everyone was asked. */
  to: string;
  note?: string | undefined;
  end?: CallOfferEnd | undefined;
  /** The supervisor wanted it; the agent did not offer it. */
  isTakeOver?: true | undefined;
}

export type Phase = Call['phase'];

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

/** A call that the relay carries, or undefined. */
export function asRelayed(call: Call): RelayedCall | undefined {
  return call.path === 'relayed' ? call : undefined;
}

/** A call that a media server has, or undefined. */
export function asStreamed(call: Call): StreamedCall | undefined {
  return call.path === 'streamed' ? call : undefined;
}

/** Whether the relay means this call of ours: it names a call by its first id, however often that was handed on. */
export function isKnownAs(call: Call, callId: string): boolean {
  return call.id === callId || asRelayed(call)?.callOffer?.callId === callId;
}

/**
 * Whether the provider's report says if an agent answered. Not so where the relay picks calls up by itself, another agent
 * had the call before, or we offered it to others and so had it.
 */
export function tellsIfAnswered(call: AgentCall): boolean {
  if (call.path === 'relayed') return call.callOffer === undefined && !call.transfers;
  return call.path === 'direct' || call.direction === 'outbound' || call.mediaServer === 'provider';
}
