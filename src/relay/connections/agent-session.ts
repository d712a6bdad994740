import { t } from '../../shared/i18n/i18n.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { fromConsole, type FromConsole } from '../../shared/protocol/agent-frames.ts';
import { PROTOCOL_VERSION, type Agent, type OwnRights } from '../../shared/protocol/frames.ts';
import type { Access } from '../access/access.ts';
import { reasonOf, type Log } from '../log.ts';
import type { BrowserIceServer } from '../media/ice-servers.ts';
import type { Member, Store } from '../store/store.ts';
import { AgentConnection, isRefused, refuse } from './agent-connection.ts';
import type { Outcome, Request } from '../outcome.ts';
import type { SentFrame } from './message-log.ts';
import { startOfReplay } from './replay.ts';

/** A console that connects must say hello within this, in ms. */
const HELLO_MS = 10_000;

/** What acts on the frames of a console that has said hello. */
interface Coordinator {
  handleConnected(connection: AgentConnection): void;
  handleDisconnected(connection: AgentConnection): void;
  pump(connection: AgentConnection): void;
  handlePresence(connection: AgentConnection, presence: AgentConnection['presence']): void;
  handleRequest(connection: AgentConnection, request: Request): Promise<Outcome>;
  handleSent(connection: AgentConnection, frame: SentFrame): Promise<Outcome>;
}

interface SessionPorts {
  store: Store;
  clock: Clock;
  log: Log;
  coordinator: Coordinator;
  /** STUN and TURN servers with credentials for an agent. */
  iceServers: (agentId: string) => BrowserIceServer[];
  access: Access;
  /** The agent as they are now; undefined when they may not connect any more. */
  memberOf: (agentId: string) => Member | undefined;
  /** What an agent is told of their rights. */
  rightsOf: (member: Member) => OwnRights;
  /** How long a relayed call is kept for an agent who is cut off. */
  rejoinGraceMs: (member: Member) => number;
}

type Hello = Extract<FromConsole, { type: 'hello' }>;

/**
 * Talks with one console, from its connection to its end. Frames are handled one after the other.
 *
 * @returns resolves when the connection is gone and nothing of it is left to do
 */
export function runSession(ports: SessionPorts, socket: WebSocket, agent: Agent): Promise<void> {
  const { coordinator, clock, log } = ports;
  let connection: AgentConnection | undefined;
  const frames = new KeyedQueue((_agent, error) => failed(error));
  const decisions = new Set<Promise<void>>();

  const bad = (message: string) => {
    log.warn('agent.bad-frame', { agent: agent.id, why: message });
    refuse(socket, 'bad-frame', message);
  };
  const cancelHello = clock.at(clock.now() + HELLO_MS, () => bad(t('relay.noHello')));

  const handle = async (data: RawData, binary: boolean): Promise<void> => {
    if (isRefused(socket)) return;
    const read = readFrame(data, binary);
    if ('why' in read) {
      if (!connection || read.request === undefined) return bad(read.why);
      // One request that is too large ends no connection on which calls depend.
      log.warn('agent.too-large', { agent: agent.id, why: read.why });
      connection.send({
        type: 'result',
        id: read.request,
        outcome: { kind: 'refused', why: 'too-large' },
      });
      return;
    }
    const { frame } = read;
    if (frame.type === 'hello') {
      if (connection) return bad('A second hello.');
      cancelHello();
      connection = await greet(ports, socket, agent, frame);
      return;
    }
    if (!connection) return bad(`The first frame must be a hello, not ${frame.type}.`);
    switch (frame.type) {
      case 'ack':
        if (connection.ack(frame.cursor)) coordinator.pump(connection);
        return;
      case 'presence':
        return coordinator.handlePresence(connection, frame.presence);
      case 'reserve':
      case 'release':
      case 'decline':
        return answer(frame, coordinator.handleRequest(connection, frame));
      // These may wait for the provider or the media; the agent may change their mind meanwhile.
      case 'claim':
      case 'leg':
      case 'place':
      case 'hang-up':
      case 'hold':
      case 'resume':
      case 'transfer':
      case 'transfer-cancel':
      case 'transfer-complete':
      case 'supervise':
      case 'stream': {
        const decision = answer(frame, coordinator.handleRequest(connection, frame))
          .catch(failed)
          .finally(() => decisions.delete(decision));
        decisions.add(decision);
        return;
      }
      case 'sent':
        return answer(frame, coordinator.handleSent(connection, frame));
      default:
        return assertNever(frame, 'frame');
    }
  };

  const answer = async ({ id }: { id: number }, decided: Promise<Outcome>): Promise<void> => {
    const outcome = await decided;
    connection?.send({ type: 'result', id, outcome });
  };

  const failed = (error: unknown) => {
    log.error('store.failed', { agent: agent.id, why: reasonOf(error) });
    refuse(socket, 'shutting-down', t('relay.storeUnusable'));
  };

  /** When the connection is gone: its last frames are handled first, or a hello would enter a console that has left. */
  const over = async (): Promise<void> => {
    await frames.done();
    if (connection) await leave(ports, connection);
    await Promise.all(decisions);
  };

  socket.on('message', (data, binary) => {
    frames.add(agent.id, () => handle(data, binary));
  });
  socket.on('error', (error) => {
    log.info('agent.socket-error', { agent: agent.id, why: error.message });
  });
  return new Promise((resolve) => {
    socket.on('close', () => {
      cancelHello();
      resolve(over());
    });
  });
}

