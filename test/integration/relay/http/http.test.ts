import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../../../src/relay/log.ts';
import { createHttpServer, listen } from '../../../../src/relay/http/server.ts';
import { offer, sign } from '../harness.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld();
const body = JSON.stringify(offer('wacid.1'));

/** Sends raw bytes; resolves to all answers until the relay closes or `until` matches. */
async function raw(text: string, until: RegExp, url = world.url): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  let answer = '';
  const done = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (until.test(answer)) resolve();
    });
  });
  socket.write(text);
  await done;
  socket.destroy();
  return answer;
}

const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const health = async () => (await fetch(`${world.url}/healthz`)).status;
const posted = (address: string, headers: Record<string, string> = {}) =>
  fetch(`${world.url}${address}`, {
    method: 'POST',
    headers: { 'x-hub-signature-256': sign(body), ...headers },
    body,
  });

describe('relay addresses', () => {
  it.each(['/webhooks/meta/main/', '/webhooks//meta/main', '//webhooks/meta/main//'])(
    'W4 a webhook at %s is accepted like one at the intended address',
    async (address) => {
      const response = await posted(address);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ added: 1 });
    },
  );

  it('W4 a webhook at an unknown address is logged without its secrets', async () => {
    const secret = '3f2a9c0b7d1e4f563f2a9c0b7d1e4f56';
    expect((await posted('/webhook/meta/main')).status).toBe(404);
    expect((await posted(`/webhooks/meta/mian/${secret}`)).status).toBe(404);
    expect((await posted(`/hooks/${secret}`)).status).toBe(404);
    const reported = world.relay.lines.filter(({ level }) => level === 'warn');
    expect(reported).toMatchObject([
      { event: 'http.unknown-address', method: 'POST', address: '/webhook/meta/main' },
      { event: 'webhook.unknown-account', address: '/webhooks/meta/mian' },
      { event: 'http.unknown-address', address: '/hooks/…' },
    ]);
    expect(JSON.stringify(world.relay.lines)).not.toContain(secret);
  });

  it.each([
    ['//', 404],
    ['*', 400],
    ['http://elsewhere/healthz', 400],
    ['/%', 404],
    ['/%ff%00', 404],
    ['/webhooks/%2e%2e/healthz', 404],
    ['//[', 404],
    [`/${'a'.repeat(5_000)}`, 414],
    [`/${'a'.repeat(40_000)}`, 431],
  ])('L7 GET %s is answered with %i', async (target, expected) => {
    const answer = await raw(
      `GET ${target} HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\r\n`,
      /$^/,
    );
    expect(status(answer)).toBe(expected);
    expect(await health()).toBe(200);
  });

  it.each([['//'], ['*'], ['http://elsewhere/v1/agents'], ['/%'], [`/${'a'.repeat(5_000)}`]])(
    'L7 an upgrade at %s is answered with 4xx',
    async (target) => {
      const answer = await raw(
        `GET ${target} HTTP/1.1\r\nhost: relay\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
          `sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        /$^/,
      );
      expect(status(answer)).toBeGreaterThanOrEqual(400);
      expect(status(answer)).toBeLessThan(500);
    },
  );
});

