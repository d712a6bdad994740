import { create } from 'zustand';
import { isEngaging } from '../../shared/call/state.ts';
import type { LiveCall, Snapshot } from '../../shared/ipc/model.ts';

interface DeskState {
  /** Main's last word; undefined until it answered the first time. */
  snapshot: Snapshot | undefined;
}

/** The mirror of main: written by the connection to main only. */
export const useDesk = create<DeskState>(() => ({ snapshot: undefined }));

/** Takes a snapshot unless a newer one is known. */
export function mirror(snapshot: Snapshot): void {
  const known = useDesk.getState().snapshot;
  if (known && known.revision > snapshot.revision) return;
  useDesk.setState({ snapshot });
}

/** A part of the mirror, for components that are shown only once there is one. */
export function useSnapshot<T>(select: (snapshot: Snapshot) => T): T {
  return useDesk(({ snapshot }) => {
    if (!snapshot) throw new Error('shown before main has answered');
    return select(snapshot);
  });
}

/** Calls ring or go on for as long as main says; what ended stays readable this long. */
const ENDED_SHOWN_MS = 3000;

/** The calls that a card is shown for: what the agent dismissed, or ended by declining, is gone at once. */
export function visibleCalls(calls: readonly LiveCall[], now: number): readonly LiveCall[] {
  return calls.filter(({ phase, dismissed }) => {
    if (dismissed) return false;
    if (phase.name !== 'ended') return true;
    if (phase.reason.kind === 'declined-by-agent') return false;
    return now - phase.at < ENDED_SHOWN_MS;
  });
}

/** The call that occupies the agent, if any. */
export function engagedCall(calls: readonly LiveCall[]): LiveCall | undefined {
  return calls.find(({ phase }) => isEngaging(phase.name));
}

/** The ring that Accept means: the one that has waited longest. */
export function firstRinging(calls: readonly LiveCall[]): LiveCall | undefined {
  return calls.find(({ phase }) => phase.name === 'ringing');
}
