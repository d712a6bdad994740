import { t } from '../../shared/i18n/i18n.ts';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Clock } from '../../shared/lib/clock.ts';
import { MAX_FRAME_BYTES } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { AgentDirectory } from '../agents/directory.ts';
import { clientAddress } from '../http/client-address.ts';
import { boundFrames } from '../http/frame-rate.ts';
import { errorBody } from '../http/responses.ts';
import { reasonOf, type Log } from '../log.ts';
import { readTarget } from '../http/target.ts';
import { markProven } from '../http/unproven-sockets.ts';
import type { StreamGate } from '../media-streams/stream-upgrade.ts';
import { ConnectionBounds, type Excess } from './bounds.ts';
import { ConsoleSocket } from './console-socket.ts';

/**
 * How often a connection is checked, in ms. If it has not answered since the last check, it is
 * closed.
 */
export const HEARTBEAT_MS = 10_000;

/** How often connections due for a check are looked for, in ms. */
const LOOK_MS = 500;

/** How often changes of agents by another process are looked for, in ms. */
const AGENTS_MS = 500;

/** How long a refused upgrade stays open so that the reason can be read, in ms. */
const LINGER_MS = 2_000;

interface AgentServerPorts {
  agents: AgentDirectory;
  clock: Clock;
  log: Log;
  /** A console with a valid token has connected. Returns what handles its messages. */
  handleConnection: (socket: ConsoleSocket, agent: Agent) => Session;
  /** Upgrades for calls' audio. */
  streams: StreamGate;
  /** Proxies whose `X-Forwarded-For` is trusted. */
  proxies: BlockList;
  /** A rate-limited log for events that strangers can cause. */
  strangers: Pick<Log, 'warn'>;
  /** Called every 10 s. */
  handleHeartbeat: () => void;
}

/** A connection that was closed, and not cut (RFC 6455, 7.4.1); 1005: without a code. */
const GOODBYES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/** Handles a console's messages. */
interface Session {
  handleMessage(data: RawData, binary: boolean): void;
  handleClosed(saidGoodbye: boolean): void;
}

/** One console's connection and its signs of life. */
interface WatchedSocket {
  socket: WebSocket;
  consoleSocket: ConsoleSocket;
  agent: Agent;
  token: string;
  alive: boolean;
  /** When it is next checked, by the relay's clock. */
  lookAt: number;
}

export interface AgentSockets {
  /** Accepts no more connections and stops watching. Open connections stay. */
  close(): void;
  /** Disconnects an agent who was removed or got a new token. */
  checkToken(agentId: string): void;
  /** Cuts every connection. */
  terminate(): void;
}

/**
 * `WS /v1/agents`: lets consoles in by their token and watches their connections. Without a valid token the upgrade
 * itself is answered with 401 and the reason as JSON, which a console can show.
 */
