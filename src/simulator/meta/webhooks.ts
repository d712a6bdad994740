import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Call, WorldEvent } from '../calls/call.ts';
import type { CloudNumber } from '../config.ts';
import { newMessageId } from '../customers/chat-service.ts';
import type { WebhookLabel } from '../faults.ts';
import type { Notice } from '../providers.ts';
import type { BusinessNumber } from './number.ts';
import { accountUpdate } from './account-payloads.ts';
import * as calls from './call-payloads.ts';
import * as messages from './message-payloads.ts';

/** One change that Meta reports. */
export interface MetaChange {
  label: WebhookLabel;
  call?: Call | undefined;
  field: 'calls' | 'messages' | 'account_settings_update' | 'account_update';
  value: Record<string, unknown>;
}

/**
 * The webhook that Meta sends for an event in the world, if any
 * (docs/providers/meta.md#webhooks).
 */
export function changeOf(
  account: CloudNumber,
  event: WorldEvent,
  now: number,
): MetaChange | undefined {
  const status = (label: WebhookLabel, call: Call, name: 'RINGING' | 'ACCEPTED' | 'REJECTED') =>
    ({ label, call, field: 'calls', value: calls.status(account, call, name, now) }) as const;
  switch (event.type) {
    case 'permission': {
      const value = messages.permissionReply(account, event.change, newMessageId(), now);
      return { label: 'permission', field: 'messages', value };
    }
    case 'message': {
      const { message } = event;
      const build = message.sharedNumber === undefined ? messages.message : messages.numberShared;
      const value = build(account, message);
      return { label: 'message', field: 'messages', value };
    }
    case 'message-status': {
      const value = messages.messageStatus(account, event.message, event.status, now);
      return { label: 'message-status', field: 'messages', value };
    }
    case 'offered':
    case 'answered': {
      const { call } = event;
      const value = calls.connect(account, call, now);
      return { label: 'connect', call, field: 'calls', value };
    }
    // The business did it itself.
    case 'accepted':
      return undefined;
    case 'ringing':
      return status('ringing', event.call, 'RINGING');
    case 'picked-up':
      return status('accepted', event.call, 'ACCEPTED');
    case 'declined':
      return status('rejected', event.call, 'REJECTED');
    case 'ended': {
      const { call } = event;
      const value = calls.terminate(account, call, now);
      return { label: 'terminate', call, field: 'calls', value };
    }
    default:
      return assertNever(event, 'world event');
  }
}

/**
 * The callback permission that follows a call to a number with that setting
 * (docs/providers/meta.md#permission-reply).
 */
export function grantCallback({ account, world, settings }: BusinessNumber, call: Call): void {
  if (call.direction === 'user-initiated' && settings.callback_permission_status === 'ENABLED') {
    world.permissions.grantCallback(account.id, call.customer, call.id);
  }
}

/**
 * Recordings and transcripts of an ended call, after a delay (docs/providers/meta.md#recording).
 */
export function tellRecordings(
  { account, world, recordings }: BusinessNumber,
  call: Call,
  post: (change: MetaChange) => void,
): void {
  world.scheduler.in(world.timing.recordingAfterMs, () => {
    for (const file of recordings.make(call)) {
      const ready = { ...file, url: recordings.url(file.id) };
      const value = calls.recordingAvailable(account, call, ready, world.clock.now());
      post({ label: 'recording', call, field: 'calls', value });
    }
  });
}

/**
 * docs/providers/meta.md#settings-and-account-webhooks. A restriction is also in force from now on.
 */
export function noticeOf(number: BusinessNumber, notice: Notice): MetaChange {
  if (notice.what === 'restriction') number.restrictions = [...number.restrictions, notice];
  const value = accountUpdate(number.account, notice, number.world.clock.now());
  return { label: 'account', field: 'account_update', value };
}
