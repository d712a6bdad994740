import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Base } from './base.ts';
import type { Calls } from './calls.ts';
import type { Sessions } from './sessions.ts';

/** A relay that drains has sent its consoles elsewhere after this, in ms. */
const AWAY_MS = 10_000;
/** Between two looks whether its calls are over, in ms. */
const LOOK_MS = 500;
/** How long open connections and requests may take to finish at shutdown, in ms. */
const CLOSE_MS = 2_000;

/** Sends consoles to other relays if there are any, and waits for calls, up to `drainSeconds`. */
export async function drainCalls(
  { config, clock, nodes }: Base,
  { coordinator, relayedCalls, streams }: Calls,
  isClosing: () => boolean,
): Promise<void> {
  nodes.drain();
  const until = clock.now() + config.drainSeconds * 1000;
  if (nodes.hasOthers()) coordinator.sendAway(Math.min(AWAY_MS, (until - clock.now()) / 2));
  const isBusy = () => streams.isBusy || (relayedCalls?.all() ?? []).some((call) => !call.isOver);
  while (clock.now() < until && !isClosing() && isBusy()) {
    await new Promise<void>((resolve) => void clock.at(clock.now() + LOOK_MS, resolve));
  }
}

/** Finishes what the server's clients have begun and closes their connections. */
export async function closeServer(
  server: Server,
  sessions: Sessions,
  { coordinator }: Calls,
): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await coordinator.close();
  sessions.close();
  // Requests under way and consoles that do not answer the close are given up after this.
  const giveUp = setTimeout(() => {
    sessions.terminate();
    server.closeAllConnections();
  }, CLOSE_MS);
  await closed;
  clearTimeout(giveUp);
  await sessions.finished();
}

/** Closes media, the link to other relays, and the store. */
export async function closeBase({ store, nodes }: Base, { media }: Calls): Promise<void> {
  await media?.close();
  await nodes.close(media?.outlivesRelay ?? false);
  await store.close();
}
