import { nuid, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, type Log } from '../log.ts';
import { refused, type Outcome } from '../outcome.ts';
import { connectTo, type NatsSettings } from '../store/nats/jetstream.ts';
import { outcome } from '../../shared/protocol/frames.ts';
import { asked, beat, beatsOf, type Beat } from './messages.ts';
import type { ConnectedElsewhere, Forwarded, NodeHandlers, Nodes } from './nodes.ts';
import { Peers } from './peers.ts';

const BEAT_MS = 1_000;
/** Changes within this time are sent together, in ms. */
const TOGETHER_MS = 20;
/** Live nodes answer a new node within this time, in ms. */
const HELLO_MS = 500;
/** How long to wait for another node's decision, which may need the provider, in ms. */
const ANSWER_MS = 15_000;

interface NatsNodesOptions extends NatsSettings {
  dataDir: string;
  log: Log;
}

/**
 * Joins the relays that serve a store in NATS. They exchange plain messages rather than use a
 * JetStream bucket: a bucket stalls while JetStream elects a leader, and all its leases would
 * expire at once.
 *
 * @throws Error that tells a person what to do if no server answers
 */
export async function joinNatsNodes(options: NatsNodesOptions): Promise<Nodes> {
  const connection = await connectTo(options);
  return new NatsNodes(connection, options, nodeIdIn(options.dataDir));
}

/** The node's name, kept in its data folder so that it survives a restart. */
function nodeIdIn(dataDir: string): string {
  const file = path.join(dataDir, 'node-id');
  try {
    const known = readFileSync(file, 'utf8').trim();
    if (known !== '') return known;
  } catch {
    // The first start.
  }
  const id = nuid.next();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(file, id, { mode: 0o600 });
  return id;
}

class NatsNodes implements Nodes {
  readonly id: string;
  readonly #connection: NatsConnection;
  readonly #log: Log;
  readonly #subjects: { beat: string; to: (node: string) => string };
  readonly #peers: Peers;
  readonly #run = nuid.next();
  #version = 0;
  #draining = false;
  /** What was last sent to the others. */
  #told: ReadonlyMap<string, ConnectedElsewhere> = new Map();
  #shown: ReadonlyMap<string, ConnectedElsewhere> = new Map();
  #agents: ReadonlyMap<string, ConnectedElsewhere> = new Map();
  #handlers: NodeHandlers | undefined;
  #beating: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;

  constructor(connection: NatsConnection, { prefix, log }: NatsNodesOptions, id: string) {
    this.#connection = connection;
    this.#log = log;
    this.id = id;
    this.#subjects = { beat: beatsOf(prefix), to: (node) => `${prefix}.node.${node}` };
    this.#peers = new Peers(id, performance.now());
  }

  agents = () => this.#agents;
  hasOthers = () => this.#peers.ids.length > 0;
  mayHaveOthers = () => this.#peers.mayHaveOthers;
  hearsOthers = () => !this.mayHaveOthers() || this.#peers.canJudge(performance.now());
  isGone = (node: string | undefined) => this.#peers.isGone(node, performance.now());
  isFirst = () => this.#peers.ids.every((other) => this.id < other);

  forNewCall() {
    if (!this.#draining) return this.id;
    return this.#peers.open[0] ?? this.id;
  }

  async start(handlers: NodeHandlers): Promise<void> {
    this.#handlers = handlers;
    this.#connection.subscribe(this.#subjects.beat, {
      callback: (_error, message) => this.#guarded(() => this.#hear(message)),
    });
    this.#connection.subscribe(this.#subjects.to(this.id), {
      callback: (_error, message) => this.#guarded(() => this.#decide(message)),
    });
    this.#publish({ hello: true });
    this.#beating = setInterval(() => this.#beat(), BEAT_MS);
    await delay(HELLO_MS);
  }

  #guarded(task: () => void | Promise<void>): void {
    const failed = (error: unknown) => this.#log.warn('node.failed', { why: reasonOf(error) });
    try {
      task()?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #hear(message: Msg): void {
    const heard = beat.parse(message.json());
    const now = performance.now();
    if (heard.node === this.id) {
      if (heard.run === this.#run) this.#peers.handleOwn(now);
      return;
    }
    const before = this.#peers.ids;
    const { moved, mustAsk } = this.#peers.handle(heard, now);
    if (this.#peers.ids.length !== before.length) {
      this.#log.info('node.heard', { node: heard.node, left: heard.bye });
    }
    if (heard.hello) this.#tellAll();
    if (mustAsk) this.#connection.publish(this.#subjects.to(heard.node), '{"tell":true}');
    this.#handleMoved(moved);
  }

  #handleMoved(moved: Parameters<NodeHandlers['handleAgents']>[0]): void {
    if (moved.length === 0) return;
    this.#agents = this.#peers.agents();
    this.#handlers?.handleAgents(moved);
  }

  #beat(): void {
    this.#publish({});
    const before = this.#peers.ids;
    const moved = this.#peers.expire(performance.now());
    for (const node of before) {
      if (!this.#peers.ids.includes(node)) this.#log.warn('node.gone', { node });
    }
    this.#handleMoved(moved);
    this.#handlers?.handleBeat();
    if (this.#peers.takeCutOff()) this.#handlers?.handleBack();
  }

  show(agents: ReadonlyMap<string, ConnectedElsewhere>): void {
    this.#shown = agents;
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#tellChanges();
    }, TOGETHER_MS);
  }

  #tellChanges(): void {
    const changes: NonNullable<Beat['agents']> = {};
    for (const [id, agent] of this.#shown) {
      const told = this.#told.get(id);
      if (told?.presence !== agent.presence || told.connectedAt !== agent.connectedAt) {
        changes[id] = agent;
      }
    }
    for (const id of this.#told.keys()) if (!this.#shown.has(id)) changes[id] = null;
    if (Object.keys(changes).length === 0) return;
    this.#told = this.#shown;
    this.#version += 1;
    this.#publish({ agents: changes });
  }

  #tellAll(): void {
    this.#publish({ whole: true, agents: Object.fromEntries(this.#told) });
  }

  #publish(more: Partial<Beat>): void {
    if (this.#connection.isClosed()) return;
    const told = {
      node: this.id,
      run: this.#run,
      version: this.#version,
      draining: this.#draining,
    };
    this.#connection.publish(this.#subjects.beat, JSON.stringify({ ...told, ...more }));
  }

  async #decide(message: Msg): Promise<void> {
    const wanted = asked.parse(message.json());
    if ('tell' in wanted) return this.#tellAll();
    const decided = await this.#handlers?.handleForwarded(wanted);
    message.respond(JSON.stringify(decided ?? refused('unknown')));
  }

  async forward(node: string, wanted: Forwarded): Promise<Outcome> {
    try {
      const subject = this.#subjects.to(node);
      const options = { timeout: ANSWER_MS };
      const answer = await this.#connection.request(subject, JSON.stringify(wanted), options);
      return outcome.parse(answer.json());
    } catch (error) {
      this.#log.warn('node.silent', { node, why: reasonOf(error) });
      return refused('media');
    }
  }

  drain(): void {
    this.#draining = true;
    this.#publish({});
  }

  async close(callsGoOn: boolean): Promise<void> {
    clearInterval(this.#beating);
    clearTimeout(this.#telling);
    this.#publish({ bye: callsGoOn ? 'back-soon' : 'gone' });
    await this.#connection.drain().catch(() => undefined);
  }
}
