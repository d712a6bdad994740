import { t } from '../../shared/i18n/i18n.ts';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../shared/lib/clock.ts';
import { MAX_FRAME_BYTES } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/frames.ts';
import type { AgentDirectory } from '../agents/directory.ts';
import { clientAddress } from '../http/client-address.ts';
import { errorBody } from '../http/responses.ts';
import { reasonOf, type Log } from '../log.ts';
import { readTarget } from '../http/target.ts';
import { markProven } from '../http/unproven-sockets.ts';
import type { StreamGate } from '../media-streams/stream-upgrade.ts';
import { refuse } from './agent-connection.ts';
import { boundFrames, ConnectionBounds } from './bounds.ts';

/** Between two looks at every connection, in ms. One that has not answered since the last is cut. */
export const HEARTBEAT_MS = 10_000;

/** Between two looks whether another process has changed who may connect, in ms. */
const AGENTS_MS = 500;

/** Who was refused an upgrade has this long to read why, in ms. */
const LINGER_MS = 2_000;

interface AgentServerPorts {
  agents: AgentDirectory;
  clock: Clock;
  log: Log;
  /** A console with a valid token has connected. */
  handleConnection: (socket: WebSocket, agent: Agent) => void;
  /** Upgrades for calls' audio. */
  streams: StreamGate;
  /** Proxies that are believed when they say whom a connection comes from. */
  proxies: BlockList;
  /** A rate-limited log for what strangers can cause. */
  strangers: Pick<Log, 'warn'>;
  /** Called with every heartbeat. */
  handleHeartbeat: () => void;
}

interface WatchedSocket {
  agent: Agent;
  token: string;
  alive: boolean;
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
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  const connections = new Map<WebSocket, WatchedSocket>();
  const bounds = new ConnectionBounds(clock);

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const target = readTarget(request.url);
    if ('status' in target) return decline(stream, target.status, target.code, target.message);
    if (target.path.startsWith('/v1/streams/')) {
      ports.streams.upgrade(target, request, stream, head, decline);
      if (!stream.writableEnded) markProven(stream);
      return;
    }
    if (target.path !== '/v1/agents') {
      return decline(stream, 404, 'not-found', t('relay.wrongPath'));
    }
    const address = clientAddress(request, ports.proxies);
    const excess = bounds.excess(address);
    if (excess) {
      const { code, retryAfterSeconds } = excess;
      strangers.warn('agent.too-many', { code });
      return decline(stream, 429, code, t('relay.tooMany'), retryAfterSeconds);
    }
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) {
      return decline(stream, 401, 'token-missing', t('relay.tokenMissing'));
    }
    const agent = await agents.authenticate(token);
    if (!agent) {
      bounds.handleWrongToken(address);
      strangers.warn('agent.unauthorized');
      return decline(stream, 401, 'token-unknown', t('relay.unknownToken'));
    }
    markProven(stream);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      bounds.add(socket, agent.id, address);
      boundFrames(socket, clock);
      connections.set(socket, { agent, token, alive: true });
      const alive = () => {
        const connection = connections.get(socket);
        if (connection) connection.alive = true;
      };
      socket.on('pong', alive);
      socket.on('message', alive);
      socket.on('close', () => connections.delete(socket));
      ports.handleConnection(socket, agent);
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

  const beat = async () => {
    for (const [socket, connection] of connections) {
      if (!connection.alive) {
        log.info('agent.dead', { agent: connection.agent.id });
        socket.terminate();
        continue;
      }
      connection.alive = false;
      socket.ping();
    }
    ports.handleHeartbeat();
  };

  const failed = (error: unknown) => log.error('store.failed', { why: reasonOf(error) });
  const cancelBeat = every(clock, HEARTBEAT_MS, () => void beat().catch(failed));
  const cancelRefresh = every(clock, AGENTS_MS, () => void agents.refresh().catch(failed));

  return {
    close() {
      cancelBeat();
      cancelRefresh();
      sockets.close();
    },
    checkToken(agentId) {
      for (const [socket, { agent, token }] of connections) {
        if (agent.id !== agentId || agents.isTokenOf(agentId, token)) continue;
        refuse(socket, 'unauthorized', t('relay.unknownToken'));
      }
    },
    terminate() {
      for (const socket of connections.keys()) socket.terminate();
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
  // Nobody else watches a socket that left the HTTP server, and its peer may keep it open for ever.
  const cut = setTimeout(() => stream.destroy(), LINGER_MS);
  stream.once('close', () => clearTimeout(cut));
}
