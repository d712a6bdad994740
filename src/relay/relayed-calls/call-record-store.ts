import { Deadline, DUE_AGAIN_MS } from '../../shared/lib/deadline.ts';
import type { LogBody } from '../../shared/protocol/frames.ts';
import { reasonOf } from '../log.ts';
import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { RelayedCallPorts } from './ports.ts';

/** A call's record, saved together with the log entries of each change, and the queue of its changes. */
export class CallRecordStore {
  readonly #ports: RelayedCallPorts;
  #record: RelayedCallRecord;
  #queue: Promise<unknown> = Promise.resolve();
  /** Entries that are not in the log yet, because the store failed. */
  readonly #unlogged: LogBody[] = [];
  readonly #retry: Deadline;

  constructor(ports: RelayedCallPorts, record: RelayedCallRecord) {
    this.#ports = ports;
    this.#record = record;
    this.#retry = new Deadline(ports.clock, () => {
      this.enqueue(() => this.#persist()).catch(() => undefined);
    });
  }

  get record(): RelayedCallRecord {
    return this.#record;
  }

  /** Queues a task. Rejects with the task; the queue goes on. */
  enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(task);
    this.#queue = done.catch((error: unknown) => this.fail('step', reasonOf(error)));
    return done;
  }

  /** Queues a change of the record. */
  change(
    change: (record: RelayedCallRecord) => RelayedCallRecord,
    bodies: readonly LogBody[] = [],
  ): Promise<void> {
    return this.enqueue(() => this.save(change(this.#record), bodies));
  }

  /**
   * Saves at once: for tasks that run in the queue. No call waits for the disk: when the store fails, the change counts
   * nevertheless, and is stored as soon as possible.
   */
  async save(record: RelayedCallRecord, bodies: readonly LogBody[]): Promise<void> {
    this.#record = record;
    this.#unlogged.push(...bodies);
    await this.#persist();
    this.#ports.notifyChanged();
  }

  async #persist(): Promise<void> {
    const { store, clock, notifyNewEntries } = this.#ports;
    const [record, bodies] = [this.#record, [...this.#unlogged]];
    try {
      const saved = await store.saveRelayedCall(record, bodies, clock.now());
      this.#record = saved.record;
      this.#unlogged.splice(0, bodies.length);
      this.#retry.set(undefined);
      if (saved.entries.length > 0) notifyNewEntries();
    } catch (error) {
      this.fail('save', reasonOf(error));
      this.#retry.set(clock.now() + DUE_AGAIN_MS);
    }
  }

  /** Resolves when the queue is empty. What could not be stored until then is lost with the process. */
  async idle(): Promise<void> {
    await this.#queue;
    this.#retry.set(undefined);
  }

  /** Notes what went wrong with this call. */
  fail(what: string, why: string): void {
    this.#ports.log.error('call.failed', { call: this.#record.callId, what, why });
  }
}
