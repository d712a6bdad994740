import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createHttpServer, listen } from '../../../../src/relay/http/server.ts';
import { createLog } from '../../../../src/relay/log.ts';
import { offer, post, sign } from '../harness.ts';
import { RelayWorld } from '../relay-world.ts';
import { openSocket, PATIENT } from '../sockets.ts';

const DAY_MS = 86_400_000;

/** Tries to connect with a token; resolves to the status of the refusal, or 101. */
function attempt(url: string, token: string, forwarded?: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/agents`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }),
    },
  });
  onTestFinished(() => socket.terminate());
  return new Promise<{ status: number; retryAfter: string | undefined }>((resolve, reject) => {
    socket.on('open', () => resolve({ status: 101, retryAfter: undefined }));
    socket.on('unexpected-response', (_, response) => {
      response.resume();
      resolve({
        status: response.statusCode ?? 0,
        retryAfter: response.headers['retry-after'],
      });
    });
    socket.on('error', reject);
  });
}

describe('unauthenticated sockets', () => {
  const world = new RelayWorld();

  it('the oldest are closed when there are too many, and consoles and providers notice nothing', async () => {
    const ana = await world.join('ana');
    const half = 'POST /webhooks/meta/main HTTP/1.1\r\nhost: rel';
    const sockets: Socket[] = [];
    for (let hundred = 0; hundred < 11; hundred++) {
      sockets.push(
        ...(await Promise.all(Array.from({ length: 100 }, () => openSocket(world.url, half)))),
      );
    }
    await vi.waitFor(() => {
      world.clock.advance(600);
      expect(sockets.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(76);
    }, PATIENT);
    expect(sockets.slice(0, 50).every(({ closed }) => closed)).toBe(true);
    expect(sockets.slice(-50).some(({ closed }) => closed)).toBe(false);
    expect(world.relay.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'http.unproven-cut' }),
    );
    const callId = await world.ring('wacid.1');
    await ana.ringing(callId, ['ana']);
  });

  it('a socket whose upgrade was refused is closed even if its peer stays', async () => {
    const upgrade =
      'GET /v1/agents HTTP/1.1\r\nhost: relay\r\nconnection: upgrade\r\nupgrade: websocket\r\n' +
      'authorization: Bearer wrong\r\nsec-websocket-version: 13\r\n' +
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    const socket = await openSocket(world.url, upgrade, true);
    const written = () =>
      new Promise<Error | undefined>((resolve) => {
        socket.write('x', (error) => resolve(error ?? undefined));
      });
    // Only a socket that is closed at the other end refuses a write.
    await vi.waitFor(async () => expect(await written()).toBeInstanceOf(Error), PATIENT);
  });

  it('a request with too many headers is refused', async () => {
    const headers = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`x-${at}`, 'y']));
    expect((await fetch(`${world.url}/healthz`, { headers })).status).toBe(431);
  });
});

describe('connections', () => {
  const world = new RelayWorld({ trustProxy: ['127.0.0.1'] });

  it('an address that sent too many wrong tokens is locked out for a while', async () => {
    const token = await world.token('ana');
    const stranger = '203.0.113.9';
    const wrong = () => attempt(world.url, 'wrong', `198.51.100.77, ${stranger}`);
    for (let tries = 0; tries < 60; tries++) expect((await wrong()).status).toBe(401);
    expect(await wrong()).toEqual({ status: 429, retryAfter: '1' });
    // Entries before the address are made up by the sender.
    expect((await attempt(world.url, token, `192.0.2.1, ${stranger}`)).status).toBe(429);
    expect((await attempt(world.url, token, '192.0.2.1')).status).toBe(101);
    world.clock.advance(1_000);
    expect((await attempt(world.url, token, stranger)).status).toBe(101);
  });

  it('an agent’s oldest connection is closed when there are too many', async () => {
    const sockets = [];
    for (let count = 0; count < 9; count++) sockets.push(await world.open('ana'));
    expect((await sockets[0]?.closed)?.code).toBe(1006);
    sockets[8]?.hello();
    await sockets[8]?.first('welcome');
  });

  it('frames beyond a console’s rate wait and delay nobody else', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.ring('wacid.1');
    await ana.ringing(callId, ['ana', 'ben']);
    for (let frame = 0; frame < 12_000; frame++) ana.send({ type: 'presence', presence: 'dnd' });
    const declined = ana.decline(callId);
    let isAnswered = false;
    void declined.then(() => (isAnswered = true));
    await ben.sees('ana', 'dnd');
    expect(await ben.decline(callId)).toMatchObject({ kind: 'declined' });
    expect(isAnswered).toBe(false);
    await vi.waitFor(() => {
      world.clock.advance(1_000);
      expect(isAnswered).toBe(true);
    }, PATIENT);
  });
});

describe('an address that many share', () => {
  const world = new RelayWorld();

  it('is never locked out, because without a trusted proxy no client address is believed', async () => {
    const token = await world.token('ana');
    for (let tries = 0; tries < 80; tries++) {
      expect((await attempt(world.url, 'wrong', '203.0.113.9')).status).toBe(401);
    }
    expect((await attempt(world.url, token, '203.0.113.9')).status).toBe(101);
  });
});

describe('old deliveries', () => {
  const world = new RelayWorld();
  const old = (id: string, days: number) =>
    post(world.url, offer(id, world.clock.now() - days * DAY_MS));

  it('some days old are logged but ring nobody, however many there are', async () => {
    const ana = await world.join('ana');
    for (let call = 0; call < 30; call++) {
      expect(await old(`wacid.${call}`, 3)).toMatchObject({ status: 200, json: { added: 1 } });
    }
    await ana.ringing(await world.ring('wacid.now'), ['ana']);
    expect(new Set(ana.all('ringing').map(({ callId }) => callId))).toEqual(
      new Set(['main/wacid.now']),
    );
  });

  it('older than any provider’s retries are refused and not stored', async () => {
    const body = JSON.stringify(offer('wacid.1', world.clock.now() - 9 * DAY_MS));
    const response = await fetch(`${world.url}/webhooks/meta/main`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': sign(body) },
      body,
    });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ error: { code: 'too-old' } });
    expect(world.deliveries()).toEqual([]);
    expect(world.relay.lines).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'webhook.too-old' }),
    );
    // The last days on which it is sent again.
    expect(await old('wacid.2', 7)).toMatchObject({ status: 200, json: { added: 1 } });
  });
});

it('a webhook that cannot be stored is refused with the time to retry', async () => {
  const routes = {
    health: async () => undefined,
    webhook: async () => Promise.reject(new Error('no store')),
    operations: async () => undefined,
    redeem: async () => undefined,
    recording: async () => undefined,
    announcement: async () => undefined,
    unknown: () => undefined,
  };
  const server = createHttpServer(
    routes,
    createLog(() => undefined),
  );
  onTestFinished(() => void server.close());
  const url = await listen(server, { host: '127.0.0.1', port: 0 });
  const response = await post(url, offer('wacid.1')).catch(() => undefined);
  expect(response?.status).toBe(500);
  const again = await fetch(`${url}/webhooks/meta/main`, { method: 'POST', body: '{}' });
  expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0);
});
