import type { LiveCall, Notice, Snapshot } from '../../shared/ipc/model.ts';
import { partyName } from '../lib/party.ts';
import { useSnapshotStore } from '../state/snapshot-store.ts';
import { rememberSaid, resolveToast, toast } from '../state/ui.ts';
import { endMessage } from '../messages/calls.ts';
import { noticeMessage } from '../messages/errors.ts';

/** Says what is to outlast the card or the bar that showed it. Three seconds of a card are too short for why a call failed and what to do: a message stays longer. */
export function toastCallFailures(): void {
  useSnapshotStore.subscribe(({ snapshot }, before) => {
    for (const call of newlyFailed(snapshot, before.snapshot)) {
      if (call.phase.name !== 'ended') continue;
      const { what, ...more } = endMessage(call.phase.reason, partyName(call.party));
      toast('bad', what, { ...more, topic: topicOf(call) });
    }
    // Whoever is talked with after all needs no word of what failed before.
    for (const call of snapshot?.calls ?? []) {
      if (call.phase.name === 'connected') resolveToast(topicOf(call));
    }
    for (const notice of newNotices(snapshot, before.snapshot)) {
      const { what: text, ...more } = noticeMessage(notice);
      const tone = notice.kind === 'error' ? 'bad' : 'info';
      rememberSaid({ tone, text, at: notice.at, ...more });
    }
  });
}

/** The calls that went on a moment ago and are now over because something failed. */
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
