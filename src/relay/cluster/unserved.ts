import { setTimeout as delay } from 'node:timers/promises';
import { connectTo, type NatsSettings } from '../store/nats/jetstream.ts';
import { LEASE_MS } from './peers.ts';
import { beatsOf } from './messages.ts';

/** A store in NATS that no relay was heard to serve. */
export interface Unserved {
  /** @throws Error that tells a person what to do if a relay has begun to serve it since */
  check(): void;
  close(): Promise<void>;
}

/**
 * Listens until a relay that serves this store would have been heard, and from then on.
 *
 * @throws Error that tells a person what to do if one serves it, or no server answers
 */
export async function listenUnserved(settings: NatsSettings): Promise<Unserved> {
  const connection = await connectTo(settings);
  const heard = new AbortController();
  connection.subscribe(beatsOf(settings.prefix), { callback: () => heard.abort() });
  await delay(LEASE_MS, undefined, { signal: heard.signal }).catch(() => undefined);
  const unserved = {
    check() {
      if (!heard.signal.aborted) return;
      throw new Error(
        `A relay serves the store in NATS with the prefix ${settings.prefix}. Stop all of its relays first.`,
      );
    },
    close: () => connection.close(),
  };
  try {
    unserved.check();
    return unserved;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
