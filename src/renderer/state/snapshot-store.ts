import { replaceEqualDeep } from '@tanstack/react-query';
import { create } from 'zustand';
import { i18n } from '../../shared/i18n/i18n.ts';
import { isCalling } from '../../shared/call/view.ts';
import { setMainTime } from '../lib/main-clock.ts';
import { isEngaging } from '../../shared/call/model.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';

interface SnapshotState {
  /** Main's last snapshot; undefined before the first. */
  snapshot: Snapshot | undefined;
}

/** Mirrors main's state. Only the link to main writes it. */
export const useSnapshotStore = create<SnapshotState>(() => ({ snapshot: undefined }));

/**
 * Stores a snapshot, unless a newer one is already stored. Parts that are equal stay the same objects, so that only what
 * changed renders again.
 */
export function storeSnapshot(snapshot: Snapshot): void {
  const { language } = snapshot.app;
  if (language === i18n.language()) return store(snapshot);
  const show = () => store(snapshot);
  // Without its texts, the snapshot is shown in the language before.
  void i18n.setLanguage(language).then(show, show);
}

function store(snapshot: Snapshot): void {
  const known = useSnapshotStore.getState().snapshot;
  if (known && known.revision > snapshot.revision) return;
  setMainTime(snapshot.now);
  useSnapshotStore.setState({ snapshot: replaceEqualDeep(known, snapshot) });
}

/** Part of the snapshot, for components that render only once there is one. */
export function useSnapshot<T>(select: (snapshot: Snapshot) => T): T {
  return useSnapshotStore(({ snapshot }) => {
    if (!snapshot) throw new Error('shown before main has answered');
    return select(snapshot);
  });
}

/** The agent's current call, if any. */
export function engagedCall(calls: readonly LiveCall[]): LiveCall | undefined {
  return calls.find(({ phase }) => isEngaging(phase.name));
}

/** The call that Accept answers: the one that has been ringing longest. */
export function firstRinging(calls: readonly LiveCall[]): LiveCall | undefined {
  return calls.find(isCalling);
}

/** The global shortcuts for this call, as far as they are registered. */
export function keysFor(
  call: LiveCall,
  { keys, settings }: Pick<Snapshot, 'keys' | 'settings'>,
): { accept?: string; decline?: string } {
  if (keys.callId !== call.id) return {};
  return {
    ...(keys.accept === 'ours' && { accept: settings.acceptShortcut }),
    ...(keys.decline === 'ours' && { decline: settings.declineShortcut }),
  };
}
