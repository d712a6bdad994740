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

/** How long the body of a refused request may take, in ms. */
const REFUSED_BODY_MS = 2_000;

/**
 * Reads the body of a refused request to its end, because a sender who still writes may not read why it is refused.
 *
 * @param limit in bytes
 * @param keep how much of it may be kept, in bytes
 * @returns the body; undefined if it is longer than what may be kept, or has taken too long
 */
export function readRefusedBody(
  request: IncomingMessage,
  limit: number,
  keep: number,
): Promise<Buffer | 'too-large' | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve('too-large');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const late = setTimeout(() => resolve(undefined), REFUSED_BODY_MS);
    request.once('close', () => clearTimeout(late));
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= keep) chunks.push(chunk);
      else chunks.length = 0;
      if (size > limit) {
        request.pause();
        resolve('too-large');
      }
    });
    request.once('end', () => resolve(size > keep ? undefined : Buffer.concat(chunks)));
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