export function serveAgents(server: Server, ports: AgentServerPorts): AgentSockets {
  const { agents, clock, log, strangers } = ports;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const connections = new Set<WatchedSocket>();
  const bounds = new ConnectionBounds(clock);

  const watch = (socket: WebSocket, stream: Duplex, agent: Agent, token: string) => {
    const consoleSocket = new ConsoleSocket(socket, stream);
    const session = ports.handleConnection(consoleSocket, agent);
    // Spreads the checks of consoles that connected at the same time.
    const lookAt = clock.now() + Math.ceil(Math.random() * HEARTBEAT_MS);
    const watched = { socket, consoleSocket, agent, token, alive: true, lookAt };
    connections.add(watched);
    socket.on('pong', () => {
      watched.alive = true;
    });
    socket.on('message', (data, binary) => {
      watched.alive = true;
      session.handleMessage(data, binary);
    });
    socket.on('error', (error) => {
      log.info('agent.socket-error', { agent: agent.id, why: error.message });
    });
    socket.on('close', (code) => {
      connections.delete(watched);
      session.handleClosed(GOODBYES.has(code));
    });
  };

  const declineTooMany = (
    stream: Duplex,
    { code, retryAfterSeconds }: Excess,
    address: string | undefined,
  ) => {
    strangers.warn('agent.too-many', { code, address });
    decline(stream, 429, code, t('relay.tooMany'), retryAfterSeconds);
  };

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const target = readTarget(request.url);
    if ('status' in target) return decline(stream, target.status, target.code, target.message);
    const address = clientAddress(request, ports.proxies);
    if (target.path.startsWith('/v1/streams/')) {
      const excess = bounds.streamExcess(address);
      if (excess) return declineTooMany(stream, excess, address);
      const refuse: typeof decline = (socket, status, code, message) => {
        const tooMany = status === 401 ? bounds.handleStream(address, false) : undefined;
        if (status === 401) strangers.warn('stream.unauthorized', { address });
        if (tooMany) declineTooMany(socket, tooMany, address);
        else decline(socket, status, code, message);
      };
      await ports.streams.upgrade(target, request, stream, head, refuse);
      if (stream.writableEnded) return undefined;
      bounds.handleStream(address, true);
      return markProven(stream);
    }
    if (target.path !== '/v1/agents') {
      return decline(stream, 404, 'not-found', t('relay.wrongPath'));
    }
    const excess = bounds.excess(address);
    if (excess) return declineTooMany(stream, excess, address);
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) {
      return decline(stream, 401, 'token-missing', t('relay.tokenMissing'));
    }
    const agent = await agents.authenticate(token);
    if (!agent) {
      strangers.warn('agent.unauthorized', { address });
      const tooMany = bounds.handleWrongToken(address);
      if (tooMany) return declineTooMany(stream, tooMany, address);
      return decline(stream, 401, 'token-unknown', t('relay.unknownToken'));
    }
    markProven(stream);
    return sockets.handleUpgrade(request, stream, head, (socket) => {
      bounds.add(socket, agent.id, address);
      boundFrames(socket, clock);
      watch(socket, stream, agent, token);
    });
  };

  server.on('upgrade', (request, stream, head) => {
    // Without a listener, a peer that goes away during the upgrade would end the process.
    stream.on('error', (error) => log.info('agent.socket-error', { why: error.message }));
    upgrade(request, stream, head).catch((error: unknown) => {
      log.error('agent.upgrade-failed', { why: reasonOf(error) });
      decline(stream, 500, 'internal', t('relay.tokenNotLookedUp'));
    });
  });

  const look = () => {
    const now = clock.now();
    for (const watched of connections) {
      if (watched.lookAt > now) continue;
      watched.lookAt = now + HEARTBEAT_MS;
      if (!watched.alive) {
        log.info('agent.dead', { agent: watched.agent.id });
        watched.socket.terminate();
        continue;
      }
      watched.alive = false;
      watched.socket.ping();
    }
  };

  const failed = (error: unknown) => log.error('store.failed', { why: reasonOf(error) });
  const cancels = [
    every(clock, LOOK_MS, look),
    every(clock, HEARTBEAT_MS, () => ports.handleHeartbeat()),
    every(clock, AGENTS_MS, () => void agents.refresh().catch(failed)),
  ];

  return {
    close() {
      for (const cancel of cancels) cancel();
      sockets.close();
    },
    checkToken(agentId) {
      for (const { consoleSocket, agent, token } of connections) {
        if (agent.id !== agentId || agents.isTokenOf(agentId, token)) continue;
        consoleSocket.refuse('unauthorized', t('relay.unknownToken'));
      }
    },
    terminate() {
      for (const { socket } of connections) socket.terminate();
    },
  };
}

function every(clock: Clock, ms: number, task: () => void): () => void {
  let cancel: () => void = () => undefined;
  const schedule = () => {
    cancel = clock.at(clock.now() + ms, () => {
      schedule();
      task();
    });
  };
  schedule();
  return () => cancel();
}

/** Answers an upgrade with an ordinary HTTP response, and closes the connection. */
function decline(
  stream: Duplex,
  status: number,
  code: string,
  message: string,
  retryAfterSeconds?: number,
): void {
  const body = JSON.stringify(errorBody(code, message));
  stream.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
      'connection: close',
      'content-type: application/json; charset=utf-8',
      ...(retryAfterSeconds === undefined ? [] : [`retry-after: ${retryAfterSeconds}`]),
      ...(status === 401 ? ['www-authenticate: Bearer'] : []),
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
  // Nothing else watches a socket that left the HTTP server, and its peer may keep it open forever.
  const cut = setTimeout(() => stream.destroy(), LINGER_MS);
  stream.once('close', () => clearTimeout(cut));
}
