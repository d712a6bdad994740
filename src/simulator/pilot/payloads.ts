import { type Call, durationSeconds, type WorldEvent } from '../calls/call.ts';
import type { PilotEventName } from '../config.ts';
import type { Message } from '../customers/chat-service.ts';
import type { WebhookLabel } from '../faults.ts';
import { directionOf, endStatus, isMissed, iso, type PilotCalls } from './calls.ts';

/**
 * A flat `call.*` event: no `data` around it (docs/providers/pilot-status.md#webhooks). Field names
 * beyond the documented ones are the REST ones.
 */
export interface FlatEvent {
  label: WebhookLabel;
  call?: Call | undefined;
  event: Exclude<PilotEventName, 'calls' | 'message.received'>;
  fields: Record<string, unknown>;
}

/**
 * `message.received`, with the `data` that `call.*` events lack; numbers in E.164.
 *
 * @vendor documented pilot-status/message
 */
export const messageReceived = (
  { displayPhoneNumber }: { displayPhoneNumber: string },
  { id, customer, at, type, text, file }: Message,
): Record<string, unknown> => ({
  event: 'message.received',
  data: {
    id: `cmm${id.slice(-8)}`,
    messageId: id,
    numberId: 'cmm0',
    from: customer.waId === undefined ? null : `+${customer.waId}`,
    to: `+${displayPhoneNumber.replaceAll(/\D/g, '')}`,
    type,
    fromMe: false,
    ...(file ? { mediaCaption: text } : { content: text }),
    participantName: customer.name,
    createdAt: iso(at),
  },
});

/**
 * The flat event that Pilot Status sends besides WhatsApp's own envelope.
 *
 * @vendor guess
 */
export function flatEvent(
  calls: PilotCalls,
  event: WorldEvent,
  now: number,
): FlatEvent | undefined {
  switch (event.type) {
    case 'permission': {
      const { customer, expiresAt, response, permanent } = event.change;
      const granted = permanent ? 'PERMANENT' : 'TEMPORARY';
      const fields = {
        peerNumber: customer.waId ?? null,
        status: response === 'accept' ? granted : 'NO_PERMISSION',
        ...(expiresAt === undefined ? {} : { expirationTime: Math.floor(expiresAt / 1000) }),
        createdAt: iso(now),
      };
      return { label: 'permission', event: 'call.permission_updated', fields };
    }
    case 'offered':
      return of(event.call, 'announced', 'call.ringing', { status: 'RINGING' });
    case 'ringing':
      return of(event.call, 'ringing', 'call.ringing', { status: 'RINGING' });
    case 'accepted':
    case 'picked-up':
      return of(event.call, 'accepted', 'call.connected', { status: 'ACCEPTED' });
    case 'ended': {
      const { call } = event;
      if (isMissed(call)) return of(call, 'terminate', 'call.missed', { endedAt: iso(now) });
      const duration = durationSeconds(call);
      return of(call, 'terminate', 'call.ended', {
        status: endStatus(call),
        ...(duration === undefined ? {} : { duration }),
        endedAt: iso(now),
      });
    }
    default:
      return undefined;
  }

  function of(
    call: Call,
    label: WebhookLabel,
    name: FlatEvent['event'],
    more: Record<string, unknown>,
  ): FlatEvent {
    const fields = {
      callId: calls.idOf(call),
      externalCallId: call.id,
      direction: directionOf(call),
      peerNumber: call.customer.waId ?? null,
      ...more,
      createdAt: iso(now),
    };
    return { label, call, event: name, fields };
  }
}
