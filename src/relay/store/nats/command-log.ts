import type { JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, type Log } from '../../log.ts';
import type { AddedEntry, Delivery } from '../store.ts';
import type { Unreadable } from '../readable.ts';
import type { Applied } from './apply.ts';
import { decodeCommand, encodeCommand, NewerCommand, type Command } from './command.ts';
import { AHEAD, Follower } from './follow.ts';
import type { JetStream } from './jetstream.ts';
import type { Answer, Projection, Source } from './projection.ts';

/** The timeout of one attempt to send a message, in ms. */
const TRY_MS = 1_000;
/**
 * After this time without success a message counts as not stored, in ms. The strictest provider
 * waits 5 s for its webhook's answer.
 */
const GIVE_UP_MS = 3_000;
/** The pause before a failed step is repeated, in ms. */
const AGAIN_MS = 250;
/** How often the ends of the streams are looked at, in ms. */
const LOOK_MS = 10_000;
/** The most commands in one transaction. */
const BATCH = 256;

/** The server, or a majority of its servers, does not answer. The write may still happen later. */
export class StoreDown extends Error {
  override readonly name = 'StoreDown';
}

interface Arrived {
  source: Source;
  sequence: number;
  id: string;
  command: Command | undefined;
}

/** Where to deliver the answer to a command that this node sent. */
interface Asker {
  answer?: Answer | undefined;
  handleExecuted: () => void;
}

interface CommandLogPorts {
  jetStream: JetStream;
  projection: Projection;
  log: Log;
  unreadable: Unreadable;
  /** Entries that another node's command added; none if it added none. */
  handleElsewhere: (entries: readonly AddedEntry[]) => void;
}

/**
 * The commands of all nodes in the single order of the streams. A command is sent, comes back in
 * its place among the others, is executed on this node's projection, and is only then answered.
 */
