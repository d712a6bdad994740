import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

/** How many of the newest entries are read to check that the log is readable. */
const LOOKED_AT = 50;
/** How long an answer is reused, in ms. */
const GOOD_FOR_MS = 1_000;

/** Whether the relay can store what is reported and read it back. */
export class Health {
  readonly #store: Pick<Store, 'durable' | 'extent' | 'entriesAfter'>;
  readonly #clock: Pick<Clock, 'now'>;
  #isDamaged = false;
  #known: { at: number; ok: Promise<boolean> } | undefined;

  constructor(
    store: Pick<Store, 'durable' | 'extent' | 'entriesAfter'>,
    clock: Pick<Clock, 'now'>,
  ) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Part of the store could not be read. The relay stays unhealthy until an operator has repaired it. */
  handleDamage(): void {
    this.#isDamaged = true;
  }

  async isOk(): Promise<boolean> {
    if (this.#isDamaged || !this.#store.durable()) return false;
    const now = this.#clock.now();
    if (!this.#known || now - this.#known.at >= GOOD_FOR_MS) {
      this.#known = { at: now, ok: this.#canRead() };
    }
    return this.#known.ok;
  }

  async #canRead(): Promise<boolean> {
    try {
      const { head } = await this.#store.extent();
      const entries = await this.#store.entriesAfter(Math.max(0, head - LOOKED_AT), LOOKED_AT);
      return entries.every(({ body }) => body.type !== 'unreadable');
    } catch {
      return false;
    }
  }
}

/** A log that also reports each unreadable row to `handleDamage`. */
export function watchDamage(log: Log, handleDamage: () => void): Log {
  return {
    ...log,
    error(event, fields) {
      if (event === 'store.unreadable') handleDamage();
      log.error(event, fields);
    },
  };
}
