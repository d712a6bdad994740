import type { Snapshot } from '../../../shared/ipc/model.ts';
import { unreachableSince } from '../../../shared/protocol/connection.ts';
import { useNowUntil } from '../../lib/use-now.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';

/** In ms. A restarting relay is back sooner, and a flickering bar helps nobody. */
const GRACE_MS = 2_000;

/** Whether calls can come in. `no-sign-in`: no profile has been imported yet. */
export type Reach = { kind: 'fine' } | { kind: 'away'; since: number } | { kind: 'no-sign-in' };

export function reachOf(
  { app, connection }: Pick<Snapshot, 'app' | 'connection'>,
  now: number,
): Reach {
  // In the demo, only simulated customers call.
  if (app.workspace !== 'profile') return { kind: 'fine' };
  if (connection.state === 'unconfigured') return { kind: 'no-sign-in' };
  const since = unreachableSince(connection);
  if (since === undefined || now - since < GRACE_MS) return { kind: 'fine' };
  return { kind: 'away', since };
}

/** Its users render again only when the connection does or the grace is over. */
export function useReach(): Reach {
  const app = useSnapshot(({ app }) => app);
  const connection = useSnapshot(({ connection }) => connection);
  const since = unreachableSince(connection);
  const now = useNowUntil(since === undefined ? undefined : since + GRACE_MS);
  return reachOf({ app, connection }, now);
}
