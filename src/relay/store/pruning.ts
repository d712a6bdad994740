import type { Clock } from '../../shared/lib/clock.ts';
import { reasonOf, type Log } from '../log.ts';
import type { Store } from './store.ts';

const DAY_MS = 86_400_000;
/** How often entries older than the retention are removed, in ms. */
const PRUNE_MS = 3_600_000;

/**
 * Removes what is older than the retention, now and every hour.
 *
 * @returns stops it
 */
export function pruneRegularly(store: Store, clock: Clock, log: Log, days: number): () => void {
  let cancel: () => void = () => undefined;
  const prune = () => {
    cancel = clock.at(clock.now() + PRUNE_MS, prune);
    store.prune(clock.now() - days * DAY_MS).then(
      (entries) => entries > 0 && log.info('log.pruned', { entries }),
      (error: unknown) => log.error('log.prune-failed', { why: reasonOf(error) }),
    );
  };
  prune();
  return () => cancel();
}
