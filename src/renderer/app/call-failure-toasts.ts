import type { LiveCall } from '../../shared/ipc/live-call.ts';
import type { Notice } from '../../shared/ipc/notices.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { partyName } from '../lib/party.ts';
import { useSnapshotStore } from '../state/snapshot-store.ts';
import { recordMessage, resolveToast, toast } from '../state/ui.ts';
import { endMessage } from '../messages/calls.ts';
import { noticeMessage } from '../messages/errors.ts';

/**
 * Shows why a call failed as a toast, because its card disappears after three seconds, and adds
 * notices to the list of past messages.
 */
export function toastCallFailures(): void {
  useSnapshotStore.subscribe(({ snapshot }, before) => {
    for (const call of newlyFailed(snapshot, before.snapshot)) {
      if (call.phase.name !== 'ended') continue;
      const { reason } = call.phase;
      toast('bad', () => endMessage(reason, partyName(call.party)), topicOf(call));
    }
    // A connected call makes the earlier failure with this person obsolete.
    for (const call of snapshot?.calls ?? []) {
      if (call.phase.name === 'connected') resolveToast(topicOf(call));
    }
    for (const notice of newNotices(snapshot, before.snapshot)) {
      recordMessage(() => noticeMessage(notice), notice.at);
    }
  });
}

/** The calls that were in progress in the last snapshot and have failed since. */
export function newlyFailed(
  now: Snapshot | undefined,
  before: Snapshot | undefined,
): readonly LiveCall[] {
  return (now?.calls ?? []).filter(({ id, phase }) => {
    if (phase.name !== 'ended') return false;
    if (phase.reason.kind !== 'failed' && phase.reason.kind !== 'media-failed') return false;
    const was = before?.calls.find((call) => call.id === id);
    return was !== undefined && was.phase.name !== 'ended';
  });
}

function topicOf({ party: { waId, userId } }: LiveCall): string {
  return `call ${waId ?? userId ?? ''}`;
}

function newNotices(now: Snapshot | undefined, before: Snapshot | undefined): readonly Notice[] {
  if (!now || now.notices === before?.notices) return [];
  const known = new Set(before?.notices.map(({ id, at }) => `${id} ${at}`));
  return now.notices.filter(({ id, at }) => !known.has(`${id} ${at}`));
}
