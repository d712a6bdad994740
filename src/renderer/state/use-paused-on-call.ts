import { useEffect, useEffectEvent } from 'react';
import { engagedCall, useSnapshotStore } from './snapshot-store.ts';

/** Pauses what is played as soon as the agent has a call, where the customer would hear it, too. It may be played again. */
export function usePausedOnCall(pause: () => void): void {
  const isOnCall = useSnapshotStore(
    ({ snapshot }) => engagedCall(snapshot?.calls ?? []) !== undefined,
  );
  const pauseNow = useEffectEvent(pause);
  useEffect(() => {
    if (isOnCall) pauseNow();
  }, [isOnCall]);
}
