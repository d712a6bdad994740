import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

/** The body of every refusal: a code for programs, a message for people. */
export function errorBody(code: string, message: string): unknown {
  return { error: { code, message } };
}

/** Answers with an error, and closes the connection if the request's body was not read. */
export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  if (!response.req.complete) response.setHeader('connection', 'close');
  sendJson(response, status, errorBody(code, message));
}

/** How long a body that is worth nothing may take, in ms: its sender is told why it is refused. */
const WORTHLESS_MS = 2_000;

/**
 * Lets a body pass by without keeping it, for an honest answer to who sent it.
 *
 * @param limit in bytes
 * @returns `too-large`, or `over` when it is there or has taken too long
 */
export function skipBody(request: IncomingMessage, limit: number): Promise<'too-large' | 'over'> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve('too-large');
  return new Promise((resolve, reject) => {
    let size = 0;
    const late = setTimeout(() => resolve('over'), WORTHLESS_MS);
    request.once('close', () => clearTimeout(late));
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        resolve('too-large');
      }
    });
    request.once('end', () => resolve('over'));
    request.once('error', reject);
  });
}

/**
 * Reads a request's body.
 *
 * @param limit in bytes
 * @returns `too-large` as soon as that is known; the rest is not read
 * @throws if the sender disconnects midway
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return 'too-large';
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        resolve('too-large');
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the sender went away')));
  });
}
