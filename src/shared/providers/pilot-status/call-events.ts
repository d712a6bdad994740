import { z } from 'zod';
import { legalAnswer } from '../meta/answer-setup.ts';
import type { ProviderEvent } from '../events.ts';
import type { NormaliseOptions, UnassignedReport } from '../webhook.ts';
import { direction, duration, forgiving, maybe, phone, text, time } from './fields.ts';

/**
 * A call as the REST API tells it (docs/providers/pilot-status.md#call-object). `peerNumber` comes
 * as digits, times as ISO 8601.
 */
export const pilotCall = forgiving(
  z.object({
    id: text,
    externalCallId: maybe(text),
    direction: maybe(direction),
    status: z.string().transform((value) => value.toUpperCase()),
    peerNumber: maybe(phone),
    durationSeconds: maybe(duration),
    createdAt: maybe(time),
    updatedAt: maybe(time),
    connectedAt: maybe(time),
    endedAt: maybe(time),
    /** Only on numbers of Meta's, and only when asked for. */
    sdpOffer: maybe(z.string().min(1)),
    sdpAnswer: maybe(z.string().min(1)),
  }),
);
export type PilotCall = z.infer<typeof pilotCall>;

/** What is known of a call's end, by webhook or by reading. */
export interface PilotEnd {
  providerCallId: string;
  /** Pilot Status' own id (`call_…`), which its endpoints take as well as WhatsApp's. */
  secondaryId: string | undefined;
  direction: 'inbound' | 'outbound' | undefined;
  peer: string | undefined;
  /** Upper case. */
  status: string;
  /** Unix ms. */
  endedAt: number;
  connectedAt: number | undefined;
  durationSeconds: number | undefined;
}

/** The end of a call; before it the customer's refusal, which WhatsApp tells separately and Pilot Status does not. */
export function endEvents(end: PilotEnd): UnassignedReport[] {
  const { providerCallId, secondaryId, direction, peer, endedAt, durationSeconds } = end;
  // A duration is told only of answered calls (docs/providers/pilot-status.md#webhooks), be it of 0
  // seconds.
  const counted =
    durationSeconds !== undefined && (durationSeconds > 0 || end.status === 'COMPLETED');
  const talked = end.connectedAt !== undefined || counted;
  const startedAt =
    end.connectedAt ?? Math.max(0, endedAt - Math.round(1000 * (durationSeconds ?? 0)));
  const refused = end.status === 'REJECTED' && direction === 'outbound' && !talked;
  // The webhook's address or the key stands for the number.
  const about = { numberId: undefined, providerCallId, secondaryId };
  const terminated: UnassignedReport = {
    ...about,
    identity: `call.ended:${providerCallId}`,
    event: {
      kind: 'terminated',
      at: endedAt,
      party: { waId: peer },
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
 * What a polled call tells, for when webhooks are late or missing: all of it each time, so that the reader, who drops
 * identities it has had, may have missed any number of polls. With `includeSdp` it also brings a Meta number's SDPs.
 */
export function pilotCallEvents(call: PilotCall, options: NormaliseOptions): UnassignedReport[] {
  const providerCallId = call.externalCallId ?? call.id;
  const changedAt = call.updatedAt ?? options.receivedAt;
  if (isOver(call)) {
    const { direction, status, connectedAt, peerNumber: peer } = call;
    // Reading names the moment of the answer, and may have 0 seconds where there was none.
    const durationSeconds =
      connectedAt === undefined ? call.durationSeconds || undefined : call.durationSeconds;
    const endedAt = call.endedAt ?? changedAt;
    const ids = { providerCallId, secondaryId: call.id };
    return endEvents({ ...ids, direction, status, connectedAt, durationSeconds, peer, endedAt });
  }
  const at = call.createdAt ?? changedAt;
  const party = { waId: call.peerNumber };
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

/** The list of states is not documented whole; one that we do not know is an end only if the call has an end. */
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
