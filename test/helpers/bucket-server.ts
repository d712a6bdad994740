import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * A store that speaks as much of S3 as the relay needs, and refuses what is not signed as AWS documents it (Signature
 * Version 4), or is not what was signed.
 */
export async function startBucket({ accessKeyId, key }: { accessKeyId: string; key: string }) {
  const files = new Map<string, Buffer>();
  let isDown = false;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const body = Buffer.concat(parts);
    const path = new URL(request.url ?? '', 'http://bucket').pathname;
    if (isDown) return response.writeHead(503).end();
    if (!isSigned(request, body, { accessKeyId, key })) return response.writeHead(403).end();
    if (request.method === 'PUT') {
      files.set(path, body);
      return response.writeHead(200).end();
    }
    if (request.method === 'DELETE') {
      files.delete(path);
      return response.writeHead(204).end();
    }
    const found = files.get(path);
    return found ? response.writeHead(200).end(found) : response.writeHead(404).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    files,
    setDown: (down: boolean) => (isDown = down),
    close: () => void server.close(),
  };
}

function isSigned(
  request: IncomingMessage,
  body: Buffer,
  { accessKeyId, key }: { accessKeyId: string; key: string },
): boolean {
  const said = request.headers.authorization ?? '';
  const [, id, scope = '', names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+), ?SignedHeaders=(\S+), ?Signature=(\S+)$/.exec(
      said,
    ) ?? [];
  const hash = String(request.headers['x-amz-content-sha256']);
  const isWhole = hash === 'UNSIGNED-PAYLOAD' || hash === sha256(body);
  if (id !== accessKeyId || !isWhole) return false;
  const url = new URL(request.url ?? '', 'http://bucket');
  const headers = names
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    url.search.slice(1),
    headers.join(''),
    names,
    hash,
  ];
  const time = String(request.headers['x-amz-date']);
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n');
  const signing = scope
    .split('/')
    .reduce((by: string | Buffer, part) => hmac(by, part), `AWS4${key}`);
  return hmac(signing, toSign).toString('hex') === signature;
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const hmac = (by: string | Buffer, text: string) => createHmac('sha256', by).update(text).digest();
