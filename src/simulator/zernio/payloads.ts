import { randomUUID } from 'node:crypto';
import { type Call, durationSeconds, type WorldEvent } from '../calls/call.ts';
import type { WebhookLabel } from '../faults.ts';
import { billOf } from './billing.ts';
import { type CallNotes, numberOf, type ZernioNumber } from './number.ts';
import {
  endReason,
  ends,
  hangupCause,
  isFailure,
  isRecorded,
  iso,
  recordingPath,
} from './records.ts';

/**
 * One webhook: an envelope with a block and no `data` around it
 * (docs/providers/zernio.md#webhooks).
 */
export interface ZernioWebhook {
  label: WebhookLabel;
  call?: Call | undefined;
  id: string;
  event: string;
  body: Record<string, unknown>;
}

/** How long a recording's address is valid. */
export const RECORDING_URL_MS = 600_000;

/**
 * The webhook for an event in the world; none for ringing or answering.
 *
 * @vendor documented zernio/received zernio/ended zernio/failed zernio/permission
 */
export function webhookOf(number: ZernioNumber, event: WorldEvent): ZernioWebhook | undefined {
  switch (event.type) {
    case 'offered':
    case 'answered':
      return ofCall(number, event.call, 'announced', 'call.received', () => ({
        startedAt: iso(event.call.createdAt),
      }));
    case 'ended':
      return isFailure(event.call)
        ? ofCall(number, event.call, 'terminate', 'call.failed', () => ({
            failedAt: iso(event.call.endedAt ?? 0),
            error: { code: 0, message: 'The call failed' },
          }))
        : ofCall(number, event.call, 'terminate', 'call.ended', (notes) =>
            ended(number, event.call, notes),
          );
    case 'permission': {
      const { customer, response, permanent, expiresAt, source } = event.change;
      const permission = {
        from: numberOf(customer),
        response,
        isPermanent: permanent,
        ...(expiresAt === undefined
          ? {}
          : { expirationTimestamp: String(Math.floor(expiresAt / 1000)) }),
        responseSource: source,
      };
      return envelope(number, 'permission', undefined, 'call.permission_request', { permission });
    }
    default:
      return undefined;
  }
}

function ofCall(
  number: ZernioNumber,
  call: Call,
  label: WebhookLabel,
  event: string,
  more: (notes: CallNotes) => Record<string, unknown>,
): ZernioWebhook | undefined {
  const notes = number.notes.get(call.id);
  if (!notes) return undefined;
  const block = {
    id: call.id,
    metaCallId: notes.metaCallId,
    accountId: number.account.zernioAccountId,
    phoneNumberId: number.account.phoneNumberId,
    ...ends(number, call),
    ...(event === 'call.received' ? { forwardTo: notes.forwardTo } : {}),
    ...more(notes),
  };
  return envelope(number, label, call, event, { call: block });
}

function ended(number: ZernioNumber, call: Call, notes: CallNotes): Record<string, unknown> {
  const billing = billOf(call, notes);
  const at = call.endedAt ?? 0;
  return {
    startedAt: iso(call.createdAt),
    endedAt: iso(at),
    durationSeconds: durationSeconds(call) ?? 0,
    endReason: endReason(call),
    hangupCause: hangupCause(call),
    sipHangupCause: notes.sipHangupCause ?? null,
    isVoicemail: false,
    callErrors: [],
    ...(isRecorded(call, notes)
      ? {
          recordingUrl: recordingPath(number, call),
          recordingExpiresAt: iso(at + RECORDING_URL_MS),
        }
      : {}),
    // No currency here, unlike in the record.
    ...(billing ? { billing } : {}),
  };
}

function envelope(
  { account, world }: ZernioNumber,
  label: WebhookLabel,
  call: Call | undefined,
  event: string,
  block: Record<string, unknown>,
): ZernioWebhook {
  const id = randomUUID();
  const body = {
    id,
    event,
    timestamp: iso(world.clock.now()),
    account: {
      id: account.zernioAccountId,
      accountId: account.zernioAccountId,
      platform: 'whatsapp',
      username: account.displayPhoneNumber,
    },
    ...block,
  };
  return { label, call, id, event, body };
}
