import type { Log } from '../../log.ts';
import type { Stores } from '../stores.ts';
import { troubleOf } from './trouble.ts';

/** @param late it was queued, and so were others: earlier facts may still be missing */
export type Write = (stores: Stores, late: boolean) => unknown;

/** Writes that wait for the file, in order. */
export class WriteQueue {
  readonly #log: Log;
  #writes: Write[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  get size(): number {
    return this.#writes.length;
  }

  add(write: Write): void {
    this.#writes.push(write);
  }

  addFirst(...writes: readonly Write[]): void {
    this.#writes.unshift(...writes);
  }

  /**
   * Writes everything. A fact that the database rejects stays queued and does not hold up the
   * others.
   *
   * @returns whether nothing is left
   * @throws what the file threw; nothing that was not written is lost
   */
  flush(stores: Stores): boolean {
    const rejected: Write[] = [];
    for (let write = this.#writes[0]; write; write = this.#writes[0]) {
      try {
        write(stores, true);
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble.kind !== 'fact') {
          this.addFirst(...rejected);
          throw error;
        }
        this.#log.error(`database: not stored: ${trouble.why}`);
        rejected.push(write);
      }
      this.#writes.shift();
    }
    this.#writes = rejected;
    return rejected.length === 0;
  }
}