describe('malicious requests', () => {
  const head = `POST /webhooks/meta/main HTTP/1.1\r\nhost: relay\r\n`;
  const inner = 'GET /healthz HTTP/1.1\r\nhost: relay\r\n\r\n';

  it.each([
    ['two lengths', `${head}content-length: 5\r\ncontent-length: 50\r\n\r\nhello${inner}`],
    [
      'a length and chunks',
      `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    ],
    ['a hidden encoding', `${head}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`],
    [
      'chunks that are not last',
      `${head}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
    ],
    ['a bad chunk', `${head}transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n${inner}`],
    ['a negative length', `${head}content-length: -1\r\n\r\n${inner}`],
    ['a length with words', `${head}content-length: 5x\r\n\r\nhello${inner}`],
    ['a space before the colon', `${head}content-length : 5\r\n\r\nhello${inner}`],
    ['bare line feeds', `${head}x: y\ncontent-length: 5\r\n\r\nhello${inner}`],
    ['a zero byte in a header', `${head}x: \0\r\ncontent-length: 0\r\n\r\n${inner}`],
    ['no HTTP', `\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03`],
  ])('H8 %s: is refused, and nothing after it is answered', async (_, text) => {
    const answer = await raw(text, /$^/);
    expect(status(answer)).toBe(400);
    expect(answer).not.toContain('"ok":true');
    expect(await health()).toBe(200);
  });

  describe('slowly', () => {
    const TIMEOUT_MS = 300;
    /** A server that is as patient as a test can be, and waits for bodies that never come. */
    async function patient() {
      const server = createHttpServer(
        {
          health: async (response) => void response.end('{"ok":true}'),
          webhook: async () => new Promise<void>(() => undefined),
          operations: async () => undefined,
          redeem: async () => undefined,
          recording: async () => undefined,
          announcement: async () => undefined,
          unknown: () => undefined,
        },
        createLog(() => undefined),
        TIMEOUT_MS,
      );
      onTestFinished(() => {
        server.closeAllConnections();
        server.close();
      });
      return listen(server, { host: '127.0.0.1', port: 0 });
    }
    const upgrade = 'connection: upgrade\r\nupgrade: websocket\r\n';

    it.each([
      ['headers', 'POST /webhooks/meta/main HTTP/1.1\r\nhost: rel'],
      ['a body', `${head}content-length: 100\r\n\r\nhel`],
      ['a body in chunks', `${head}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`],
      ['a chunk', `${head}transfer-encoding: chunked\r\n\r\nfff\r\nhello`],
      ['the end of its chunks', `${head}transfer-encoding: chunked\r\n\r\n0\r\n`],
      ['nothing at all', ''],
      ['empty lines', '\r\n\r\n'],
      ['a method', 'GE'],
      ['an upgrade', `GET /v1/agents HTTP/1.1\r\nhost: relay\r\n${upgrade}`],
      ['what is to be expected', `${head}content-length: 9\r\nexpect: 100-continue\r\n\r\n`],
    ])('H8 half-sent requests are cut: %s', async (_, text) => {
      const answer = await raw(text, /$^/, await patient());
      // The last one had leave to go on.
      expect(status(answer.replace(/^HTTP\/1\.1 100 [^]*?\r\n\r\n/, ''))).toBe(408);
    });

    it.each([
      ['headers', `${head}x: `, 'y'],
      ['a body', `${head}content-length: 1000000\r\n\r\n`, 'y'],
      ['chunks', `${head}transfer-encoding: chunked\r\n\r\n`, '1\r\ny\r\n'],
    ])('H8 requests that never end are cut, though they go on: %s', async (_, begin, more) => {
      const socket = connect(Number(new URL(await patient()).port), '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      socket.on('error', () => undefined);
      socket.write(begin);
      const drip = setInterval(() => socket.write(more), TIMEOUT_MS / 10);
      onTestFinished(() => clearInterval(drip));
      socket.resume();
      await new Promise((resolve) => socket.once('close', resolve));
      expect(socket.destroyed).toBe(true);
    });
  });
});

describe('webhook bodies', () => {
  it('H6 over 1 MB are refused with or without a length, and compressed ones are never unpacked', async () => {
    const large = Buffer.alloc(1_048_577, 'x');
    const send = (bytes: Buffer, headers: Record<string, string>) =>
      fetch(`${world.url}/webhooks/meta/main`, {
        method: 'POST',
        headers,
        body: new Uint8Array(bytes),
      });
    expect((await send(large, { 'x-hub-signature-256': sign(large) })).status).toBe(413);
    // 200 MB when unpacked.
    const bomb = gzipSync(Buffer.alloc(200 * 1_048_576));
    const before = process.memoryUsage().rss;
    for (const coding of ['gzip', 'deflate', 'br']) {
      const signed = { 'x-hub-signature-256': sign(bomb), 'content-encoding': coding };
      const response = await send(bomb, signed);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ added: 0 });
    }
    expect((await send(bomb, { 'content-encoding': 'gzip' })).status).toBe(401);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1_048_576);
    expect(await health()).toBe(200);
  });

  it('H6 with a wrong length are not kept', async () => {
    const answer = await raw(
      `POST /webhooks/meta/main HTTP/1.1\r\nhost: relay\r\ncontent-length: 999999999\r\n\r\n{`,
      /413/,
    );
    expect(status(answer)).toBe(413);
    expect(world.deliveries()).toEqual([]);
  });
});
