import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Server as SocketIoServer } from 'socket.io';
import { WebSocketServer, type WebSocket } from 'ws';
import { createRelay } from '../../../src/relay/app.ts';
import { parseConfig } from '../../../src/relay/config/load.ts';
import { listen } from '../../../src/relay/http/server.ts';
import {
  accountOf,
  APP_SECRET,
  HOST,
  kinds,
  numberIdOf,
  type Kind,
  type Reply,
  type Request,
} from './wire.ts';

/**
 * The measured process: one server and nothing else. Arguments: its kind, and its numbers
 * of agents and workspaces.
 */
const [given, agentCount, workspaceCount] = process.argv.slice(2);

interface Served {
  url: string;
  tokens: readonly string[];
  close: () => Promise<unknown>;
}

const servers: Record<Kind, () => Promise<Served>> = {
  relay: serveRelay,
  'socket.io': serveSocketIo,
  ws: serveWs,
};

async function serveRelay(): Promise<Served> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ringdesk-bench-'));
  const consoles = Number(agentCount);
  const count = Number(workspaceCount);
  const workspaces = Array.from({ length: count }, (_, index) => ({
    id: `workspace-${index}`,
    name: `Workspace ${index}`,
    accounts: [
      {
        id: accountOf(index),
        provider: 'meta',
        phoneNumberId: numberIdOf(index),
        appSecret: APP_SECRET,
        verifyToken: 'the-verify-token',
      },
    ],
  }));
  const config = { version: 1, listen: { host: HOST, port: 0 }, dataDir, workspaces };
  const relay = await createRelay(parseConfig(config, dataDir));
  const agents = Array.from({ length: consoles }, (_, index) => ({
    id: `agent-${index}`,
    name: `Agent ${index}`,
    workspace: `workspace-${index % count}`,
  }));
  const added = consoles > 0 ? await relay.agents.addAll(agents) : [];
  const tokens = added.map(({ token }) => token);
  const close = async () => {
    await relay.close();
    rmSync(dataDir, { recursive: true });
  };
  return { url: relay.url, tokens, close };
}

/** Broadcasts what is posted to a room, and keeps it for consoles that come back. */
async function serveSocketIo(): Promise<Served> {
  const server = createServer();
  const sockets = new SocketIoServer(server, {
    transports: ['websocket'],
    connectionStateRecovery: {},
    serveClient: false,
  });
  sockets.on('connection', (socket) => void socket.join(String(socket.handshake.query['room'])));
  answerPosts(server, (room, entry) => sockets.to(room).emit('entry', entry));
  return { url: await open(server), tokens: [], close: () => sockets.close() };
}

/** Broadcasts what is posted to a room, serialised once, and keeps nothing. */
async function serveWs(): Promise<Served> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, clientTracking: false });
  const rooms = new Map<string, Set<WebSocket>>();
  sockets.on('connection', (socket, { url = '' }) => {
    const room = rooms.get(url) ?? new Set();
    rooms.set(url, room.add(socket));
    socket.on('close', () => room.delete(socket));
  });
  answerPosts(server, (room, entry) => {
    const frame = Buffer.from(JSON.stringify(entry));
    for (const socket of rooms.get(`/${room}`) ?? []) socket.send(frame, { binary: false });
  });
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: await open(server), tokens: [], close };
}

/** Answers every POST at once and broadcasts its body as an entry of a log that is not kept. */
function answerPosts(server: Server, broadcast: (room: string, entry: unknown) => void): void {
  let cursor = 0;
  server.on('request', (request: IncomingMessage, response) => {
    if (request.method !== 'POST') return;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      response.end('{"received":true}');
      const room = request.url?.slice(1) ?? '';
      broadcast(room, { type: 'entry', cursor: ++cursor, at: Date.now(), body });
    });
  });
}

const open = (server: Server) => listen(server, { host: HOST, port: 0 });

const say = (reply: Reply): void => void process.send?.(reply);

const kind = kinds.find((one) => one === given);
if (kind === undefined) throw new Error(`Name a kind of server: ${kinds.join(', ')}`);
const served = await servers[kind]();

process.on('message', (request: Request) => {
  switch (request.ask) {
    case 'usage': {
      if (request.settled) collectGarbage();
      const { user, system } = process.cpuUsage();
      const { heapUsed, external } = process.memoryUsage();
      say({ is: 'usage', cpuUs: user + system, heldBytes: heapUsed + external });
      return;
    }
    case 'end':
      void served.close().then(() => process.exit());
  }
});
// The bench has ended without asking.
process.on('disconnect', () => void served.close().then(() => process.exit()));
say({ is: 'ready', url: served.url, tokens: served.tokens });

function collectGarbage(): void {
  if (!globalThis.gc) throw new Error('Start this process with --expose-gc.');
  globalThis.gc();
  globalThis.gc();
}
