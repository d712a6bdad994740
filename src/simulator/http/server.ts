import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { assertNever } from '../../shared/lib/assert-never.ts';

export interface HttpRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export type HttpReply =
  | {
      kind: 'json';
      status: number;
      body: unknown;
      headers?: Readonly<Record<string, string>> | undefined;
      afterSent?: (() => void) | undefined;
    }
  | { kind: 'file'; type: string; content: Buffer }
  /** Closes the connection without an answer. */
  | { kind: 'reset' }
  /** Server-sent events; `start` gets the writer and returns a function that stops. */
  | { kind: 'events'; start(write: (data: unknown) => void): () => void };

export const json = (status: number, body: unknown, afterSent?: () => void): HttpReply => ({
  kind: 'json',
  status,
  body,
  afterSent,
});

/** Manual actions must not fail: throws with the refusal's message. */
export function mustSucceed(reply: HttpReply): void {
  if (reply.kind !== 'json') return;
  if (reply.status >= 400) throw new Error(JSON.stringify(reply.body));
  reply.afterSent?.();
}

const MAX_BODY_BYTES = 1_000_000;

/**
 * The simulator's HTTP server. A handler that throws answers 500 with its message, because this is
 * a test tool.
 */
export async function listen(
  address: { host: string; port: number },
  handle: (request: HttpRequest) => Promise<HttpReply>,
): Promise<{ baseUrl: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    readRequest(request)
      .then(handle)
      .catch((error: unknown) =>
        json(500, { error: error instanceof Error ? error.message : String(error) }),
      )
      .then((reply) => write(reply, response))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    baseUrl: `http://${address.host}:${boundPort(server)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function boundPort(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function readRequest(request: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error('body too large');
    chunks.push(bytes);
  }
  const url = new URL(request.url ?? '/', 'http://simulator');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

function write(reply: HttpReply, response: ServerResponse): void {
  switch (reply.kind) {
    case 'reset':
      response.destroy();
      return;
    case 'events': {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
      });
      response.flushHeaders();
      const stop = reply.start((data) => response.write(`data: ${JSON.stringify(data)}\n\n`));
      response.on('close', stop);
      return;
    }
    case 'json':
      if (reply.afterSent) response.once('finish', reply.afterSent);
      response.writeHead(reply.status, {
        'content-type': 'application/json; charset=UTF-8',
        ...reply.headers,
      });
      response.end(JSON.stringify(reply.body));
      return;
    case 'file':
      response.writeHead(200, { 'content-type': reply.type });
      response.end(reply.content);
      return;
    default:
      assertNever(reply, 'reply');
  }
}
