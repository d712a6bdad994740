import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import { t } from '../../shared/i18n/i18n.ts';
import type { RawData } from 'ws';
import { z } from 'zod';
import type { Clock } from '../../shared/lib/clock.ts';
import { fromConsole, type FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { Agent, OwnRights } from '../../shared/protocol/frames.ts';
import { agree, OLDEST_VERSION, PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import { RateLimits } from '../../shared/lib/rate-limits.ts';
import { reasonOf, type Log } from '../log.ts';
import type { BrowserIceServer } from '../media/ice-servers.ts';
import type { Member, Store } from '../store/store.ts';
import { AgentConnection } from './agent-connection.ts';
import type { ConsoleSocket } from './console-socket.ts';
import type { Access } from '../access/access.ts';
import type { Audiences } from './audience.ts';
import type { AdminRequest } from '../../shared/protocol/agent-admin.ts';
import {
  refused,
  type BoardFrame,
  type DialFrame,
  type InsightFrame,
  type Outcome,
  type PresenceFrame,
  type RingerFrame,
  type Request,
  type TeamCallsFrame,
} from '../outcome.ts';
import { readNotes, type ReportFrame } from './message-log.ts';
import { readPeople, type DescribedFrame, type PeopleFrame } from './people-requests.ts';
import type { TeamMessages } from './team-messages.ts';
import { readErasures } from '../agents/erasures.ts';
import { readTodos, type TodoFrame } from './todo-requests.ts';
import { startOfReplay } from './replay.ts';

/** How long a console may take to say hello, in ms. */
const HELLO_MS = 10_000;

/** What a console has sent and is not handled yet, in bytes: no more of it is read until it is. */
const MOST_UNHANDLED_BYTES = 1_048_576;
/** Requests of a console; each may write to the log of everybody. */
const REQUESTS = { burst: 300, perSecond: 30 };
/** Requests that wait for providers and media at once. */
const MOST_BESIDE = 32;

/** Handles the frames of a console after its hello. */
interface Coordinator {
  /** @param release of the console, if it says it */
  handleConnected(connection: AgentConnection, release: string | undefined): void;
  /** Resolves when no work is pending. */
  handleDisconnected(connection: AgentConnection, vanished: boolean): Promise<void>;
  handleAck(connection: AgentConnection, cursor: number): void;
  handlePresence(connection: AgentConnection, frame: PresenceFrame): void;
  handleRinger(connection: AgentConnection, frame: RingerFrame): void;
  handleRequest(connection: AgentConnection, request: Request): Promise<Outcome>;
  handleReport(connection: AgentConnection, frame: ReportFrame): Promise<Outcome>;
  handleDescribed(connection: AgentConnection, frame: DescribedFrame): Promise<Outcome>;
  handlePeople(connection: AgentConnection, frame: PeopleFrame): Promise<Outcome>;
  handleTodo(connection: AgentConnection, frame: TodoFrame): Promise<Outcome>;
  handleDial(connection: AgentConnection, frame: DialFrame): Promise<Outcome>;
}

interface SessionPorts {
  store: Store;
  clock: Clock;
  log: Log;
  coordinator: Coordinator;
  access: Access;
  /** STUN and TURN servers with credentials for an agent. */
  iceServers: (agentId: string) => BrowserIceServer[];
  audiences: Audiences;
  administration: {
    handle(admin: () => Member | undefined, request: AdminRequest): Promise<Outcome>;
  };
  teamMessages: Pick<TeamMessages, 'tell' | 'read'>;
  /** What supervisors are told about the team's calls. */
  reports: {
    board(member: Member | undefined, frame: BoardFrame): Promise<Outcome>;
    calls(member: Member | undefined, frame: TeamCallsFrame): Promise<Outcome>;
    insight(member: Member | undefined, frame: InsightFrame): Promise<Outcome>;
  };
  /** What is known of the relay's clock, and of the webhooks of the agent's numbers. */
  checks: (member: Member | undefined) => Promise<Outcome>;
  /** Sends the agent back what they say. */
  echo: (agentId: string, offerSdp: string) => Promise<Outcome>;
  /** The agent as they are now; undefined if they may no longer connect. */
  memberOf: (agentId: string) => Member | undefined;
  /** The rights that an agent is told. */
  rightsOf: (member: Member) => OwnRights;
  /** How long a relayed call is kept for a disconnected agent. */
  rejoinGraceMs: (member: Member) => number;
}

type Hello = Extract<FromConsole, { type: 'hello' }>;

/**
 * Whether a request runs concurrently with others, because it may wait for the provider or the
 * media while the agent changes their mind.
 */
const isDecidedBeside: Readonly<Record<Request['type'], boolean>> = {
  reserve: false,
  release: false,
  decline: false,
  claim: true,
  leg: true,
  place: true,
  'hang-up': true,
  hold: true,
  resume: true,
  transfer: true,
  'transfer-to-team': true,
  'transfer-cancel': true,
  'transfer-complete': true,
  record: true,
  supervise: true,
  'take-over': true,
  stream: true,
};

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
  readonly #requests: RateLimits;
  #decisions: Set<Promise<void>> | undefined;
  #cancelHello: (() => void) | undefined;

  constructor(ports: SessionPorts, socket: ConsoleSocket, { id }: Pick<Agent, 'id'>) {
    this.#ports = ports;
    this.#socket = socket;
    this.#agentId = id;
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
      case 'checks':
        // It may ask a provider for the time.
        return this.#letRun(
          this.#answer(
            connection,
            frame.id,
            this.#ports.checks(this.#ports.memberOf(this.#agentId)),
          ),
        );
      case 'echo':
        // It may ask a STUN server for the relay's address.
        return this.#letRun(
          this.#answer(connection, frame.id, this.#ports.echo(this.#agentId, frame.sdp)),
        );
      case 'sent':
      case 'noted':
      case 'placed':
      case 'measured':
        return this.#answer(connection, frame.id, coordinator.handleReport(connection, frame));
      case 'described':
        return this.#answer(connection, frame.id, coordinator.handleDescribed(connection, frame));
      case 'people':
        return this.#answer(connection, frame.id, coordinator.handlePeople(connection, frame));
      case 'known-people': {
        const member = this.#ports.memberOf(this.#agentId);
        return this.#answer(connection, frame.id, readPeople(this.#ports, member, frame));
      }
      case 'notes': {
        const member = this.#ports.memberOf(this.#agentId);
        return this.#answer(connection, frame.id, readNotes(this.#ports, member, frame.before));
      }
      case 'todo':
        return this.#answer(connection, frame.id, coordinator.handleTodo(connection, frame));
      case 'tell':
      case 'told-read': {
        const { teamMessages, memberOf } = this.#ports;
        const member = memberOf(this.#agentId);
        const answered =
          frame.type === 'tell'
            ? teamMessages.tell(member, frame)
            : teamMessages.read(member, frame);
        return this.#answer(connection, frame.id, answered);
      }
      case 'board':
      case 'team-calls':
      case 'insight':
        // The first answer after a start may take a while.
        return this.#letRun(this.#answer(connection, frame.id, this.#report(frame)));
      case 'todos': {
        const member = this.#ports.memberOf(this.#agentId);
        return this.#answer(connection, frame.id, readTodos(this.#ports, member, frame));
      }
      case 'erasures': {
        const member = this.#ports.memberOf(this.#agentId);
        return this.#answer(connection, frame.id, readErasures(this.#ports, member, frame.after));
      }
      case 'admin': {
        const member = () => this.#ports.memberOf(this.#agentId);
        const answered = this.#ports.administration.handle(member, frame.request);
        return this.#answer(connection, frame.id, answered);
      }
      case 'dial':
        return this.#answer(connection, frame.id, coordinator.handleDial(connection, frame));
      default: {
        const answered = this.#answer(
          connection,
          frame.id,
          coordinator.handleRequest(connection, frame),
        );
        return isDecidedBeside[frame.type] ? this.#letRun(answered) : answered;
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

  #report(frame: BoardFrame | TeamCallsFrame | InsightFrame): Promise<Outcome> {
    const { reports, memberOf } = this.#ports;
    const member = memberOf(this.#agentId);
    switch (frame.type) {
      case 'board':
        return reports.board(member, frame);
      case 'team-calls':
        return reports.calls(member, frame);
      case 'insight':
        return reports.insight(member, frame);
      default:
        return frame satisfies never;
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

const numbered = z.object({ id: z.number().int() });
const typed = z.object({ type: z.string().max(40) });

interface UnknownFrame {
  /** Its type. */
  unknown: string;
  /** The number of the request, if it is one. */
  request: number | undefined;
}

/** `request`: the number of a request that is valid except for an overlong text. */
function readFrame(
  data: RawData,
  binary: boolean,
): { frame: FromConsole } | UnknownFrame | { why: string; request?: number | undefined } {
  if (binary || !Buffer.isBuffer(data)) return { why: 'Frames are JSON text.' };
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return { why: t('relay.frameNotJson') };
  }
  const parsed = fromConsole.safeParse(value);
  if (parsed.success) return { frame: parsed.data };
  const request = numbered.safeParse(value).data?.id;
  const { type } = typed.safeParse(value).data ?? {};
  if (type !== undefined && !isKnown(type)) return { unknown: type, request };
  const issue = parsed.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  const why = `The frame is not understood: ${where} ${issue?.message ?? ''}`.trim();
  const isTooLarge = parsed.error.issues.every(({ code }) => code === 'too_big');
  return { why, request: isTooLarge ? request : undefined };
}

const isKnown = (type: string): boolean =>
  fromConsole.options.some(({ shape }) => shape.type.value === type);

const consoleTooOld = (own: number): string =>
  t('relay.updateRingdesk', { own, oldest: OLDEST_VERSION });

const relayTooOld = (own: number): string =>
  t('relay.updateRelay', { own, newest: PROTOCOL_VERSION });
