import type { NumberFact, NumberFactKind } from '../rules/data/number-fact-kinds.ts';
import type { ProviderId } from '../rules/data/providers.ts';

import { assertNever } from '../lib/assert-never.ts';

/**
 * What a provider told us, in our own terms. Every provider's webhook is turned into these once, in the relay;
 * nothing behind it knows a provider's payload. All times are Unix milliseconds.
 */
export type ProviderEvent =
  | CallProviderEvent
  | PermissionChanged
  | MessageReceived
  | MessageStatus
  | NumberChanged
  | PersonMoved;

/** Events that are about one call. */
export type CallProviderEvent =
  | CallOffered
  | CallAnnounced
  | CallAnswered
  | CallStatus
  | CallTerminated
  | RecordingReady;

/** Tells events about a call from those about a person or a number. */
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
 * The person at the other end. A number may be missing for users with a username
 * (docs/providers/meta.md#user-initiated-connect: BSUID).
 */
export interface Party {
  /** Digits without `+`, as WhatsApp writes it. */
  waId?: string | undefined;
  /** Business-scoped user id. */
  userId?: string | undefined;
  /** As it may be shown (`nameWorthShowing`); missing when nothing of it can be seen. */
  name?: string | undefined;
  /** Of a person who has one, without `@`. */
  username?: string | undefined;
}

/** A person has another number or user id from now on (WhatsApp's own notice). What is missing stayed as it was. */
interface PersonMoved {
  kind: 'moved';
  at: number;
  before: Party;
  now: Party;
}

/** A customer calls us (user-initiated call, UIC). */
export interface CallOffered {
  kind: 'offer';
  at: number;
  party: Party;
  sdp: string;
  /** Payload of the call button or deep link that the customer pressed. */
  payload?: string | undefined;
}

/**
 * A call that we are told of without an SDP. Either none exists, because the provider holds the media (web numbers,
 * Zernio), or it comes by another way (Pilot Status' flat `call.ringing` of a Meta number).
 */
export interface CallAnnounced {
  kind: 'announced';
  at: number;
  party: Party;
  direction: 'inbound' | 'outbound';
}

/** The media answer to a call of ours (business-initiated call, BIC). The phone is only ringing at this point. */
export interface CallAnswered {
  kind: 'answer';
  at: number;
  party: Party;
  sdp: string;
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
   * Present only if the call was picked up; this alone tells an answered call from a missed one
   * (docs/providers/meta.md#terminate-webhook).
   */
  startedAt?: number | undefined;
  endedAt?: number | undefined;
  durationSeconds?: number | undefined;
  errors: readonly ProviderError[];
  /** What it cost, where the provider says so for one call. */
  bill?: CallBill | undefined;
  /** Whether the provider has a recording, to be asked for when somebody plays it. */
  recorded?: boolean | undefined;
}

/** What one call cost in US dollars, as the provider says; exact decimal text, never computed from each other. */
export interface CallBill {
  /** What the provider itself bills. */
  billable?: string | undefined;
  /** What Meta bills to the WhatsApp account: shown, and never owed to the provider. */
  meta?: string | undefined;
  carrier?: string | undefined;
  recording?: string | undefined;
  transcription?: string | undefined;
  /** With Meta's part: shown, and never added to `billable`. */
  total?: string | undefined;
}

/** A recording or transcript of a call can be fetched (docs/providers/meta.md#recording). */
export interface RecordingReady {
  kind: 'recording';
  at: number;
  what: 'audio' | 'transcript';
  /** The provider's id of the file; its address is asked for when it is wanted, because it expires within minutes. */
  mediaId?: string | undefined;
}

export interface PermissionChanged {
  kind: 'permission';
  at: number;
  party: Party;
  granted: boolean;
  permanent: boolean;
  expiresAt?: number | undefined;
  /** `user`: the customer chose; `automatic`: a setting or a rule of the provider did. */
  source: 'user' | 'automatic';
}

/** A message of a customer, as far as following up on a call needs it. */
interface MessageReceived {
  kind: 'message';
  at: number;
  party: Party;
  messageId: string;
  /** The provider's type, e.g. `text`, `image`, `audio`. */
  type: string;
  /** Text, or the caption of a file. */
  text?: string | undefined;
}

/** What became of a message of ours. */
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
  /** The number that it names, digits; only that one is meant, whichever number's webhook it came to. */
  number?: string | undefined;
  /** The provider's id of the account that it is about: all its numbers are meant, unless one is named. */
  owner?: string | undefined;
  change: NumberChange;
}

export type NumberChange =
  /** Somebody changed the calling settings, here or elsewhere: whoever shows them reads them again. */
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
  /** The opposite was told. */
  | { what: 'fact-over'; kinds: readonly NumberFactKind[] }
  /** The volume tier of calling prices, e.g. `25000001:50000000`. */
  | { what: 'price-tier'; tier: string; month?: string | undefined; region?: string | undefined };

/** `restricted` without restrictions: they are lifted. */
export type NumberRisk = Extract<NumberChange, { what: 'restricted' | 'warning' }>;

/** An error as the provider worded it. */
export interface ProviderError {
  /** The provider's own code as text, e.g. `138006`; `network` or `timeout` when no answer came. */
  code: string;
  /** The provider's own words. */
  message: string;
  details?: string | undefined;
  /** Whether the same request may succeed if sent again. */
  transient: boolean;
  /** Whose code it is: the same one means other things elsewhere. Missing in what webhooks tell. */
  provider?: ProviderId | undefined;
}

/**
 * What a provider reported, and which account and call of ours it is about. It travels under this one name from the
 * webhook (or a reading of the provider's API) through the relay's log to the rules of a call; what is known on the way
 * is added to it, and nothing is renamed.
 */
export interface ProviderReport<Event extends ProviderEvent = ProviderEvent> {
  accountId: string;
  /** The provider's id of the call, opaque; missing for events that are about a person, not a call. */
  providerCallId?: string | undefined;
  /** Another id of the provider's for the same call (Pilot Status' `call_…` beside WhatsApp's). */
  secondaryId?: string | undefined;
  /** What we attached when we placed the call (`biz_opaque_callback_data`), if echoed. */
  callbackData?: string | undefined;
  event: Event;
}

/** A report about one call. */
export interface CallReport extends ProviderReport<CallProviderEvent> {
  providerCallId: string;
}
