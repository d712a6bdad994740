import type { Party, ProviderError, ProviderEvent } from '../providers/events.ts';

/** Everything that can happen to a call, whoever says it. */
export type CallEvent =
  | {
      from: 'provider';
      event: Exclude<ProviderEvent, { kind: 'permission' }>;
      providerCallId: string;
    }
  | FromRelay
  | FromAgent
  | FromMedia
  | FromApi
  /** The deadline of the present phase has come. */
  | { from: 'clock'; kind: 'deadline' }
  /** The app came back; `call` is what the log held. */
  | { from: 'app'; kind: 'restarted' };

/** The coordinator's word on who may take the call. */
type FromRelay =
  | { from: 'relay'; kind: 'alone'; alone: boolean }
  | { from: 'relay'; kind: 'hold-granted' }
  | { from: 'relay'; kind: 'hold-refused' }
  | { from: 'relay'; kind: 'claim-granted' }
  | { from: 'relay'; kind: 'claim-refused'; by: string }
  /** No answer from the relay: the provider is left to decide who was first. */
  | { from: 'relay'; kind: 'unreachable' }
  | { from: 'relay'; kind: 'taken'; by: string };

type FromAgent =
  | { from: 'agent'; kind: 'accept' }
  | { from: 'agent'; kind: 'decline' }
  | { from: 'agent'; kind: 'hang-up' }
  | { from: 'agent'; kind: 'mute'; muted: boolean }
  | { from: 'agent'; kind: 'dial'; accountId: string; party: Party };

/** What the softphone in the renderer reports. */
type FromMedia =
  | { from: 'media'; kind: 'answer-ready'; sdp: string }
  | { from: 'media'; kind: 'offer-ready'; sdp: string }
  | { from: 'media'; kind: 'connected' }
  /** The first sound of the customer was played. */
  | { from: 'media'; kind: 'audio' }
  | { from: 'media'; kind: 'failed'; why: string }
  /** The renderer and with it every peer connection is gone. */
  | { from: 'media'; kind: 'lost' };

/** The provider's answers to our requests. */
type FromApi =
  | { from: 'api'; kind: 'pre-accepted' }
  | { from: 'api'; kind: 'pre-accept-failed'; error: ProviderError }
  | { from: 'api'; kind: 'accepted' }
  | { from: 'api'; kind: 'accept-failed'; error: ProviderError }
  | { from: 'api'; kind: 'placed'; providerCallId: string }
  | { from: 'api'; kind: 'place-failed'; error: ProviderError };
