import type { Answer, CallClient, Recipient } from '../../shared/providers/client.ts';
import type { MediaPath } from '../../shared/providers/media-path.ts';
import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { RecordingAsk } from '../../shared/recording/state.ts';
import type { Permission } from '../../shared/rules/facts.ts';
import type { CallEvent } from '../../shared/call/events.ts';
import type { Call } from '../../shared/call/model.ts';
import type { IceServer } from '../../shared/protocol/frames.ts';
import type { Capabilities } from '../../shared/providers/capabilities.ts';
import type { CallBill, ProviderError, ProviderReport } from '../../shared/providers/events.ts';
import type { NumberSettings, SettingsChange } from '../../shared/providers/number-settings.ts';
import type {
  AnalyticsPoint,
  PermissionRequest,
  Template,
  TemplateUse,
} from '../../shared/providers/requests.ts';

/** What the call service needs from outside. It knows nothing else, so it is tested in plain Node. */
export interface CallPorts {
  log: CallLog;
  /** Orders to the softphone; queued by the implementation until a window is there. */
  media: (command: MediaCommand) => void;
  /** The provider of an account, or undefined when the account or its token is missing. */
  provider: (accountId: string) => Provider | undefined;
  coordinator: ClaimApi;
  relayedApi: RelayedApi;
  /** The path of a number's calls by the relay's welcome; undefined without a relay, or for a number it does not know. */
  relayPath: (accountId: string) => MediaPath | undefined;
  streams: MediaStreams;
  /** For the way to the relay's media. */
  iceServers: () => readonly IceServer[];
  /** How long the relay keeps a call for us when we are cut off, ms; unknown before its first welcome. */
  rejoinGraceMs?: () => number | undefined;
}

/**
 * Where calls are committed before anything else happens. Synchronous: well under 1 ms. No method throws: what cannot be stored now
 * is known at once all the same, and stored later.
 */
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
  /** Our records of a relayed call by its first id, those of the last day, newest first. */
  recordsOf(callId: string): readonly Call[];
  /** Calls that had not ended when they were last written. */
  unfinished(): readonly Call[];
}

/** Up to when, Unix ms, all calls of an account were told or read. */
export interface ReadMarks {
  get(accountId: string): number | undefined;
  set(accountId: string, at: number): void;
}

/**
 * One number at its provider. No method rejects: a refusal, or the lack of an answer, is answered. What
 * the number cannot do is said by its capabilities; a group of calls that it lacks is not there.
 */
export interface Provider {
  readonly capabilities: Capabilities;
  readonly calls: ProviderCalls;
  permission(to: Recipient): Promise<Answer<Permission>>;
  requestPermission(
    to: Recipient,
    request: PermissionRequest,
  ): Promise<Answer<{ messageId?: string | undefined }>>;
  /** Of streamed calls: the sound of a call, for one connection at once; ask again for each. Never logged. */
  stream?(providerCallId: string): Promise<Answer<StreamSession>>;
  /** Plays a public sound file into a call. */
  play?(providerCallId: string, mediaUrl: string): Promise<Answer>;
  reads?: Reads;
  settings?: SettingsDesk;
  standing?: Standing;
  /** Uploads what callers hear before they leave a message; Ogg/Opus. */
  uploadAnnouncement?(sound: Uint8Array): Promise<Answer<{ mediaId: string }>>;
  messages?: Messages;
  /** A short-lived address of a call's recording. */
  recording?(call: {
    providerCallId: string;
    mediaId?: string | undefined;
  }): Promise<Answer<{ url: string; headers?: Record<string, string> | undefined }>>;
  /** What was said in a call, where the provider keeps that with the call and not in a file. */
  transcript?(providerCallId: string): Promise<Answer<readonly { fromMs: number; text: string }[]>>;
  /** A short-lived address of a file in a customer's message, and its size if known. */
  file?(
    mediaId: string,
  ): Promise<
    Answer<{ url: string; headers: Readonly<Record<string, string>>; bytes?: number | undefined }>
  >;
  /** What a call would cost, where the provider says so. */
  estimate?(
    to: Recipient,
    minutes: number,
  ): Promise<Answer<{ perMinute?: string | undefined; bill?: CallBill | undefined }>>;
  analytics?(from: number, to: number): Promise<Answer<readonly AnalyticsPoint[]>>;
}

/**
 * Starts, answers and ends calls. Where they go by SDP, this is the provider's client itself, and
 * `sdp` is always there; elsewhere it never is.
 */
export interface ProviderCalls extends Omit<CallClient, 'place' | 'accept'> {
  /**
   * `once`: a provider that knows such keys dials only once for the same key. `forwardTo`,
   * `record`: for this call only, where the provider connects it.
   */
  place(
    call: Omit<Parameters<CallClient['place']>[0], 'sdp'> & {
      sdp?: string | undefined;
      once?: string | undefined;
      forwardTo?: string | undefined;
      record?: boolean | undefined;
    },
  ): ReturnType<CallClient['place']>;
  accept(providerCallId: string, sdp?: string): Promise<Answer>;
}

