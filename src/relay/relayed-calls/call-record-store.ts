import { Deadline, DUE_AGAIN_MS } from '../../shared/lib/deadline.ts';
import type { LogBody } from '../../shared/protocol/frames.ts';
import { reasonOf } from '../log.ts';
import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { RelayedCallPorts } from './ports.ts';

/** A call's record, saved with what the log says of each change, and the line in which its changes stand. */
export class CallRecordStore {
  readonly #ports: RelayedCallPorts;
  #record: RelayedCallRecord;
  #queue: Promise<unknown> = Promise.resolve();
  /** What the log has not been told yet, because the store failed. */
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

  /** Runs a task when everything asked for before is done. Rejects with the task; the line goes on. */
  enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(task);
    this.#queue = done.catch((error: unknown) => this.fail('step', reasonOf(error)));
    return done;
  }

  /** Changes the record when it is its turn. */
  change(
    change: (record: RelayedCallRecord) => RelayedCallRecord,
    bodies: readonly LogBody[] = [],
  ): Promise<void> {
    return this.enqueue(() => this.save(change(this.#record), bodies));
  }

  /**
   * Saves at once: for tasks that are in line already. No call waits for the disk: when the store fails, the change counts
   * nevertheless, and is stored as soon as that is possible.
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

  /** Resolves when nothing stands in line. What could not be stored until now is lost with the process. */
  async idle(): Promise<void> {
    await this.#queue;
    this.#retry.set(undefined);
  }

  /** Notes what went wrong with this call. */
  fail(what: string, why: string): void {
    this.#ports.log.error('call.failed', { call: this.#record.callId, what, why });
  }
}
