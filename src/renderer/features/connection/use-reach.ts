import type { Snapshot } from '../../../shared/ipc/model.ts';
import { unreachableSince } from '../../../shared/protocol/connection.ts';
import { useNow } from '../../lib/use-now.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';

/** A relay that restarts is back sooner, and a bar that comes and goes helps nobody. In ms. */
const GRACE_MS = 2_000;

/** Whether calls cannot come in here though they should. `no-sign-in`: until a profile is imported. */
export type Reach = { kind: 'fine' } | { kind: 'away'; since: number } | { kind: 'no-sign-in' };

export function reachOf(
  { app, connection }: Pick<Snapshot, 'app' | 'connection'>,
  now: number,
): Reach {
  // In the demo nobody calls but ourselves.
  if (app.workspace !== 'profile') return { kind: 'fine' };
  if (connection.state === 'unconfigured') return { kind: 'no-sign-in' };
  const since = unreachableSince(connection);
  if (since === undefined || now - since < GRACE_MS) return { kind: 'fine' };
  return { kind: 'away', since };
}

export function useReach(): Reach {
  const now = useNow(500);
  const snapshot = useSnapshot((snapshot) => snapshot);
  return reachOf(snapshot, now);
}
