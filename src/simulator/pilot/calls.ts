import { randomBytes } from 'node:crypto';
import { type Call, durationSeconds } from '../calls/call.ts';

/**
 * Calls in Pilot Status' own form (docs/providers/pilot-status.md#call-object): ISO times,
 * upper-case states, numbers without `+`.
 */
export class PilotCalls {
  readonly #ids = new Map<string, string>();

  /** `call_…`, the vendor's id of a call. The world uses WhatsApp's id. */
  idOf(call: Call): string {
    const id = this.#ids.get(call.id) ?? `call_01${randomBytes(12).toString('hex').toUpperCase()}`;
    this.#ids.set(call.id, id);
    return id;
  }

  /** The call with either id. */
  find(id: string, calls: readonly Call[]): Call | undefined {
    return calls.find((call) => call.id === id || this.#ids.get(call.id) === id);
  }

  /** The `Call` object; with its SDPs if `includeSdp=1` was requested. */
  object(call: Call, withSdp: boolean): Record<string, unknown> {
    const seconds = durationSeconds(call);
    const sdps =
      call.media.kind === 'streamed'
        ? { sdpOffer: null, sdpAnswer: null }
        : { sdpOffer: call.offerSdp, sdpAnswer: call.answerSdp ?? null };
    return {
      id: this.idOf(call),
      externalCallId: call.id,
      direction: directionOf(call),
      status: statusOf(call),
      peerNumber: call.customer.waId ?? null,
      ...(seconds === undefined ? {} : { durationSeconds: seconds }),
      startedAt: iso(call.createdAt),
      connectedAt: call.startedAt === undefined ? null : iso(call.startedAt),
      endedAt: call.endedAt === undefined ? null : iso(call.endedAt),
      createdAt: iso(call.createdAt),
      updatedAt: iso(call.endedAt ?? call.startedAt ?? call.createdAt),
      ...(withSdp ? sdps : {}),
    };
  }
}

export const iso = (ms: number): string => new Date(ms).toISOString();

export const directionOf = (call: Call): 'INBOUND' | 'OUTBOUND' =>
  call.direction === 'user-initiated' ? 'INBOUND' : 'OUTBOUND';

/** Rang at the business, and was neither answered nor rejected. */
export const isMissed = (call: Call): boolean =>
  call.direction === 'user-initiated' &&
  call.startedAt === undefined &&
  call.end?.by !== 'business';

/** `MISSED` is not documented for a polled call; the event with that name is. */
export function statusOf(call: Call): string {
  switch (call.phase) {
    case 'dialling':
      return 'INITIATED';
    case 'offered':
    case 'pre-accepted':
    case 'ringing':
      return 'RINGING';
    case 'accepted':
      return 'ACCEPTED';
    default:
      return isMissed(call) ? 'MISSED' : endStatus(call);
  }
}

/** Of `call.ended`. */
export function endStatus({ end }: Call): 'COMPLETED' | 'FAILED' | 'REJECTED' {
  if (end?.reason === 'rejected' || end?.reason === 'declined') return 'REJECTED';
  const failed = end?.reason === 'no-media' || end?.reason === 'media-failed';
  return failed ? 'FAILED' : 'COMPLETED';
}
