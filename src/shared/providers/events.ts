/**
 * What a provider told us, in our own terms. Every provider's webhook is turned into these once, in the relay;
 * nothing behind it knows a provider's payload. All times are Unix milliseconds.
 */
export type ProviderEvent =
  | CallOffered
  | CallAnswered
  | CallStatus
  | CallTerminated
  | PermissionChanged;

/** The person at the other end. A number may be missing for users with a username (facts 2.1: BSUID). */
export interface Party {
  /** Digits without `+`, as WhatsApp writes it. */
  waId?: string | undefined;
  /** Business-scoped user id. */
  userId?: string | undefined;
  name?: string | undefined;
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
  direction: 'inbound' | 'outbound' | undefined;
  failed: boolean;
  /** Present only if the call was picked up; this alone tells an answered call from a missed one (facts 2.4). */
  startedAt?: number | undefined;
  endedAt?: number | undefined;
  durationSeconds?: number | undefined;
  errors: readonly ProviderError[];
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

/** An error as the provider worded it. */
export interface ProviderError {
  /** The provider's own code as text, e.g. `138006`; `network` or `timeout` when no answer came. */
  code: string;
  /** The provider's own words. */
  message: string;
  details?: string | undefined;
  /** Whether the same request may succeed if sent again. */
  transient: boolean;
}

/** An event together with the call and account it belongs to. */
export interface RoutedEvent {
  accountId: string;
  /** The provider's id of the call, opaque; missing for events that are about a person, not a call. */
  providerCallId?: string | undefined;
  /** What we attached when we placed the call (`biz_opaque_callback_data`), if echoed. */
  opaque?: string | undefined;
  event: ProviderEvent;
}
