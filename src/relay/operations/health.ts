import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

/** The newest entries that are read to see whether the log can be. */
const LOOKED_AT = 50;
/** An answer is good for so long, ms, however often it is asked for. */
const GOOD_FOR_MS = 1_000;

/** Whether the relay does what it is there for: store what is reported, and read it again. */
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

  /** Something of the store could not be read. It stays so until an operator has looked after it. */
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

/** A log that tells of every row that cannot be read. */
export function watchDamage(log: Log, handleDamage: () => void): Log {
  return {
    ...log,
    error(event, fields) {
      if (event === 'store.unreadable') handleDamage();
      log.error(event, fields);
    },
  };
}
