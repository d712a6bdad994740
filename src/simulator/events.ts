import { assertNever } from '../shared/lib/assert-never.ts';
import type { CallEnd, Phase, Violation } from './calls/call.ts';
import type { MessageReport } from './reports.ts';
import type { MediaEvent } from './media/session.ts';
import type { ApiRecord } from './providers.ts';
import type { HandshakeResult } from './webhooks/handshake.ts';
import type { DeliveryRecord } from './webhooks/sender.ts';

/** Everything that can be observed, in-process and on `GET /sim/events`. */
export type SimulatorEvent =
  | {
      type: 'call';
      callId: string;
      phase: Phase;
      end: CallEnd | null;
      violations: readonly Violation[];
    }
  | { type: 'media'; callId: string; media: MediaEvent }
  | { type: 'request'; request: ApiRecord }
  | { type: 'webhook'; webhook: DeliveryRecord }
  /** A message was written, or its status changed. */
  | { type: 'message'; message: MessageReport }
  | { type: 'permission'; waId: string | null; bsuid: string; response: 'accept' | 'reject' }
  | { type: 'handshake'; accountId: string; result: HandshakeResult };

export type EventOf<T extends SimulatorEvent['type']> = Extract<SimulatorEvent, { type: T }>;

/** One line for the log. */
export function describe(event: SimulatorEvent): string {
  switch (event.type) {
    case 'call':
      return `call ${event.callId} ${event.phase}${event.end ? ` by ${event.end.by}: ${event.end.reason}` : ''}`;
    case 'media':
      return `media ${event.callId} ${event.media.what}`;
    case 'request':
      return `api ${event.request.method} ${event.request.path} ${event.request.action ?? ''} ${event.request.status}`;
    case 'webhook':
      return `webhook ${event.webhook.label} ${event.webhook.callId ?? ''} ${event.webhook.state}`;
    case 'permission':
      return `permission ${event.bsuid} ${event.response}`;
    case 'message':
      return `message ${event.message.from} ${event.message.type} ${event.message.status ?? ''}`;
    case 'handshake':
      return `handshake ${event.accountId} ${event.result.state}`;
    default:
      return assertNever(event, 'event');
  }
}
