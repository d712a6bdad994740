import { createInbox, nuid, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, type Log } from '../log.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { RemoteAudio } from '../media-streams/audio-socket.ts';
import { connectTo, type NatsSettings } from '../store/nats/jetstream.ts';
import { outcome, type NumberWebhooks } from '../../shared/protocol/frames.ts';
import { asked, audioAnswer, beat, beatsOf, type Beat, erasedAnswer } from './messages.ts';
import type {
  ConnectedElsewhere,
  Forwarded,
  NodeErased,
  NodeHandlers,
  Nodes,
  RecordingsErasure,
} from './nodes.ts';
import { NatsAudio } from './nats-audio.ts';
import { Peers } from './peers.ts';
import { publish } from './publish.ts';

const BEAT_MS = 1_000;
/** Changes within this time are sent together, in ms. */
const TOGETHER_MS = 20;
/** Live nodes answer a new node within this time, in ms. */
const HELLO_MS = 500;
/** How long to wait for another node's decision, which may need the provider, in ms. */
const ANSWER_MS = 15_000;
/** How long a console waits for another node's audio, in ms. */
const AUDIO_MS = 5_000;
/** How long to wait until another node has looked through its recordings, in ms. */
const ERASED_MS = 8_000;

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
  #announced: ReadonlyMap<string, ConnectedElsewhere> = new Map();
  #shown: ReadonlyMap<string, ConnectedElsewhere> = new Map();
  #agents: ReadonlyMap<string, ConnectedElsewhere> = new Map();
  /** Audio at other nodes that consoles here hear. */
  readonly #audioOf = new Map<string, Set<NatsAudio>>();
  #handlers: NodeHandlers | undefined;
  #erase: Parameters<Nodes['answerErasures']>[0] | undefined;
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
    if (heard.bye) this.#forgetAudio(heard.node);
    else if (heard.streams) this.#handlers?.handleStreams(heard.node, heard.streams);
    if (heard.webhooks) this.#handlers?.handleWebhooks(heard.webhooks);
    if (heard.hello) this.#tellAll();
    if (mustAsk) publish(this.#connection, this.#subjects.to(heard.node), '{"tell":true}');
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
      if (this.#peers.ids.includes(node)) continue;
      this.#log.warn('node.gone', { node });
      this.#forgetAudio(node);
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
      const announced = this.#announced.get(id);
      if (
        announced?.presence !== agent.presence ||
        announced.unreachable !== agent.unreachable ||
        announced.connectedAt !== agent.connectedAt
      ) {
        changes[id] = agent;
      }
    }
    for (const id of this.#announced.keys()) if (!this.#shown.has(id)) changes[id] = null;
    if (Object.keys(changes).length === 0) return;
    this.#announced = this.#shown;
    this.#version += 1;
    this.#publish({ agents: changes });
  }

  #tellAll(): void {
    this.#publish({ whole: true, agents: Object.fromEntries(this.#announced) });
  }

  #publish(more: Partial<Beat>): void {
    const beat = {
      node: this.id,
      run: this.#run,
      version: this.#version,
      draining: this.#draining,
      streams: this.#handlers?.localStreams(),
    };
    publish(this.#connection, this.#subjects.beat, JSON.stringify({ ...beat, ...more }));
  }

  async #decide(message: Msg): Promise<void> {
    const wanted = asked.parse(message.json());
    if ('tell' in wanted) return this.#tellAll();
    if ('token' in wanted) return void message.respond(JSON.stringify(this.#hearAt(wanted)));
    if ('erasure' in wanted) {
      const erased = await this.#erase?.(wanted);
      return void (erased && message.respond(JSON.stringify(erased)));
    }
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

  eraseRecordings(wanted: RecordingsErasure): Promise<readonly NodeErased[]> {
    const text = JSON.stringify(wanted);
    const ask = async (node: string): Promise<NodeErased> => {
      try {
        const options = { timeout: ERASED_MS };
        const answer = await this.#connection.request(this.#subjects.to(node), text, options);
        return { node, answer: erasedAnswer.parse(answer.json()) };
      } catch (error) {
        this.#log.warn('node.silent', { node, why: reasonOf(error) });
        return { node, answer: undefined };
      }
    };
    return Promise.all(this.#peers.heard.map(ask));
  }

  answerErasures(handle: Parameters<Nodes['answerErasures']>[0]): void {
    this.#erase = handle;
  }

  showStreams(): void {
    this.#publish({});
  }

  showWebhooks(webhooks: NumberWebhooks): void {
    this.#publish({ webhooks });
  }

  async openAudio(node: string, token: string): Promise<RemoteAudio | undefined> {
    if (!this.#peers.ids.includes(node)) return undefined;
    const from = createInbox();
    const wanted = JSON.stringify({ token, to: from });
    const options = { timeout: AUDIO_MS };
    try {
      const answer = await this.#connection.request(this.#subjects.to(node), wanted, options);
      const { to } = audioAnswer.parse(answer.json());
      return to === undefined ? undefined : this.#audio(node, from, to);
    } catch (error) {
      this.#log.warn('node.silent', { node, why: reasonOf(error) });
      return undefined;
    }
  }

  /** Another node's console wants to hear a call here. */
  #hearAt({ token, to }: { token: string; to: string }): z.infer<typeof audioAnswer> {
    const connect = this.#handlers?.handleAudio(token);
    if (!connect) return {};
    const from = createInbox();
    connect(this.#audio(undefined, from, to));
    return { to: from };
  }

  #audio(node: string | undefined, from: string, to: string): NatsAudio {
    const isCutOff = () => this.#peers.isCutOff(performance.now());
    const audio = new NatsAudio(this.#connection, { from, to, isCutOff });
    if (node !== undefined) {
      const ofNode = this.#audioOf.get(node) ?? new Set();
      this.#audioOf.set(node, ofNode.add(audio));
      audio.once('close', () => ofNode.delete(audio));
    }
    return audio;
  }

  /** A node is gone, and with it the audio there. */
  #forgetAudio(node: string): void {
    this.#handlers?.handleStreams(node, undefined);
    for (const audio of this.#audioOf.get(node) ?? []) audio.close();
    this.#audioOf.delete(node);
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
