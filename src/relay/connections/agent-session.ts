import type { RawData } from 'ws';
import { t } from '../../shared/i18n/i18n.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import { RateLimits } from '../../shared/lib/rate-limits.ts';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { OwnRights } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { agree, OLDEST_VERSION, PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import { reasonOf, type Log } from '../log.ts';
import type { BrowserIceServer } from '../media/ice-servers.ts';
import { refused, type Outcome, type PresenceFrame, type RingerFrame } from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import { AgentConnection } from './agent-connection.ts';
import type { Audiences } from './audience.ts';
import type { ConsoleSocket } from './console-socket.ts';
import { readFrame, type UnknownFrame } from './read-frame.ts';
import { startOfReplay } from './replay.ts';
import {
  type AnswerPorts,
  RequestAnswers,
  type RequestCoordinator,
  runsBeside,
} from './request-answers.ts';

/** How long a console may take to say hello, in ms. */
const HELLO_MS = 10_000;

/** What a console has sent and is not handled yet, in bytes: no more of it is read until it is. */
const MOST_UNHANDLED_BYTES = 1_048_576;
/** Requests of a console; each may write to the log of everybody. */
const REQUESTS = { burst: 300, perSecond: 30 };
/** Requests that wait for providers and media at once. */
const MOST_BESIDE = 32;

/** Handles the frames of a console after its hello, besides its requests. */
interface Coordinator extends RequestCoordinator {
  /** @param release of the console, if it says it */
  handleConnected(connection: AgentConnection, release: string | undefined): void;
  /** Resolves when no work is pending. */
  handleDisconnected(connection: AgentConnection, vanished: boolean): Promise<void>;
  handleAck(connection: AgentConnection, cursor: number): void;
  handlePresence(connection: AgentConnection, frame: PresenceFrame): void;
  handleRinger(connection: AgentConnection, frame: RingerFrame): void;
}

interface SessionPorts extends AnswerPorts {
  clock: Clock;
  log: Log;
  coordinator: Coordinator;
  /** STUN and TURN servers with credentials for an agent. */
  iceServers: (agentId: string) => BrowserIceServer[];
  audiences: Audiences;
  /** The rights that an agent is told. */
  rightsOf: (member: Member) => OwnRights;
  /** How long a relayed call is kept for a disconnected agent. */
  rejoinGraceMs: (member: Member) => number;
}

type Hello = Extract<FromConsole, { type: 'hello' }>;

/** One console's session, from connection to end. Frames are handled one at a time. */
export class AgentSession {
  readonly #ports: SessionPorts;
  readonly #socket: ConsoleSocket;
  readonly #agentId: string;
  #connection: AgentConnection | undefined;
  /** Frames are handled one after the other. */
  readonly #frames = new KeyedQueue((_, error) => this.#fail(error));
  #unhandledBytes = 0;
  #isClosed = false;
  #endPause: () => void = () => undefined;
  readonly #answers: RequestAnswers;
  readonly #requests: RateLimits;
  #decisions: Set<Promise<void>> | undefined;
  #cancelHello: (() => void) | undefined;

