import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  method: string;
  url: string;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** How one request is handled: an answer, none, or a broken connection. */
export type Reply =
  | { status: number; body: unknown; headers?: Record<string, string> }
  | 'never'
  | 'break';

/** A real HTTP server that records requests and replies from a script, repeating the last reply. */
export async function scriptedServer(...replies: Reply[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(parts).toString() });
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      answer(response, reply ?? { status: 200, body: { success: true } });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${portOf(server.address())}` };
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === 'never') return;
  if (reply === 'break') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
  response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