/** A call whose sound comes over a WebSocket instead of WebRTC (`streamed`). */
export interface StreamAddress {
  callId: string;
  accountId: string;
  providerCallId: string;
}

/** The sound of calls that a provider, or the relay, holds. */
export interface MediaStreams {
  /** Opens a call's sound. Again for an open one: a new window needs to be told of it. */
  open(call: StreamAddress): void;
  /** The call is over here. Unknown calls are nothing to close. */
  close(callId: string): void;
  /** Ends a call at the relay, if that holds it: its provider has no way to. */
  hangUp(call: StreamAddress): void;
}

/** Raw sound over a WebSocket: PCM16 little-endian, mono, in binary frames of any even length. */
export interface StreamSession {
  url: string;
  sampleRate: number;
  /** How much is sent at once, ms. */
  frameMs: number;
}

/** Reading calls at the provider, to make up for what was never told. */
export interface Reads {
  /** What one call has come to, in the form in which webhooks tell it. */
  call(providerCallId: string): Promise<Answer<readonly ProviderReport[]>>;
  /** The reports of each call begun at or after `since` (Unix ms), oldest call first. */
  callsSince(since: number): Promise<Answer<readonly (readonly ProviderReport[])[]>>;
}

export interface SettingsDesk {
  get(): Promise<Answer<NumberSettings>>;
  set(change: SettingsChange): Promise<Answer>;
}

/** What only Meta tells of a number, its account and our token. */
interface Standing {
  /** Where its webhooks go, and its messaging limit. */
  number(): Promise<Answer<{ webhook?: string | undefined; tier?: string | undefined }>>;
  /** Whether any app receives the account's webhooks. */
  isSubscribed(): Promise<Answer<boolean>>;
  subscribe(): Promise<Answer>;
  /** Until when our token is valid, Unix ms; missing: without end. */
  token(): Promise<Answer<{ validUntil?: number | undefined }>>;
}

export interface Messages {
  /** Only inside the service window. `replyTo`: the provider's id of the message that it answers. */
  sendText(to: Recipient, text: string, replyTo?: string): Promise<Answer<{ messageId: string }>>;
  sendTemplate(to: Recipient, template: TemplateUse): Promise<Answer<{ messageId: string }>>;
  /** A message with a call button. `minutes`: how long it works, 1–43,200. `payload`: comes back with the call. */
  sendCallButton(
    to: Recipient,
    button: {
      text: string;
      label: string;
      minutes?: number | undefined;
      payload?: string | undefined;
    },
  ): Promise<Answer<{ messageId: string }>>;
  /** Asks somebody who hides their number for it; only inside the service window. */
  sendContactRequest(to: Recipient, text: string): Promise<Answer<{ messageId: string }>>;
  /** Approved templates. */
  templates(): Promise<Answer<readonly Template[]>>;
}

export type { PermissionRequest, Recipient, Template };

/** The relay's word on who takes a call. Every method answers `unreachable` instead of waiting for long. */
export interface ClaimApi {
  reserve(callId: string): Promise<Verdict>;
  claim(callId: string): Promise<Verdict>;
  /** We are about to place a call whose audio may come to the relay: it is then ours. */
  dial(call: {
    accountId: string;
    to?: string | undefined;
    userId?: string | undefined;
  }): Promise<Verdict>;
  release(callId: string, why: string): Promise<void>;
  /** `last`: nobody else can take it, so it is to be rejected at the provider. */
  decline(callId: string): Promise<{ kind: 'declined'; last: boolean } | { kind: 'unreachable' }>;
}

/** The relay as the media end of relayed calls. Answers `unreachable` instead of waiting for long, too. */
export interface RelayedApi {
  /** A leg for our media in exchange for the relay's; a new one replaces the old one. */
  leg(callId: string, sdp: string): Promise<{ kind: 'leg'; sdp: string } | Refused | Unreachable>;
  place(call: {
    callId: string;
    accountId: string;
    to?: string | undefined;
    userId?: string | undefined;
  }): Promise<{ kind: 'placed'; providerCallId: string } | Refused | Unreachable>;
  /** Granted once the provider has confirmed the accept. */
  claim(callId: string): Promise<Verdict>;
  hangUp(callId: string): Promise<Verdict>;
  hold(callId: string): Promise<Verdict>;
  resume(callId: string): Promise<Verdict>;
  transfer(
    callId: string,
    offer: { to: string; mode: 'blind' | 'consult'; note?: string },
  ): Promise<Verdict>;
  transferToTeam(callId: string, offer: { team: string; note?: string }): Promise<Verdict>;
  cancelTransfer(callId: string): Promise<Verdict>;
  completeTransfer(callId: string): Promise<Verdict>;
  supervise(callId: string, mode: 'listen' | 'whisper' | 'barge' | 'off'): Promise<Verdict>;
  /** About the recording that the relay makes: the agent told the customer, pauses or stops it. */
  record(callId: string, ask: RecordingAsk): Promise<Verdict>;
  /** Granted once the call is offered to us. */
  takeOver(callId: string): Promise<Verdict>;
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