export class CommandLog {
  readonly #ports: CommandLogPorts;
  readonly #askers = new Map<string, Asker>();
  readonly #arrived: Arrived[] = [];
  /** The last messages received, and the last ones executed. */
  readonly #received: Record<Source, number>;
  readonly #done: Record<Source, number>;
  /** The last messages known to be in the streams. */
  readonly #expected: Record<Source, number>;
  readonly #followers: Follower[] = [];
  #waiting: { source: Source; sequence: number; reached: () => void }[] = [];
  #applying: Promise<void> | undefined;
  #looking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(ports: CommandLogPorts) {
    this.#ports = ports;
    const { projection } = ports;
    this.#done = { log: projection.position('log'), agents: projection.position('agents') };
    this.#received = { ...this.#done };
    this.#expected = { ...this.#done };
  }

  /** Follows the streams; resolves when everything that they now contain is executed. */
  async start(): Promise<void> {
    const { jetStream, log } = this.#ports;
    const { manager, names } = jetStream;
    // The log may contain an agent's wrap-up, which needs the agent.
    for (const source of ['agents', 'log'] as const) {
      const { state } = await manager.streams.info(names[source]);
      const follower = new Follower({
        jetStream,
        stream: names[source],
        position: () => this.#received[source],
        expected: () => this.#expected[source],
        take: (message) => this.#take(source, message),
        log,
      });
      this.#followers.push(follower);
      await this.#reach(source, state.last_seq);
    }
    this.#looking = setInterval(() => void this.#lookAtEnds(), LOOK_MS);
  }

  /** Asks the streams' leaders what there is, in case that another server lacks some of it. */
  async #lookAtEnds(): Promise<void> {
    const { manager, names } = this.#ports.jetStream;
    for (const source of ['agents', 'log'] as const) {
      try {
        const { state } = await manager.streams.info(names[source]);
        this.#expect(source, state.last_seq);
      } catch {
        // Whoever writes notices that no server answers.
      }
    }
  }

  #expect(source: Source, sequence: number): void {
    this.#expected[source] = Math.max(this.#expected[source], sequence);
  }

  /**
   * Resolves when everything that a stream now contains is executed.
   *
   * @throws StoreDown
   */
  async catchUp(source: Source = 'log'): Promise<void> {
    const { manager, names } = this.#ports.jetStream;
    const until = performance.now() + GIVE_UP_MS;
    try {
      const { state } = await manager.streams.info(names[source]);
      await within(this.#reach(source, state.last_seq), until);
    } catch (error) {
      throw new StoreDown(reasonOf(error), { cause: error });
    }
  }

  /**
   * Sends a command and resolves to its result.
   *
   * @param id identifies the command; repeated with the same id, it is executed once
   * @throws StoreDown, or the command's own error
   */
  async ask(command: Command, id: string): Promise<Applied> {
    const text = encodeCommand(command);
    const source = sourceOf(command);
    const until = performance.now() + GIVE_UP_MS;
    const asker: Asker = { handleExecuted: () => undefined };
    const executed = new Promise<void>((resolve) => (asker.handleExecuted = resolve));
    this.#askers.set(id, asker);
    try {
      const { subjects } = this.#ports.jetStream.names;
      const subject = `${subjects[source]}.${command.kind}`;
      const { seq, duplicate } = await this.#publish(subject, text, { msgID: id }, until);
      this.#expect(source, seq);
      // A repetition of what the server is still storing has no sequence yet.
      const isStored = duplicate && seq > 0;
      await within(isStored ? this.#reach(source, seq) : executed, until);
      const { answer } = asker;
      if (answer && !answer.ok) throw answer.error;
      // No answer: it was already executed for an earlier request.
      return answer?.value ?? { answer: undefined, entries: [] };
    } finally {
      this.#askers.delete(id);
    }
  }

  /**
   * Stores a delivery unchanged.
   *
   * @returns its sequence in the stream of deliveries
   * @throws StoreDown
   */
  async keepDelivery(delivery: Delivery, id: string): Promise<number> {
    const { names } = this.#ports.jetStream;
    const { accountId, receivedAt, body, problems, unused } = delivery;
    const described = headers();
    described.set(
      'Delivery',
      JSON.stringify({ accountId, receivedAt, headers: delivery.headers, problems, unused }),
    );
    const subject = `${names.subjects.deliveries}.${Buffer.from(accountId).toString('hex')}`;
    const options = { msgID: id, headers: described };
    return (await this.#publish(subject, body, options, performance.now() + GIVE_UP_MS)).seq;
  }

  async #publish(
    subject: string,
    payload: string | Uint8Array,
    options: { msgID: string; headers?: ReturnType<typeof headers> },
    until: number,
  ): Promise<{ seq: number; duplicate: boolean }> {
    for (;;) {
      try {
        return await this.#ports.jetStream.client.publish(subject, payload, {
          ...options,
          timeout: TRY_MS,
        });
      } catch (error) {
        if (this.#closed || performance.now() + AGAIN_MS > until) {
          throw new StoreDown(`NATS does not take it (${reasonOf(error)})`, { cause: error });
        }
        await delay(AGAIN_MS);
      }
    }
  }

  /** Resolves when a message has been executed. */
  async #reach(source: Source, sequence: number): Promise<void> {
    this.#expect(source, sequence);
    if (this.#done[source] >= sequence) return;
    await new Promise<void>((reached) => this.#waiting.push({ source, sequence, reached }));
  }

  async #take(source: Source, message: JsMsg): Promise<void> {
    if (this.#closed || message.seq <= this.#received[source]) return;
    this.#received[source] = message.seq;
    this.#arrived.push({
      source,
      sequence: message.seq,
      id: message.headers?.get('Nats-Msg-Id') ?? '',
      command: this.#decode(source, message),
    });
    this.#apply();
    if (this.#arrived.length >= AHEAD) await this.#applying;
  }

  #decode(source: Source, message: JsMsg): Command | undefined {
    try {
      return decodeCommand(message.string());
    } catch (error) {
      if (error instanceof NewerCommand) {
        // Skipping it would make this node differ from the others.
        void this.close();
        this.#ports.log.error('store.newer', { stream: source, sequence: message.seq });
        throw error;
      }
      this.#ports.unreadable(source, String(message.seq), reasonOf(error));
      return undefined;
    }
  }

  #apply(): void {
    this.#applying ??= this.#applyAll().finally(() => {
      this.#applying = undefined;
      // One may have arrived after the last look, before this.
      if (this.#arrived.length > 0 && !this.#closed) this.#apply();
    });
  }

  async #applyAll(): Promise<void> {
    while (this.#arrived.length > 0 && !this.#closed) {
      const batch = this.#arrived.slice(0, BATCH);
      try {
        const answers = await this.#ports.projection.apply(batch);
        this.#arrived.splice(0, batch.length);
        for (const [index, { id, source, sequence }] of batch.entries()) {
          const answer = answers[index];
          const asker = this.#askers.get(id);
          if (asker) asker.answer = answer;
          else if (answer?.ok) this.#ports.handleElsewhere(answer.value.entries);
          this.#done[source] = sequence;
          asker?.handleExecuted();
        }
        this.#notifyReached();
      } catch (error) {
        this.#ports.log.error('store.failed', { why: reasonOf(error) });
        await delay(AGAIN_MS);
      }
    }
  }

  #notifyReached(): void {
    const isReached = ({ source, sequence }: { source: Source; sequence: number }) =>
      this.#done[source] >= sequence;
    const reached = this.#waiting.filter(isReached);
    this.#waiting = this.#waiting.filter((one) => !isReached(one));
    for (const one of reached) one.reached();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#looking);
    for (const follower of this.#followers) follower.close();
    await this.#applying;
  }
}

function sourceOf({ kind }: Command): Source {
  return kind.startsWith('agent-') ? 'agents' : 'log';
}

async function within<T>(promise: Promise<T>, until: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new StoreDown('NATS has taken it and does not give it back');
    timer = setTimeout(() => reject(error), Math.max(0, until - performance.now()));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
