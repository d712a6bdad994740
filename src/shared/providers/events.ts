import type { NumberFact, NumberFactKind } from '../rules/data/number-fact-kinds.ts';
import type { ProviderId } from '../rules/data/providers.ts';

import { assertNever } from '../lib/assert-never.ts';

/**
 * What a provider reported, in our own terms. The relay converts each provider's webhooks once; no
 * code beyond it knows a provider's payload. All times are Unix milliseconds.
 */
export type ProviderEvent =
  | CallProviderEvent
  | PermissionChanged
  | MessageReceived
  | MessageStatus
  | NumberChanged
  | PersonMoved;

/** Events about one call. */
export type CallProviderEvent =
  | CallOffered
  | CallAnnounced
  | CallAnswered
  | CallStatus
  | CallTerminated
  | RecordingReady;

/** Distinguishes call events from those about a person or a number. */
export function isAboutCall(event: ProviderEvent): event is CallProviderEvent {
  switch (event.kind) {
    case 'offer':
    case 'announced':
    case 'answer':
    case 'status':
    case 'terminated':
    case 'recording':
      return true;
    case 'permission':
    case 'message':
    case 'message-status':
    case 'number':
    case 'moved':
      return false;
    default:
      return assertNever(event, 'provider event');
  }
}

/**
 * The customer. People with a user name may have no number
 * (docs/providers/meta.md#user-initiated-connect: BSUID).
 */
export interface Party {
  /** Digits without `+`, as WhatsApp writes it. */
  waId?: string | undefined;
  /** Business-scoped user id. */
  userId?: string | undefined;
  /** Cleaned by `nameWorthShowing`; missing if nothing of it is visible. */
  name?: string | undefined;
  /** User name without `@`, if they have one. */
  username?: string | undefined;
}

/** A person's new number or user id, as announced by WhatsApp. A missing part is unchanged. */
interface PersonMoved {
  kind: 'moved';
  at: number;
  before: Party;
  now: Party;
}

/** An inbound call (user-initiated call, UIC). */
export interface CallOffered {
  kind: 'offer';
  at: number;
  party: Party;
  /** Missing where the relay is the media end: it keeps the SDP of a relayed call. */
  sdp?: string | undefined;
  /** Payload of the call button or deep link the customer used. */
  payload?: string | undefined;
}

/**
 * A call reported without an SDP: either the provider is the media end (web numbers, Zernio), or
 * the SDP comes separately (Pilot Status' flat `call.ringing` of a Meta number).
 */
export interface CallAnnounced {
  kind: 'announced';
  at: number;
  party: Party;
  direction: 'inbound' | 'outbound';
}

/**
 * The media answer to an outbound call (business-initiated call, BIC). The phone is still ringing.
 */
export interface CallAnswered {
  kind: 'answer';
  at: number;
  party: Party;
  /** Missing where the relay is the media end. */
  sdp?: string | undefined;
}

export interface CallStatus {
  kind: 'status';
  at: number;
  status: 'ringing' | 'accepted' | 'rejected';
}

export interface CallTerminated {
  kind: 'terminated';
  at: number;
  party: Party;
  direction?: 'inbound' | 'outbound' | undefined;
  failed: boolean;
  /**
   * Present only if the call was answered; nothing else tells an answered call from a missed one
   * (docs/providers/meta.md#terminate-webhook).
   */
  startedAt?: number | undefined;
  endedAt?: number | undefined;
  durationSeconds?: number | undefined;
  errors: readonly ProviderError[];
  /** The price of this call, if the provider reports it. */
  bill?: CallBill | undefined;
  /** Nobody took it, and the customer left a voicemail. */
  voicemail?: boolean | undefined;
  /** Whether the provider has a recording to fetch when somebody plays it. */
  recorded?: boolean | undefined;
}

/** The price of one call in US dollars as reported: exact decimal text, never derived. */
export interface CallBill {
  /** Billed by the provider itself. */
  billable?: string | undefined;
  /** Billed by Meta to the WhatsApp account: shown, but not owed to the provider. */
  meta?: string | undefined;
  carrier?: string | undefined;
  recording?: string | undefined;
  transcription?: string | undefined;
  /** Includes Meta's part: shown, and never added to `billable`. */
  total?: string | undefined;
}

/**
 * A call's recording or transcript is ready (docs/providers/meta.md#recording), or the customer has
 * left a voicemail: a console reads that from the message with the call's id.
 */
