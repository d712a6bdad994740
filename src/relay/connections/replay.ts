import type { Clock } from '../../shared/lib/clock.ts';
import type { Store } from '../store/store.ts';
import { timing } from '../../shared/call/timing.ts';

/** The part of the log that a console has. */
interface Known {
  epoch: string | null;
  cursor: number | null;
}

/**
 * Where to start replaying the log to a console.
 *
 * - It has part of this log: from its cursor, or from the oldest entry kept (`complete` is then false).
 * - It has nothing, or another log: from the end, but before any call that still rings, so that a console opened
 *   during a ring rings. A cursor beyond our end is another log too: this one was restored from an old copy.
 */
export async function startOfReplay(
  store: Pick<Store, 'epoch' | 'extent' | 'ringing' | 'openRelayedCalls' | 'catchUp' | 'durable'>,
  clock: Pick<Clock, 'now'>,
  known: Known,
  hears: (accountId: string | undefined) => boolean,
): Promise<{ from: number; head: number; complete: boolean; epoch: string }> {
  const epoch = await store.epoch();
  let { head, prunedTo } = await store.extent();
  // It has more than this node because it comes from another node that was ahead.
  if (known.epoch === epoch && known.cursor !== null && known.cursor > head) {
    const { cursor } = known;
    const isLeftBehind = await store.catchUp().then(
      () => false,
      () => true,
    );
    ({ head, prunedTo } = await store.extent());
    // In memory, a node shows the log as it was when it was cut off, even if it has read on since.
    if (isLeftBehind || (cursor > head && !store.durable())) {
      // It has everything up to its cursor; what follows is sent once this node has caught up.
      return { from: cursor, head: cursor, complete: true, epoch };
    }
  }
  if (known.cursor !== null && known.epoch === epoch && known.cursor <= head) {
    const from = Math.max(known.cursor, prunedTo);
    return { from, head, complete: from === known.cursor, epoch };
  }
  const ringing = await store.ringing(clock.now() - timing.ring);
  const rings = [
    ringing.find(({ accountId }) => hears(accountId))?.offer?.cursor,
    ...(await store.openRelayedCalls()).map(({ accountId, state }) =>
      hears(accountId) && 'callOffer' in state && state.kind !== 'consulting'
        ? state.callOffer.cursor
        : undefined,
    ),
  ].filter((cursor) => cursor !== undefined);
  const from = Math.min(head, ...rings.map((cursor) => cursor - 1));
  return { from, head, complete: known.cursor === null, epoch };
}
