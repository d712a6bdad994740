import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { Permission } from '../../shared/ipc/model.ts';
import type { CallEvent } from '../../shared/call/events.ts';
import type { Call } from '../../shared/call/state.ts';
import type { IceServer } from '../../shared/relay/protocol.ts';
import type { ProviderError } from '../../shared/providers/events.ts';

/** What the call service needs from outside. It knows nothing else, so it is tested in plain Node. */
export interface CallPorts {
  log: CallLog;
  /** Orders to the softphone; queued by the implementation until a window is there. */
  media: (command: MediaCommand) => void;
  /** The provider of an account, or undefined when the account or its token is missing. */
  provider: (accountId: string) => Provider | undefined;
  coordinator: Coordinator;
  anchor: Anchor;
  /** For the way to the relay's media. */
  iceServers: () => readonly IceServer[];
}

/** Where calls are committed before anything else happens. Synchronous: well under 1 ms. */
export interface CallLog {
  /**
   * One transaction: the event in the call's timeline, the call as it now is, and the relay's cursor when the
   * event came from there.
   */
  commit(entry: {
    call: Call | undefined;
    callId: string;
    event: CallEvent;
    at: number;
    ignored?: string | undefined;
    /** Entry of the relay's log that is thereby stored. */
    cursor?: number | undefined;
  }): void;
  /** The relay's entry `cursor` concerns no call here; all up to it is stored. */
  advance(cursor: number): void;
  get(callId: string): Call | undefined;
  byProviderId(accountId: string, providerCallId: string): Call | undefined;
  /** Our records of an anchored call by its first id, those of the last day, newest first. */
  recordsOf(callId: string): readonly Call[];
  /** Calls that had not ended when they were last written. */
  unfinished(): readonly Call[];
}

/** One number at its provider. Every method rejects with `ProviderFailure` when the provider or the way to it fails. */
export interface Provider {
  place(call: { to: string; sdp: string; opaque: string }): Promise<{ providerCallId: string }>;
  preAccept(providerCallId: string, sdp: string): Promise<void>;
  accept(providerCallId: string, sdp: string): Promise<void>;
  reject(providerCallId: string): Promise<void>;
  /** Ending a call that is over already is not an error. */
  terminate(providerCallId: string): Promise<void>;
  permission(to: string): Promise<Permission>;
  requestPermission(to: string, text: string): Promise<void>;
}

/** A provider's refusal, or the lack of any answer. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly error: ProviderError;

  constructor(error: ProviderError) {
    super(`${error.code}: ${error.message}`);
    this.error = error;
  }
}

/** The relay's word on who takes a call. Every method answers `unreachable` instead of waiting for long. */
export interface Coordinator {
  hold(callId: string): Promise<Verdict>;
  claim(callId: string): Promise<Verdict>;
  release(callId: string, why: string): Promise<void>;
  /** `last`: nobody else can take it, so it is to be rejected at the provider. */
  decline(callId: string): Promise<{ kind: 'declined'; last: boolean } | { kind: 'unreachable' }>;
}

/** The relay as the media end of anchored calls. Answers `unreachable` instead of waiting for long, too. */
export interface Anchor {
  /** A leg for our media in exchange for the relay's; a new one replaces the old one. */
  leg(callId: string, sdp: string): Promise<{ kind: 'leg'; sdp: string } | Refused | Unreachable>;
  /** Refused with `direct` or `unknown-account` when the relay does not carry this number's calls. */
  place(call: {
    callId: string;
    accountId: string;
    to: string;
  }): Promise<{ kind: 'placed'; providerCallId: string } | Refused | Unreachable>;
  /** Granted once the provider has confirmed the accept. */
  claim(callId: string): Promise<Verdict>;
  hangUp(callId: string): Promise<Verdict>;
  park(callId: string, on: boolean): Promise<Verdict>;
  transfer(
    callId: string,
    offer: { to: string; mode: 'blind' | 'consult'; note?: string },
  ): Promise<Verdict>;
  cancelTransfer(callId: string): Promise<Verdict>;
  completeTransfer(callId: string): Promise<Verdict>;
  supervise(callId: string, mode: 'listen' | 'whisper' | 'off'): Promise<Verdict>;
}

export type Verdict = { kind: 'granted' } | Refused | Unreachable;
export interface Refused {
  kind: 'refused';
  by?: { id: string; name: string } | undefined;
  why: string;
  /** The provider's words, when it was the provider that refused. */
  error?: ProviderError | undefined;
}
interface Unreachable {
  kind: 'unreachable';
}