export interface RecordingReady {
  kind: 'recording';
  at: number;
  what: 'audio' | 'transcript' | 'voicemail';
  /** The provider's file id. The URL is fetched on demand because it expires within minutes. */
  mediaId?: string | undefined;
}

export interface PermissionChanged {
  kind: 'permission';
  at: number;
  party: Party;
  granted: boolean;
  permanent: boolean;
  expiresAt?: number | undefined;
  /** `user`: the customer chose; `automatic`: a provider setting or rule did. */
  source: 'user' | 'automatic';
}

/** A customer's message, as far as needed to follow up a call. */
export interface MessageReceived {
  kind: 'message';
  at: number;
  party: Party;
  messageId: string;
  /** The provider's type, e.g. `text`, `image`, `audio`. */
  type: string;
  /** The text, or a file's caption. */
  text?: string | undefined;
  /** Its picture, voice message or other file. */
  file?: MessageFile | undefined;
  /** The provider's id of the message that it answers, reacts to, changes or deletes. */
  replyTo?: string | undefined;
}

/** A file in a customer's message. The provider keeps it for days; it is fetched on demand. */
export interface MessageFile {
  /** The provider's id. */
  id: string;
  /** As announced, e.g. `audio/ogg; codecs=opus`. The file itself decides what it is. */
  mime?: string | undefined;
  /** As the customer named it. */
  name?: string | undefined;
  /** Recorded for this message, not a file of sound. */
  voice?: boolean | undefined;
}

/** Whether a message was left in a call: its id is the call's (docs/providers/meta.md#voicemail). */
export function isVoicemail({ type, messageId }: { type: string; messageId: string }): boolean {
  return type === 'audio' && messageId.startsWith('wacid.');
}

/** The delivery status of one of our messages. */
interface MessageStatus {
  kind: 'message-status';
  at: number;
  messageId: string;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  errors: readonly ProviderError[];
}

/**
 * Something about one of our numbers, not about a call
 * (docs/providers/meta.md#settings-and-account-webhooks).
 */
interface NumberChanged {
  kind: 'number';
  at: number;
  /**
   * Digits of the number named in the event. Only that number is meant, wherever it was delivered.
   */
  number?: string | undefined;
  /** The provider's id of the account. Means all its numbers unless one is named. */
  owner?: string | undefined;
  change: NumberChange;
}

export type NumberChange =
  /** Somebody changed the calling settings, so a screen that shows them reloads them. */
  | { what: 'settings' }
  /** `type`: the provider's name for it, e.g. `RESTRICTED_BUSINESS_INITIATED_CALLING`. */
  | {
      what: 'restricted';
      restrictions: readonly {
        type: string;
        expiresAt?: number | undefined;
        remediation?: string | undefined;
      }[];
    }
  /** `type`: e.g. `USER_INITIATED_CALLS_LOW_PICKUP_RATE`. */
  | { what: 'warning'; type: string; remediation?: string | undefined }
  | { what: 'fact'; fact: NumberFact }
  /** The opposite was reported. */
  | { what: 'fact-over'; kinds: readonly NumberFactKind[] }
  /** The volume tier of calling prices, e.g. `25000001:50000000`. */
  | { what: 'price-tier'; tier: string; month?: string | undefined; region?: string | undefined };

/** `restricted` without restrictions lifts them. */
export type NumberRisk = Extract<NumberChange, { what: 'restricted' | 'warning' }>;

/** An error in the provider's words. */
export interface ProviderError {
  /** The provider's code as text, e.g. `138006`; `network` or `timeout` without an answer. */
  code: string;
  /** The provider's own words. */
  message: string;
  details?: string | undefined;
  /** Whether the same request may succeed later. */
  transient: boolean;
  /** Whose code it is, as codes differ between providers. Missing in webhooks. */
  provider?: ProviderId | undefined;
}

/**
 * A provider's event with the account and call that it is about. The same envelope is used from the
 * webhook (or a read of the provider's API) through the relay's log to the rules of a call.
 */
export interface ProviderReport<Event extends ProviderEvent = ProviderEvent> {
  accountId: string;
  /** The provider's opaque id of the call; missing for events that are about a person. */
  providerCallId?: string | undefined;
  /** Another id of the provider's for the same call (Pilot Status' `call_…` beside WhatsApp's). */
  secondaryId?: string | undefined;
  /** Callback data attached when placing the call (`biz_opaque_callback_data`), if echoed. */
  callbackData?: string | undefined;
  event: Event;
}

/** A report about one call. */
export interface CallReport extends ProviderReport<CallProviderEvent> {
  providerCallId: string;
}
