import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

/** How many of the newest entries are read to check that the log is readable. */
const LOOKED_AT = 50;
/** How long an answer is reused, in ms. */
const GOOD_FOR_MS = 1_000;

/** Whether part of the store could not be read, which lasts until an operator has repaired it. */
interface Damage {
  readonly isFound: boolean;
}

/** Whether the relay can store what is reported and read it back. */
export class Health {
  readonly #store: Pick<Store, 'durable' | 'probe' | 'extent' | 'entriesAfter'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #damage: Damage;
  #known: { at: number; ok: Promise<boolean> } | undefined;
  #isTaking = true;

  constructor(
    store: Pick<Store, 'durable' | 'probe' | 'extent' | 'entriesAfter'>,
    clock: Pick<Clock, 'now'>,
    damage: Damage,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#damage = damage;
  }

  /** Whether the store takes what is written, as far as `isOk` has found. */
  get isTaking(): boolean {
    return this.#isTaking && this.#store.durable();
  }

  async isOk(): Promise<boolean> {
    if (!this.#store.durable()) return false;
    const now = this.#clock.now();
    if (!this.#known || now - this.#known.at >= GOOD_FOR_MS) {
      this.#known = { at: now, ok: this.#works() };
    }
    return (await this.#known.ok) && !this.#damage.isFound;
  }

  async #works(): Promise<boolean> {
    try {
      this.#isTaking = await this.#store.probe().then(
        () => true,
        () => false,
      );
      if (!this.isTaking) return false;
      const { head } = await this.#store.extent();
      const entries = await this.#store.entriesAfter(Math.max(0, head - LOOKED_AT), LOOKED_AT);
      return entries.every(({ body }) => body.type !== 'unreadable');
    } catch {
      return false;
    }
  }
}

/** Watches a store's log for rows that cannot be read. */
export function watchDamage(plain: Log): Damage & { log: Log } {
  const damage = {
    isFound: false,
    log: {
      ...plain,
      error(event: string, fields?: Parameters<Log['error']>[1]) {
        if (event === 'store.unreadable') damage.isFound = true;
        plain.error(event, fields);
      },
    },
  };
  return damage;
}
