import type { Direction } from './direction.ts';
import type { ApiRecord } from './providers.ts';
import type { Message, MessageStatus } from './customers/chat-service.ts';
import type { Customer } from './customers/directory.ts';
import type { MediaReport } from './media/session.ts';
import type { DeliveryRecord } from './webhooks/sender.ts';
import {
  type Call,
  type CallEnd,
  durationSeconds,
  type Phase,
  type Violation,
} from './calls/call.ts';

/** Everything known about one call. Times are Unix ms; null means "not (yet)". */
export interface CallReport {
  callId: string;
  accountId: string;
  direction: Direction;
  phase: Phase;
  customer: { waId: string | null; bsuid: string; name: string };
  createdAt: number;
  preAcceptedAt: number | null;
  acceptedAt: number | null;
  /** Pick-up; early media sets it as well. */
  startedAt: number | null;
  endedAt: number | null;
  end: CallEnd | null;
  durationSeconds: number | null;
  callbackData: string | null;
  offerSdp: string;
  answerSdp: string | null;
  violations: readonly Violation[];
  media: MediaReport;
  requests: readonly ApiRecord[];
  webhooks: readonly DeliveryRecord[];
}

/** One message between a customer and a number. Times are Unix ms. */
export interface MessageReport extends Omit<
  Message,
  'customer' | 'text' | 'payload' | 'status' | 'file'
> {
  customer: CallReport['customer'];
  text: string | null;
  payload: string | null;
  status: MessageStatus | null;
  file?: { id: string; mime: string };
}

export const reportMessage = ({ file, ...message }: Message): MessageReport => ({
  ...message,
  ...(file && { file: { id: file.id, mime: file.mime } }),
  customer: whoIs(message.customer),
  text: message.text ?? null,
  payload: message.payload ?? null,
  status: message.status ?? null,
});

const whoIs = ({ waId, bsuid, name }: Customer): CallReport['customer'] => ({
  waId: waId ?? null,
  bsuid,
  name,
});

export function reportCall(
  call: Call,
  requests: readonly ApiRecord[],
  webhooks: readonly DeliveryRecord[],
): CallReport {
  return {
    callId: call.id,
    accountId: call.accountId,
    direction: call.direction,
    phase: call.phase,
    customer: whoIs(call.customer),
    createdAt: call.createdAt,
    preAcceptedAt: call.preAcceptedAt ?? null,
    acceptedAt: call.acceptedAt ?? null,
    startedAt: call.startedAt ?? null,
    endedAt: call.endedAt ?? null,
    end: call.end ?? null,
    durationSeconds: durationSeconds(call) ?? null,
    callbackData: call.callbackData ?? null,
    offerSdp: call.offerSdp,
    answerSdp: call.answerSdp ?? null,
    violations: call.violations,
    media: call.finalMedia ?? call.media.report(),
    requests: requests.filter(({ callId }) => callId === call.id),
    webhooks: webhooks.filter(({ callId }) => callId === call.id),
  };
}
