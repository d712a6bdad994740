import type { LogBody } from '../../shared/relay/protocol.ts';
import { reasonOf } from '../log.ts';
import type { AnchoredRecord } from '../store/anchored-record.ts';
import type { AnchoredPorts } from './ports.ts';

/** A call's record, saved with what the log says of each change, and the line in which its changes stand. */
export class Ledger {
  readonly #ports: AnchoredPorts;
  #record: AnchoredRecord;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(ports: AnchoredPorts, record: AnchoredRecord) {
    this.#ports = ports;
    this.#record = record;
  }

  get record(): AnchoredRecord {
    return this.#record;
  }

  /** Runs a task when everything asked for before is done. Rejects with the task; the line goes on. */
  enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(task);
    this.#queue = done.catch((error: unknown) => this.fail('step', reasonOf(error)));
    return done;
  }

  /** Changes the record when it is its turn. */
  change(
    change: (record: AnchoredRecord) => AnchoredRecord,
    bodies: readonly LogBody[] = [],
  ): Promise<void> {
    return this.enqueue(() => this.save(change(this.#record), bodies));
  }

  /** Saves at once: for tasks that are in line already. Rejects when the store fails; nothing has changed then. */
  async save(record: AnchoredRecord, bodies: readonly LogBody[]): Promise<void> {
    const { store, clock, appended, changed } = this.#ports;
    const saved = await store.saveAnchored(record, bodies, clock.now());
    this.#record = saved.record;
    if (saved.entries.length > 0) appended();
    changed();
  }

  /** Resolves when nothing stands in line. */
  async idle(): Promise<void> {
    await this.#queue;
  }

  /** Notes what went wrong with this call. */
  fail(what: string, why: string): void {
    this.#ports.log.error('call.failed', { call: this.#record.callId, what, why });
  }
}