async function leave(
  { store, clock, log, coordinator }: SessionPorts,
  connection: AgentConnection,
): Promise<void> {
  coordinator.handleDisconnected(connection);
  await store.agents
    .acknowledged(connection.agent.id, connection.acked, clock.now())
    .catch((error: unknown) => log.error('store.failed', { why: reasonOf(error) }));
}

async function greet(
  { store, clock, coordinator, iceServers, access, memberOf, ...ports }: SessionPorts,
  socket: WebSocket,
  { id }: Agent,
  hello: Hello,
): Promise<AgentConnection | undefined> {
  if (hello.version !== PROTOCOL_VERSION) {
    refuse(socket, 'version', versionMismatch(hello.version));
    return undefined;
  }
  const hears = (accountId: string | undefined) => {
    const me = memberOf(id);
    return me !== undefined && access.hears(me, accountId);
  };
  const { from, complete, head, epoch } = await startOfReplay(store, clock, hello, hears);
  const member = memberOf(id);
  if (!member) {
    refuse(socket, 'unauthorized', t('relay.unknownToken'));
    return undefined;
  }
  const agent = { id, name: member.name };
  const rights = ports.rightsOf(member);
  const connection = new AgentConnection(socket, store, agent, hello.presence, {
    from,
    head,
    rights,
    hears: (entry) => {
      const me = memberOf(id);
      return me !== undefined && access.hearsEntry(me, entry);
    },
  });
  const now = clock.now();
  connection.send({
    type: 'welcome',
    version: PROTOCOL_VERSION,
    epoch,
    now,
    agent,
    rights,
    iceServers: iceServers(id),
    rejoinGraceMs: ports.rejoinGraceMs(member),
    head,
    from,
    complete,
  });
  coordinator.handleConnected(connection);
  coordinator.pump(connection);
  return connection;
}

const numbered = z.object({ id: z.number().int() });

/** `request`: the number of a request that is understood but for a text that is too long. */
function readFrame(
  data: RawData,
  binary: boolean,
): { frame: FromConsole } | { why: string; request?: number | undefined } {
  if (binary || !Buffer.isBuffer(data)) return { why: 'Frames are JSON text.' };
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return { why: t('relay.frameNotJson') };
  }
  const parsed = fromConsole.safeParse(value);
  if (parsed.success) return { frame: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  const why = `The frame is not understood: ${where} ${issue?.message ?? ''}`.trim();
  const isTooLarge = parsed.error.issues.every(({ code }) => code === 'too_big');
  return { why, request: isTooLarge ? numbered.safeParse(value).data?.id : undefined };
}

function versionMismatch(own: number): string {
  const values = { relay: PROTOCOL_VERSION, own };
  return own < PROTOCOL_VERSION
    ? t('relay.updateRingdesk', values)
    : t('relay.updateRelay', values);
}
