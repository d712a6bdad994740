import {
  DeliverPolicy,
  type ConsumerMessages,
  type Consumers,
  type JsMsg,
} from '@nats-io/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, type Log } from '../../log.ts';
import type { JetStream } from './jetstream.ts';

/** The most messages that are received but not yet processed. */
export const AHEAD = 2_000;
/** The server sends a heartbeat twice a second, even with nothing else to send. In ms. */
const HEARTBEATS = { expires: 10_000, idle_heartbeat: 500 };
/** After this much silence, in ms, the server counts as gone. */
const SILENT_MS = 2_000;
/**
 * After this time without the next message, in ms, its server lacks it; a busy one may take some
 * seconds.
 */
const LACKING_MS = 10_000;
/** The pause before the stream is followed again, in ms. */
const AGAIN_MS = 250;

interface FollowPorts {
  jetStream: Pick<JetStream, 'connection'> & {
    client: { consumers: Pick<Consumers, 'get'> };
  };
  /** The name of the stream. */
  stream: string;
  /** The last message processed. */
  position: () => number;
  /** The last message that is known to be in the stream. */
  expected: () => number;
  /** Processes a message; the next one waits until this has resolved. */
  take: (message: JsMsg) => Promise<void>;
  log: Log;
}

/**
 * Passes on every message of a stream, in order, until it is closed. The client library recovers a
 * subscription by itself, but waits for ever if the subscription's server is gone and the
 * connection was to another one. A silent subscription is therefore given up here, and the stream
 * is followed again from the last processed message. So is one whose server sends heartbeats, but
 * not a message that is there: after it was killed, nats-server 2.9.10 may lack some that the others
 * have, and not notice it. The next subscription is likely to be fed by another server.
 */
export class Follower {
  readonly #ports: FollowPorts;
  #messages: ConsumerMessages | undefined;
  #heardAt = 0;
  /** When the last message was taken, or this subscription began. */
  #takenAt = 0;
  #isTaking = false;
  #isConnected = true;
  readonly #watch: NodeJS.Timeout;
  #closed = false;

  constructor(ports: FollowPorts) {
    this.#ports = ports;
    this.#watch = setInterval(() => this.#giveUpSilent(), SILENT_MS / 4);
    void this.#follow();
    void this.#noticeReconnects();
  }

  async #follow(): Promise<void> {
    const { log, stream } = this.#ports;
    while (!this.#closed) {
      try {
        await this.#readOn();
      } catch (error) {
        if (!this.#closed) log.warn('store.not-followed', { stream, why: reasonOf(error) });
      }
      if (!this.#closed) await delay(AGAIN_MS);
    }
  }

  async #readOn(): Promise<void> {
    const { jetStream, stream, position, take } = this.#ports;
    const consumer = await jetStream.client.consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: position() + 1,
    });
    const messages = await consumer.consume({ max_messages: AHEAD, ...HEARTBEATS });
    if (this.#closed) return messages.stop();
    this.#messages = messages;
    this.#heardAt = performance.now();
    this.#takenAt = this.#heardAt;
    void this.#listen(messages);
    for await (const message of messages) {
      this.#isTaking = true;
      await take(message).finally(() => (this.#isTaking = false));
      this.#heardAt = performance.now();
      this.#takenAt = this.#heardAt;
    }
  }

  async #listen(messages: ConsumerMessages): Promise<void> {
    for await (const { type } of messages.status()) {
      if (type === 'heartbeat') this.#heardAt = performance.now();
    }
  }

  get #isBehind(): boolean {
    return this.#ports.position() < this.#ports.expected();
  }

  #giveUpSilent(): void {
    if (this.#isTaking || !this.#isConnected) return;
    const now = performance.now();
    const isLacking = this.#isBehind && now - this.#takenAt > LACKING_MS;
    if (now - this.#heardAt > SILENT_MS || isLacking) this.#messages?.stop();
  }

  /** A restarted server has forgotten its followers. */
  async #noticeReconnects(): Promise<void> {
    for await (const { type } of this.#ports.jetStream.connection.status()) {
      if (this.#closed) return;
      if (type === 'disconnect') this.#isConnected = false;
      if (type !== 'reconnect') continue;
      this.#isConnected = true;
      this.#messages?.stop();
    }
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#watch);
    this.#messages?.stop();
  }
}
