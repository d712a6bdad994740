import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { type ReachTrouble, reachTrouble } from '../../../shared/ipc/reach.ts';
import { useNowUntil } from '../../lib/use-now.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';

/** In ms. A restarting relay is back sooner, and a flickering bar helps nobody. */
const GRACE_MS = 2_000;

/** Whether calls can come in. `no-sign-in`: no profile has been imported yet. */
export type Reach = { kind: 'fine' } | ({ kind: 'away' } & ReachTrouble) | { kind: 'no-sign-in' };

export function reachOf(
  snapshot: Pick<Snapshot, 'app' | 'connection' | 'ringer'>,
  now: number,
): Reach {
  const { app, connection } = snapshot;
  if (app.workspace === 'profile' && connection.state === 'unconfigured') {
    return { kind: 'no-sign-in' };
  }
  const trouble = reachTrouble(snapshot);
  if (!trouble || now - trouble.since < GRACE_MS) return { kind: 'fine' };
  return { kind: 'away', ...trouble };
}

/** Its users render again only when the connection does or the grace is over. */
export function useReach(): Reach {
  const app = useSnapshot(({ app }) => app);
  const connection = useSnapshot(({ connection }) => connection);
  const ringer = useSnapshot(({ ringer }) => ringer);
  const since = reachTrouble({ app, connection, ringer })?.since;
  const now = useNowUntil(since === undefined ? undefined : since + GRACE_MS);
  return reachOf({ app, connection, ringer }, now);
}