  constructor(ports: SessionPorts, socket: ConsoleSocket, { id }: Pick<Agent, 'id'>) {
    this.#ports = ports;
    this.#socket = socket;
    this.#agentId = id;
    this.#answers = new RequestAnswers(ports, id);
    const { clock } = ports;
    this.#requests = new RateLimits(REQUESTS, clock);
    this.#cancelHello = clock.at(clock.now() + HELLO_MS, () =>
      this.#refuseFrame(t('relay.noHello')),
    );
  }

  /** Handles a message from the console. */
  handleMessage(data: RawData, binary: boolean): void {
    const bytes = Buffer.isBuffer(data) ? data.length : 0;
    this.#unhandledBytes += bytes;
    if (this.#unhandledBytes > MOST_UNHANDLED_BYTES) this.#socket.pauseReading();
    this.#frames.add('', async () => {
      try {
        await this.#handle(data, binary);
      } finally {
        this.#handledBytes(bytes);
      }
    });
  }

  #handledBytes(bytes: number): void {
    const wasFull = this.#unhandledBytes > MOST_UNHANDLED_BYTES;
    this.#unhandledBytes -= bytes;
    if (wasFull && this.#unhandledBytes <= MOST_UNHANDLED_BYTES) this.#socket.resumeReading();
  }

  /**
   * The connection is gone. Its last frames are handled first, or a hello would register a console
   * that has left.
   *
   * @param saidGoodbye the console closed the connection as agreed
   * @returns resolves when the session has no pending work
   */
  async handleClosed(saidGoodbye: boolean): Promise<void> {
    this.#stopWaitingForHello();
    this.#isClosed = true;
    this.#endPause();
    await this.#frames.done();
    if (this.#connection) {
      const vanished = !saidGoodbye && !this.#socket.isRefused;
      await this.#ports.coordinator.handleDisconnected(this.#connection, vanished);
    }
    if (this.#decisions) await Promise.all(this.#decisions);
  }

  async #handle(data: RawData, binary: boolean): Promise<void> {
    if (this.#socket.isRefused) return;
    const read = readFrame(data, binary);
    if ('why' in read) return this.#refuseUnreadable(read);
    if ('unknown' in read) return this.#handleUnknown(read);
    const { frame } = read;
    const connection = this.#connection;
    if (frame.type === 'hello') {
      if (connection) return this.#refuseFrame('A second hello.');
      this.#stopWaitingForHello();
      return this.#greet(frame);
    }
    if (!connection)
      return this.#refuseFrame(`The first frame must be a hello, not ${frame.type}.`);
    if ('id' in frame) await this.#pace();
    const { coordinator } = this.#ports;
    switch (frame.type) {
      case 'ack':
        return coordinator.handleAck(connection, frame.cursor);
      case 'presence':
        return coordinator.handlePresence(connection, frame);
      case 'ringer':
        return coordinator.handleRinger(connection, frame);
      default: {
        const answered = this.#answer(connection, frame.id, this.#answers.to(connection, frame));
        return runsBeside(frame.type) ? this.#letRun(answered) : answered;
      }
    }
  }

  /** Requests beyond what an agent can mean wait, and with them everything that the console sends after them. */
  async #pace(): Promise<void> {
    const { clock } = this.#ports;
    while (!this.#requests.take('') && !this.#isClosed) {
      const waitMs = this.#requests.waitMs('');
      await new Promise<void>((resolve) => {
        const cancel = clock.at(clock.now() + waitMs, resolve);
        this.#endPause = () => {
          cancel();
          resolve();
        };
      });
    }
    while (this.#decisions && this.#decisions.size >= MOST_BESIDE) {
      await Promise.race(this.#decisions);
    }
  }

  #letRun(answered: Promise<void>): void {
    this.#decisions ??= new Set();
    const decisions = this.#decisions;
    const decision = answered
      .catch((error: unknown) => this.#fail(error))
      .finally(() => decisions.delete(decision));
    decisions.add(decision);
  }

  async #answer(connection: AgentConnection, id: number, decided: Promise<Outcome>): Promise<void> {
    const outcome = await decided;
    if (connection.send({ type: 'result', id, outcome })) return;
    connection.send({ type: 'result', id, outcome: refused('too-large') });
  }

  async #greet(hello: Hello): Promise<void> {
    const { version, release } = hello;
    const newest = hello.newest ?? version;
    const agreed = agree({ oldest: version, newest });
    if ('tooOld' in agreed) {
      const isOurs = agreed.tooOld === 'own';
      const event = isOurs ? 'agent.too-new' : 'agent.too-old';
      this.#ports.log.warn(event, { agent: this.#agentId, version: newest, release });
      return this.#socket.refuse('version', isOurs ? relayTooOld(version) : consoleTooOld(newest));
    }
    const { store, clock, coordinator, iceServers, audiences, memberOf, rightsOf, rejoinGraceMs } =
      this.#ports;
    const id = this.#agentId;
    const audience = () => audiences.of(id);
    const { from, complete, head, epoch } = await startOfReplay(store, clock, hello, (accountId) =>
      audience().hears(accountId),
    );
    const member = memberOf(id);
    if (!member) return this.#socket.refuse('unauthorized', t('relay.unknownToken'));
    const agent = { id, name: member.name };
    const rights = rightsOf(member);
    const following = { version: agreed.version, from, head, rights, audience };
    const connection = new AgentConnection(this.#socket, agent, hello.presence, following);
    this.#connection = connection;
    connection.send({
      type: 'welcome',
      version: agreed.version,
      epoch,
      now: clock.now(),
      agent,
      rights,
      iceServers: iceServers(id),
      rejoinGraceMs: rejoinGraceMs(member),
      head,
      from,
      complete,
    });
    coordinator.handleConnected(connection, release);
  }

  /** A frame of a later version. A console must not lose its calls over it. */
  #handleUnknown({ unknown, request }: UnknownFrame): void {
    if (!this.#connection)
      return this.#refuseFrame(`The first frame must be a hello, not ${unknown}.`);
    this.#ports.log.info('agent.unknown-frame', { agent: this.#agentId, type: unknown });
    if (request === undefined) return;
    this.#connection.send({ type: 'result', id: request, outcome: refused('unknown-request') });
  }

  #refuseUnreadable({ why, request }: { why: string; request?: number | undefined }): void {
    if (!this.#connection || request === undefined) return this.#refuseFrame(why);
    // One oversized request must not end a connection on which calls depend.
    this.#ports.log.warn('agent.too-large', { agent: this.#agentId, why });
    this.#connection.send({ type: 'result', id: request, outcome: refused('too-large') });
  }

  #refuseFrame(why: string): void {
    this.#ports.log.warn('agent.bad-frame', { agent: this.#agentId, why });
    this.#socket.refuse('bad-frame', why);
  }

  #fail(error: unknown): void {
    this.#ports.log.error('store.failed', { agent: this.#agentId, why: reasonOf(error) });
    this.#socket.refuse('shutting-down', t('relay.storeUnusable'));
  }

  #stopWaitingForHello(): void {
    this.#cancelHello?.();
    this.#cancelHello = undefined;
  }
}

const consoleTooOld = (own: number): string =>
  t('relay.updateRingdesk', { own, oldest: OLDEST_VERSION });

const relayTooOld = (own: number): string =>
  t('relay.updateRelay', { own, newest: PROTOCOL_VERSION });
