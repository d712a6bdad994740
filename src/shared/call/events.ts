import type { CallOfferEnd } from '../protocol/call-offer-end.ts';
import type { CallOffer } from '../protocol/log-entry.ts';
import type { MediaPath, MediaServer } from '../providers/media-path.ts';
import type { CallRecording } from '../recording/state.ts';
import type { PlacedFor } from './model.ts';
import type { CallReport, Party, ProviderError } from '../providers/events.ts';

/** Everything that can happen to a call. */
export type CallEvent =
  | FromProvider
  | FromRelay
  | FromAgent
  | FromMedia
  | FromApi
  | FromRecorder
  /** The deadline of the present phase has come. */
  | { from: 'clock'; kind: 'deadline' }
  /** The app came back; `call` is what the log held. */
  | { from: 'app'; kind: 'restarted' };

/** Every event that means something else on each path. */
export type OnPath = Exclude<CallEvent, FromRecorder>;

/** Of these, every event but the provider's reports. */
export type NotProvider = Exclude<OnPath, FromProvider>;

/** What the provider reported of the call. */
export interface FromProvider extends CallReport {
  from: 'provider';
  /** Of the number, for the first event of a call; left out: direct. */
  path?: MediaPath | undefined;
  /** Streamed calls only; left out: the provider. */
  mediaServer?: MediaServer | undefined;
  /** Read at the provider, because it may never have been reported. */
  reconciled?: true | undefined;
}

/** What the relay decides and reports. */
export type FromRelay =
  | { from: 'relay'; kind: 'candidates'; soleCandidate: boolean }
  | { from: 'relay'; kind: 'reservation-granted' }
  | { from: 'relay'; kind: 'reservation-refused' }
  | { from: 'relay'; kind: 'claim-granted' }
  /** `error`: it was the provider that refused; the relay asks it for a relayed call. */
  | { from: 'relay'; kind: 'claim-refused'; by: string; error?: ProviderError | undefined }
  /** Relayed only: our claim is undone, because the provider did not take the relay's accept. */
  | { from: 'relay'; kind: 'claim-released'; why: string }
  /** No answer from the relay: the provider is left to decide who was first. */
  | { from: 'relay'; kind: 'unreachable' }
  | { from: 'relay'; kind: 'taken'; by: string }
  /** Relayed only, from here on. A teammate offers us a call, or its agent vanished. */
  | { from: 'relay'; kind: 'call-offered'; callOffer: CallOffer }
  /** A call offered to us went elsewhere. */
  | { from: 'relay'; kind: 'call-offer-withdrawn'; end: CallOfferEnd; by?: string | undefined }
  /** We offer our call, and how that ended unless somebody accepted. */
  | {
      from: 'relay';
      kind: 'transfer-offered';
      to: string;
      note?: string | undefined;
      /** A supervisor wants it; until then the customer stays ours. */
      isTakeOver?: true | undefined;
    }
  | { from: 'relay'; kind: 'transfer-ended'; end: CallOfferEnd }
  /** The relay no longer hears our leg (`at`: since when), and keeps the call for us until then. */
  | { from: 'relay'; kind: 'leg-lost'; deadlineAt: number; at?: number | undefined }
  | { from: 'relay'; kind: 'leg-back' }
  /** Whether the customer hears hold music. */
  | { from: 'relay'; kind: 'hold'; onHold: boolean }
  /** The relay still keeps a call for us that we have ended: the hang-up was lost. */
  | { from: 'relay'; kind: 'still-ours' }
  | { from: 'relay'; kind: 'dtmf'; digit: string }
  /** The relay ends our call, because nothing else is left. */
  | { from: 'relay'; kind: 'given-up'; why: string }
  | { from: 'relay'; kind: 'supervision'; by: string; mode: 'listen' | 'whisper' | 'barge' | 'off' }
  /** Our call is a teammate's now; `to` is empty while the team is still asked. */
  | { from: 'relay'; kind: 'reassigned'; to: string; why: 'transfer' | 'requeue' };

export type FromAgent =
  | Accept
  /** Sent only after a moment, in which it can be undone. */
  | { from: 'agent'; kind: 'decline' }
  | { from: 'agent'; kind: 'undo-decline' }
  /** No sound of it here; it rings on for others. */
  | { from: 'agent'; kind: 'silence' }
  | { from: 'agent'; kind: 'hang-up' }
  | { from: 'agent'; kind: 'mute'; muted: boolean }
  /** External calls only: off the screen. */
  | { from: 'agent'; kind: 'dismiss' }
  | Dial;

export interface Accept {
  from: 'agent';
  kind: 'accept';
}

export interface Dial extends PlacedFor {
  from: 'agent';
  kind: 'dial';
  accountId: string;
  party: Party;
  path: MediaPath;
  /** Streamed calls only; left out: the provider. */
  mediaServer?: MediaServer | undefined;
}

/** What the softphone in the renderer reports. */
export type FromMedia =
  /** Direct calls only. */
  | { from: 'media'; kind: 'answer-ready'; sdp: string }
  | { from: 'media'; kind: 'offer-ready'; sdp: string }
  /** Relayed calls only: the relay has answered our leg. */
  | { from: 'media'; kind: 'leg-ready' }
  | { from: 'media'; kind: 'connected' }
  /** The first sound of the customer was played. */
  | { from: 'media'; kind: 'audio' }
  /** `graceMs`: how long the relay keeps a relayed call for us, where it is known. */
  | { from: 'media'; kind: 'failed'; why: string; graceMs?: number | undefined }
  /** The renderer and with it every peer connection is gone. */
  | { from: 'media'; kind: 'lost'; graceMs?: number | undefined };

/** How the call is recorded now, by this console, the relay or the provider. */
export interface FromRecorder {
  from: 'recorder';
  kind: 'recording';
  recording: CallRecording;
}

/** The provider's answers to our requests. */
export type FromApi =
  | { from: 'api'; kind: 'pre-accepted' }
  | { from: 'api'; kind: 'pre-accept-failed'; error: ProviderError }
  | { from: 'api'; kind: 'accepted' }
  | { from: 'api'; kind: 'accept-failed'; error: ProviderError }
  | { from: 'api'; kind: 'placed'; providerCallId: string }
  | { from: 'api'; kind: 'place-failed'; error: ProviderError };
