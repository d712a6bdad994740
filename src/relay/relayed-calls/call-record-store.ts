import { Deadline, DUE_AGAIN_MS } from '../../shared/lib/deadline.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import { reasonOf } from '../log.ts';
import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import { TakenOver, type Store } from '../store/store.ts';
import type { RelayedCallPorts } from './ports.ts';

interface CallRecordPorts extends Pick<
  RelayedCallPorts,
  'clock' | 'log' | 'notifyNewEntries' | 'notifyChanged' | 'notifyTakenOver'
> {
  store: Pick<Store, 'saveRelayedCall'>;
}

/** A call's record, saved together with the log entries of each change; changes are queued. */
export class CallRecordStore {
  readonly #ports: CallRecordPorts;
  #record: RelayedCallRecord;
  readonly #changes: KeyedQueue;
  /** Entries that are not in the log yet, because the store failed. */
  readonly #unlogged: LogBody[] = [];
  readonly #retry: Deadline;

  constructor(ports: CallRecordPorts, record: RelayedCallRecord) {
    this.#ports = ports;
    this.#record = record;
    this.#changes = new KeyedQueue((_call, error) => this.fail('step', reasonOf(error)));
    this.#retry = new Deadline(ports.clock, () => {
      this.#changes.add(this.#record.callId, () => this.#persist());
    });
  }

  /** As it is in the store, unless that failed: nobody is told of what a crash could take back. */
  get record(): RelayedCallRecord {
    return this.#record;
  }

  /** Queues a task and settles as it does; a failure does not stop the queue. */
  enqueue<T>(task: () => Promise<T>): Promise<T> {
    return this.#changes.run(this.#record.callId, task);
  }

  /** Queues a change of the record. */
  change(
    change: (record: RelayedCallRecord) => RelayedCallRecord,
    bodies: readonly LogBody[] = [],
  ): Promise<void> {
    return this.enqueue(() => this.save(change(this.#record), bodies));
  }

  /**
   * Saves at once, for tasks in the queue. No call waits for the disk: if the store fails, the
   * change takes effect and is stored as soon as possible.
   */
  async save(record: RelayedCallRecord, bodies: readonly LogBody[]): Promise<void> {
    this.#unlogged.push(...bodies);
    await this.#persist(record);
    this.#ports.notifyChanged();
  }

  async #persist(record = this.#record): Promise<void> {
    const { store, clock, notifyNewEntries, notifyTakenOver } = this.#ports;
    const bodies = [...this.#unlogged];
    try {
      const saved = await store.saveRelayedCall(record, bodies, clock.now());
      this.#record = saved.record;
      this.#unlogged.splice(0, bodies.length);
      this.#retry.set(undefined);
      if (saved.entries.length > 0) notifyNewEntries();
    } catch (error) {
      this.#record = record;
      if (error instanceof TakenOver) return notifyTakenOver(record.callId);
      this.fail('save', reasonOf(error));
      this.#retry.set(clock.now() + DUE_AGAIN_MS);
    }
  }

  /** Resolves when the queue is empty. Whatever is not stored by then is lost with the process. */
  async idle(): Promise<void> {
    await this.#changes.done();
    this.#retry.set(undefined);
  }

  /** Notes what went wrong with this call. */
  fail(what: string, why: string): void {
    this.#ports.log.error('call.failed', { call: this.#record.callId, what, why });
  }
}
