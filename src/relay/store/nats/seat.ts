import { JetStreamApiError, StorageType } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { reasonOf, type Log } from '../../log.ts';

const KEY = 'relay';
/** A relay that died leaves its place after this, in ms. */
const LEASE_MS = 6_000;
const RENEW_MS = 1_500;

/** The place of the one relay that may serve a store; kept while it is renewed. */
export class Seat {
  readonly #bucket: KV;
  readonly #holder: string;
  readonly #log: Log;
  #revision: number;
  #timer: NodeJS.Timeout;

  private constructor(bucket: KV, holder: string, revision: number, log: Log) {
    this.#bucket = bucket;
    this.#holder = holder;
    this.#revision = revision;
    this.#log = log;
    this.#timer = this.#later();
  }

  /**
   * Takes the place. One that came back to its own data has it again at once.
   *
   * @param holder names a relay and its data
   * @throws Error in words a person can act on when another relay has it
   */
  static async take(
    connection: NatsConnection,
    name: string,
    holder: string,
    log: Log,
  ): Promise<Seat> {
    const bucket = await new Kvm(connection).create(name, {
      history: 1,
      ttl: LEASE_MS,
      storage: StorageType.Memory,
    });
    const revision = await sitDown(bucket, holder);
    if (revision === undefined) {
      throw new Error(
        `Another relay serves this store. With relayed or streamed numbers only one relay may serve it at a time; stop the other one, or wait ${LEASE_MS / 1000} s if it has died.`,
      );
    }
    return new Seat(bucket, holder, revision, log);
  }

  #later(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#renew().then(
        () => (this.#timer = this.#later()),
        (error: unknown) => {
          this.#log.warn('store.seat', { why: reasonOf(error) });
          this.#timer = this.#later();
        },
      );
    }, RENEW_MS);
  }

  async #renew(): Promise<void> {
    const revision = await sitDown(this.#bucket, this.#holder);
    if (revision === undefined) throw new Error('another relay serves this store, too');
    this.#revision = revision;
  }

  /** Leaves it to the next relay. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#bucket.delete(KEY, { previousSeq: this.#revision }).catch(() => undefined);
  }
}

/** @returns undefined when somebody else has the place */
async function sitDown(bucket: KV, holder: string): Promise<number | undefined> {
  try {
    const entry = await bucket.get(KEY);
    if (!entry || entry.operation !== 'PUT') return await bucket.create(KEY, holder);
    if (entry.string() !== holder) return undefined;
    return await bucket.update(KEY, holder, entry.revision);
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === 10_071) return undefined;
    throw error;
  }
}
