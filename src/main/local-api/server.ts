import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../../shared/lib/clock.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import { parseJson } from '../../shared/lib/parse-json.ts';
import { describe, type Log } from '../log.ts';
import type { Answer } from './answer.ts';
import { Guard, type Refused } from './guard.ts';
import type { Routes } from './routes.ts';

const HOST = '127.0.0.1';
const MOST_BYTES = 16_384;
/** How many ports from the wanted one on are tried. Windows keeps whole ranges for itself (EACCES). */
const TRIES = 10;
const LAST_PORT = 65_535;

export interface LocalServerOptions {
  /** The port to begin with. */
  port: number;
  token: () => string;
  routes: Routes;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** A running server, for programs on this machine alone. */
export interface LocalServer {
  port: number;
  /** Ends every connection. */
  close: () => Promise<void>;
}

/** Starts it on the first free port from the wanted one on, or on any. @throws what the system says if none is */
export async function openLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const guard = new Guard(options.clock);
  const server = createServer({
    maxHeaderSize: 8_192,
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
  });
  server.maxConnections = 20;
  const port = await listen(server, options.port);
  server.on('request', (request, response) => {
    void answer(request, response, port, guard, options);
  });
  return {
    port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, first: number): Promise<number> {
  const near = Array.from({ length: TRIES }, (_, n) => first + n).filter((one) => one <= LAST_PORT);
  // The system knows a free one.
  for (const port of [...near, 0]) {
    try {
      const listening = once(server, 'listening');
      server.listen({ host: HOST, port, exclusive: true });
      await listening;
      break;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (port === 0 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    }
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : first;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  guard: Guard,
  { token, routes, log }: LocalServerOptions,
): Promise<void> {
  const refused = guard.check(request, port, token());
  // A page could fill the log.
  if (refused) return refuse(response, refused);
  // Neither a host nor a query belongs to a path here.
  const path = request.url ?? '';
  const route = routes.find((one) => one.path.test(path));
  // Paths hold ids of calls, and may hold anything.
  response.once('finish', () => {
    log.info(`local api: ${route?.name ?? 'unknown path'}: ${response.statusCode}`);
  });
  if (!route)
    return refuse(response, { status: 404, error: 'no-such-path', message: 'See the docs.' });
  if (request.method !== route.method) {
    const allowed = { status: 405, error: 'wrong-method', message: `Use ${route.method}.` };
    return refuse(response, { ...allowed, headers: { Allow: route.method } });
  }
  try {
    const body = route.method === 'GET' ? {} : await bodyOf(request);
    if ('error' in body) return refuse(response, body);
    const [, part = ''] = route.path.exec(path) ?? [];
    send(response, await route.run(body.value, part));
  } catch (error) {
    // The program has left; nobody hears an answer.
    if (request.errored) return log.info(`local api: ${route.name}: broken off`);
    log.error(`local api: ${describe(error)}`);
    refuse(response, { status: 500, error: 'internal', message: 'See the log of Ringdesk.' });
  }
}

async function bodyOf(request: IncomingMessage): Promise<{ value?: unknown } | Refused> {
  const type = request.headers['content-type'] ?? '';
  // Without it a page could send a body without asking first.
  if (!/^application\/json(?:;|$)/i.test(type))
    return { status: 415, error: 'not-json', message: 'Send Content-Type: application/json.' };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MOST_BYTES)
      return { status: 413, error: 'too-long', message: `Send at most ${MOST_BYTES} bytes.` };
    chunks.push(chunk);
  }
  // Programs for Windows begin what they send with a byte order mark.
  const text = decodeText(Buffer.concat(chunks));
  const parsed = text.ok ? parseJson(text.value) : text;
  if (parsed.ok) return { value: parsed.value };
  return { status: 400, error: 'not-json', message: `The body is not JSON: ${parsed.error}` };
}

function refuse(response: ServerResponse, { headers, status, ...body }: Refused): void {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  // What is left of the request is not read.
  response.setHeader('Connection', 'close');
  send(response, { status, body });
}

/** No CORS headers, so that no page can read an answer. */
function send(response: ServerResponse, { status, body }: Answer): void {
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (body === undefined) return void response.end();
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(`${JSON.stringify(body)}\n`);
}
