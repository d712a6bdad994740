import type { Message, MessageStatus } from '../customers/chat-service.ts';
import type { Customer } from '../customers/directory.ts';
import type { PermissionChange } from '../customers/permission-service.ts';
import type { Direction } from '../direction.ts';
import type { FaultsPatch } from '../faults.ts';
import type { Press } from '../media/dtmf.ts';
import type { SdpFault } from '../media/sdp-parse.ts';
import type { CallMedia, MediaKind } from './call-media.ts';
import type { MediaEvent, MediaReport } from '../media/session.ts';
import type { Voice } from '../media/sources.ts';

/**
 *   user-initiated:      offered ──► pre-accepted ──► accepted ──► ended
 *                           └───────────────────────────▲   (every phase may end)
 *   business-initiated:  dialling ──► ringing ──► accepted ──► ended
 */
export type Phase = 'offered' | 'pre-accepted' | 'dialling' | 'ringing' | 'accepted' | 'ended';

/** Who ended a call and why. */
export type CallEnd =
  | { by: 'customer'; reason: 'hung-up' | 'declined' }
  | { by: 'business'; reason: 'hung-up' | 'rejected' }
  | { by: 'network'; reason: 'not-answered' | 'no-media' | 'media-failed' };

/** Something the business did that WhatsApp would punish. */
export type Violation = { kind: 'early-media'; at: number } | { kind: 'several-ssrcs'; at: number };

/** A message on a voicemail, where it is open how it is reported. */
interface Voicemail {
  /** Which webhook comes first. */
  first: 'end' | 'message';
  /** Whether `terminate` has a start, as if somebody had answered. */
  startTime: boolean;
}

/** One call between a customer and a business number. Times are Unix ms. */
export interface Call {
  readonly id: string;
  readonly accountId: string;
  readonly direction: Direction;
  readonly customer: Customer;
  readonly createdAt: number;
  readonly media: CallMedia;
  /** Empty if the provider is the media end. */
  readonly offerSdp: string;
  readonly faults: FaultsPatch | undefined;
  /** After pick-up; undefined means the customer never hangs up. */
  readonly hangUpAfterMs: number | undefined;
  readonly ctaPayload: string | undefined;
  readonly deeplinkPayload: string | undefined;
  /** How the customer speaks on the number's voicemail; undefined: they hang up. */
  readonly voicemail: Voicemail | undefined;
  answerSdp: string | undefined;
  /** The business's `biz_opaque_callback_data`. */
  callbackData: string | undefined;
  phase: Phase;
  preAcceptedAt: number | undefined;
  acceptedAt: number | undefined;
  /**
   * Pick-up: the accept or the first media packet, whichever came first
   * (docs/providers/meta.md#timing).
   */
  startedAt: number | undefined;
  endedAt: number | undefined;
  end: CallEnd | undefined;
  readonly violations: Violation[];
  /** Taken when the call ends. */
  finalMedia: MediaReport | undefined;
}

/**
 * Events that a provider reports to its business. `answered`: the media of a business's call is
 * ready; `picked-up`: the customer answered it; `accepted`: the business answered a customer's
 * call.
 */
export type WorldEvent =
  | { type: CallEventType; call: Call }
  | { type: 'permission'; change: PermissionChange }
  | { type: 'message'; message: Message }
  | { type: 'message-status'; message: Message; status: MessageStatus };

type CallEventType =
  | 'offered'
  | 'accepted'
  | 'answered'
  | 'ringing'
  | 'picked-up'
  | 'declined'
  | 'ended';

/** Other events of the world. */
export type SwitchboardEvent =
  | { type: 'world'; event: WorldEvent }
  | { type: 'media'; call: Call; event: MediaEvent };

/** A new call; omitted fields are not known yet. */
export const newCall = (
  start: Pick<
    Call,
    'id' | 'accountId' | 'direction' | 'customer' | 'createdAt' | 'phase' | 'media' | 'offerSdp'
  > &
    Partial<Call>,
): Call => ({
  faults: undefined,
  hangUpAfterMs: undefined,
  ctaPayload: undefined,
  deeplinkPayload: undefined,
  voicemail: undefined,
  callbackData: undefined,
  answerSdp: undefined,
  preAcceptedAt: undefined,
  acceptedAt: undefined,
  startedAt: undefined,
  endedAt: undefined,
  end: undefined,
  violations: [],
  finalMedia: undefined,
  ...start,
});

/** Whole seconds from pick-up to the end; undefined when it was never picked up. */
export function durationSeconds(call: Call): number | undefined {
  return call.startedAt === undefined || call.endedAt === undefined
    ? undefined
    : Math.round((call.endedAt - call.startedAt) / 1000);
}

/**
 * Why the world refused the business's action; each provider has its own messages and codes for it.
 */
export type Refusal =
  | { why: 'unknown-call' }
  | { why: 'wrong-direction' }
  | { why: 'already-accepted' }
  | { why: 'ended' }
  | { why: 'sdp-differs' }
  | { why: 'duplicate' }
  | { why: 'sdp'; fault: SdpFault }
  /**
   * An SDP for a call whose media ends at the provider, or none for one whose media ends at the
   * business.
   */
  | { why: 'other-media' };

/** What a calling customer will do. */
export interface UserCallPlan {
  id: string;
  accountId: string;
  customer: Customer;
  voice: Voice;
  presses: readonly Press[];
  media: MediaKind;
  /** Stops ringing after this long; by default at the accept deadline. */
  ringForMs: number | undefined;
  hangUpAfterMs: number | undefined;
  ctaPayload: string | undefined;
  deeplinkPayload: string | undefined;
  voicemail: Voicemail | undefined;
  faults: FaultsPatch | undefined;
}

/** A call that a business places. */
export interface BusinessCallPlan {
  id: string;
  accountId: string;
  customer: Customer;
  media: MediaKind;
  /** The business's offer; empty if the provider is the media end. */
  offerSdp: string;
  callbackData: string | undefined;
}
