import { z } from 'zod';
import { legalAnswer } from '../meta/answer-setup.ts';
import type { Party, ProviderEvent } from '../events.ts';
import type { NormaliseOptions, UnassignedReport } from '../webhook.ts';
import { direction, duration, forgiving, maybe, person, text, time } from '../fields.ts';

/**
 * A call in the REST API (docs/providers/pilot-status.md#call-object). `peerNumber` is digits,
 * times are ISO 8601.
 */
export const pilotCall = forgiving(
  z.object({
    id: text,
    externalCallId: maybe(text),
    direction: maybe(direction),
    status: z.string().transform((value) => value.toUpperCase()),
    peerNumber: maybe(person),
    durationSeconds: maybe(duration),
    createdAt: maybe(time),
    updatedAt: maybe(time),
    connectedAt: maybe(time),
    endedAt: maybe(time),
    /** Only for Meta numbers, and only on request. */
    sdpOffer: maybe(z.string().min(1)),
    sdpAnswer: maybe(z.string().min(1)),
  }),
);
export type PilotCall = z.infer<typeof pilotCall>;

/** What a webhook or a read reports about a call's end. */
export interface PilotEnd {
  providerCallId: string;
  /** Pilot Status' own id (`call_…`). Its endpoints accept it and WhatsApp's. */
  secondaryId: string | undefined;
  direction: 'inbound' | 'outbound' | undefined;
  party: Party;
  /** Upper case. */
  status: string;
  /** Unix ms. */
  endedAt: number;
  connectedAt: number | undefined;
  durationSeconds: number | undefined;
}

/**
 * The end of a call, preceded by the customer's refusal if any: WhatsApp reports that separately,
 * Pilot Status does not.
 */
export function endEvents(end: PilotEnd): UnassignedReport[] {
  const { providerCallId, secondaryId, direction, party, endedAt, durationSeconds } = end;
  // Only answered calls have a duration (docs/providers/pilot-status.md#webhooks), even of 0
  // seconds.
  const counted =
    durationSeconds !== undefined && (durationSeconds > 0 || end.status === 'COMPLETED');
  const talked = end.connectedAt !== undefined || counted;
  const startedAt =
    end.connectedAt ?? Math.max(0, endedAt - Math.round(1000 * (durationSeconds ?? 0)));
  const refused = end.status === 'REJECTED' && direction === 'outbound' && !talked;
  // The number follows from the webhook's URL or the key.
  const about = { numberId: undefined, providerCallId, secondaryId };
  const terminated: UnassignedReport = {
    ...about,
    identity: `call.ended:${providerCallId}`,
    event: {
      kind: 'terminated',
      at: endedAt,
      party,
      direction,
      failed: end.status === 'FAILED',
      ...(talked && { startedAt }),
      endedAt,
      ...(talked && durationSeconds !== undefined && { durationSeconds }),
      errors: [],
    },
  };
  if (!refused) return [terminated];
  const rejected: UnassignedReport = {
    ...about,
    identity: `call.rejected:${providerCallId}`,
    event: { kind: 'status', at: endedAt, status: 'rejected' },
  };
  return [rejected, terminated];
}

/**
 * Events from a polled call, for late or missing webhooks. Always all of them: the reader drops
 * known identities, so polls may be missed. With `includeSdp` a Meta number's SDPs too.
 */
export function pilotCallEvents(call: PilotCall, options: NormaliseOptions): UnassignedReport[] {
  const providerCallId = call.externalCallId ?? call.id;
  const changedAt = call.updatedAt ?? options.receivedAt;
  if (isOver(call)) {
    const { direction, status, connectedAt, peerNumber: party = {} } = call;
    // Reads name the time of the answer and may report 0 seconds for an unanswered call.
    const durationSeconds =
      connectedAt === undefined ? call.durationSeconds || undefined : call.durationSeconds;
    const endedAt = call.endedAt ?? changedAt;
    const ids = { providerCallId, secondaryId: call.id };
    return endEvents({ ...ids, direction, status, connectedAt, durationSeconds, party, endedAt });
  }
  const at = call.createdAt ?? changedAt;
  const party = call.peerNumber ?? {};
  const events: ProviderEvent[] = [];
  if (call.direction === 'inbound') {
    if (call.sdpOffer === undefined) {
      events.push({ kind: 'announced', at, party, direction: 'inbound' });
    } else events.push({ kind: 'offer', at, party, sdp: call.sdpOffer });
  }
  if (call.direction === 'outbound' && call.sdpAnswer !== undefined) {
    const sdp = legalAnswer(call.sdpAnswer, options.actpassAnswer);
    events.push({ kind: 'answer', at: changedAt, party, sdp });
  }
  if (call.status === 'RINGING' && call.direction === 'outbound') {
    events.push({ kind: 'status', at: changedAt, status: 'ringing' });
  }
  if (call.status === 'ACCEPTED') {
    events.push({ kind: 'status', at: call.connectedAt ?? changedAt, status: 'accepted' });
  }
  return events.map((event) => ({
    numberId: undefined,
    identity: `call.${event.kind === 'status' ? event.status : event.kind}:${providerCallId}`,
    providerCallId,
    secondaryId: call.id,
    event,
  }));
}

/**
 * The states are not fully documented; an unknown one ends the call only if the call has an end.
 */
export function isOver({ status, endedAt }: PilotCall): boolean {
  switch (status) {
    case 'COMPLETED':
    case 'FAILED':
    case 'REJECTED':
    case 'MISSED':
      return true;
    case 'INITIATED':
    case 'RINGING':
    case 'ACCEPTED':
      return false;
    default:
      return endedAt !== undefined;
  }
}
