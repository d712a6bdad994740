import type { Socket } from 'node:net';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { RELAY_VERSION } from '../../../../src/relay/version.ts';
import { accounts, deliver, postTo } from '../numbers.ts';
import {
  ACCOUNT,
  APP_SECRET,
  NUMBER_ID,
  offer,
  post,
  postRaw,
  sign,
  VERIFY_TOKEN,
} from '../harness.ts';
import { OTHER, RelayedCallWorld } from '../relayed-call-world.ts';
import { RelayWorld } from '../relay-world.ts';
import { openSocket, PATIENT } from '../sockets.ts';

const STREAM_SECRET = 'letters-and-digits-4';

/** Tries to upgrade; resolves to the answer's status, 101 if it was let in. */
function knock(url: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(url.replace('http', 'ws'), { headers });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

describe('a console that never reads', () => {
  const world = new RelayWorld();

  it('B6 costs the relay little, however much there is to tell and to answer', async () => {
    const writers = [await world.join('ana'), await world.join('ben'), await world.join('cid')];
    const frozen = [];
    for (let n = 0; n < 12; n++) {
      const console = await world.join(`eva-${n}`);
      console.acking = false;
      console.freeze();
      frozen.push(console);
    }
    const used = () => {
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      return (arrayBuffers + heapUsed) / 1_048_576;
    };
    const before = used();
    const sent = { what: 'text', text: 'x'.repeat(16_000) } as const;
    const message = { accountId: 'main', party: { waId: '5511999990000' }, sent };
    await Promise.all(
      writers.flatMap((writer) => Array.from({ length: 250 }, () => writer.sent(message))),
    );
    for (const console of frozen) {
      for (let id = 0; id < 1_000; id++)
        console.send({ type: 'claim', id, callId: 'x'.repeat(300) });
    }
    for (const writer of writers)
      await writer.until(() => writer.cursors.length === 750 || undefined);
    // Unbounded it would be 12 MB more for each of them, and all their answers. The writers keep theirs.
    expect(used() - before).toBeLessThan(200);
  });

  it('B6 and sends as much as it can is read no further than it is answered', async () => {
    const [eva, ana] = [await world.join('eva'), await world.join('ana')];
    const before = process.memoryUsage();
    const frame = (id: number) =>
      JSON.stringify({ type: 'leg', id, callId: 'main/none', sdp: 'v'.repeat(60_000) });
    for (let id = 0; id < 2_000; id++) eva.sendRaw(frame(id));
    // Others are served meanwhile, and only so many of these were.
    await ana.speaks();
    const answered = () => eva.all('result').length;
    await eva.until(() => answered() >= 300 || undefined);
    await ana.speaks();
    expect(answered()).toBeLessThan(400);
    expect(process.memoryUsage().rss - before.rss).toBeLessThan(600 * 1_048_576);
    world.clock.advance(10_000);
    await eva.until(() => answered() > 310 || undefined);
  });

  it('B6 may send ids only up to a length, and none is logged whole', async () => {
    const eva = await world.join('eva');
    const long = 'x'.repeat(100_000);
    eva.send({ type: 'claim', id: 1, callId: long });
    expect((await eva.first('result')).outcome).toEqual({ kind: 'refused', why: 'too-large' });
    expect(Math.max(...world.relay.lines.map((line) => JSON.stringify(line).length))).toBeLessThan(
      2_000,
    );
  });
});

describe('a stranger', () => {
  const world = new RelayWorld({
    accounts: [
      ...accounts.filter(({ id }) => id !== 'meta'),
      {
        id: 'main',
        provider: 'meta',
        phoneNumberId: NUMBER_ID,
        appSecret: APP_SECRET,
        verifyToken: VERIFY_TOKEN,
      },
      {
        id: 'desk',
        provider: 'zernio',
        signingSecret: 'the secret of the subscription',
        stream: { secret: STREAM_SECRET },
      },
    ],
    adminToken: 'a-token-of-the-whole-relay-and-long-enough',
  });

  it('C14 who is refused an upgrade, wherever, leaves no connection behind', async () => {
    const upgrades = [
      '/v1/agents',
      '/v1/streams/agent/x',
      '/v1/streams/zernio/desk/x',
      '/else',
      '//',
    ];
    const sockets = await Promise.all(
      upgrades.map((target) =>
        openSocket(
          world.url,
          `GET ${target} HTTP/1.1\r\nhost: relay\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
            'authorization: Bearer wrong\r\nsec-websocket-version: 13\r\n' +
            'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
          true,
        ),
      ),
    );
    const refusesWrites = (socket: Socket) =>
      new Promise<boolean>((resolve) => {
        socket.write('x', (error) => resolve(error !== undefined && error !== null));
      });
    for (const socket of sockets) {
      await vi.waitFor(async () => expect(await refusesWrites(socket)).toBe(true), PATIENT);
    }
  });

  it('C14 is logged with their address, and no token', async () => {
    const proxied = { authorization: 'Bearer wrong-token', 'x-forwarded-for': '203.0.113.9' };
    expect(await knock(`${world.url}/v1/agents`, proxied)).toBe(401);
    expect(world.relay.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'agent.unauthorized' }),
    );
    expect(JSON.stringify(world.relay.lines)).not.toContain('wrong-token');
  });

  it('C15 who signs nothing is answered soon, though their body has not come', async () => {
    const head = (path: string) =>
      `POST /webhooks/${path} HTTP/1.1\r\nhost: relay\r\ncontent-length: 1000000\r\n\r\n`;
    const targets = ['meta/main', 'zernio/desk', 'pilot-meta/official', 'd360/dialog/wrong'];
    const answers = targets.map(async (target) => {
      const socket = await openSocket(world.url, head(target), true);
      return new Promise<string>((resolve) => {
        socket.once('data', (data) => resolve(data.toString('utf8')));
      });
    });
    for (const answer of await Promise.all(answers)) {
      expect(answer).toMatch(/^HTTP\/1\.1 401 /);
      expect(answer).toMatch(/connection: close/i);
    }
  });

  it.each([
    ['a signature', () => postRaw(world.url, '{}', { signature: `sha256=${'0'.repeat(64)}` })],
    ['a webhook secret', () => postTo(world.url, 'pilot-web/web/not-the-secret', '{}')],
    [
      'a verify token',
      () =>
        fetch(
          `${world.url}/webhooks/meta/main?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x`,
        ),
    ],
    [
      'an admin token',
      () => fetch(`${world.url}/admin`, { headers: { authorization: 'Bearer guess' } }),
    ],
    [
      'an agent’s token',
      async () => ({
        status: await knock(`${world.url}/v1/agents`, { authorization: 'Bearer guess' }),
      }),
    ],
    [
      'a stream’s secret',
      async () => ({ status: await knock(`${world.url}/v1/streams/zernio/desk/guess`) }),
    ],
    [
      'a stream’s token',
      async () => ({ status: await knock(`${world.url}/v1/streams/agent/guess`) }),
    ],
  ])('C15 who guesses %s is soon told to wait', async (_, guess) => {
    const statuses: number[] = [];
    for (let n = 0; n < 230; n++) statuses.push((await guess()).status);
    expect(statuses.filter((status) => status !== 429).length).toBeLessThanOrEqual(200);
    expect(statuses.at(-1)).toBe(429);
    // From an address that many share, right ones go on.
    expect((await post(world.url, offer('wacid.1', world.clock.now()))).status).toBe(200);
    const ana = await world.join('ana');
    await ana.speaks();
    world.clock.advance(60_000);
    expect((await guess()).status).not.toBe(429);
  });

  it('C18 hears from the health check nothing but that all is well', async () => {
    await world.join('ana');
    const response = await fetch(`${world.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
  });
});

describe('a stranger who asks around', () => {
  const world = new RelayWorld({
    accounts,
    adminToken: 'a-token-of-the-whole-relay-and-long-enough',
  });
  /** Of the relay, its numbers, its agents and its log. */
  const tells = new RegExp(
    [RELAY_VERSION, 'ana', 'Agent', ...accounts.map(({ id }) => id), NUMBER_ID, 'wacid']
      .map((word) => `\\b${word.replaceAll('.', '\\.')}\\b`)
      .join('|'),
  );

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'C18 by %s learns nothing about the relay, wherever',
    async (method) => {
      await world.join('ana');
      await deliver(world.url, 'meta', offer('wacid.1', world.clock.now()));
      const paths = [
        '/',
        '/healthz?verbose=1&full',
        '//healthz//',
        '/readyz?all',
        '/metrics',
        '/admin?token=guess',
        '/webhooks/meta/none',
        '/webhooks/none/none',
        '/v1/agents?token=guess',
        '/v1/streams/agent/guess',
        '/v1/streams/zernio/none/guess',
        '/favicon.ico',
        '/.git/config',
        '/admin/../metrics',
      ];
      for (const path of paths) {
        const response = await fetch(`${world.url}${path}`, { method });
        const text = await response.text();
        const headers = JSON.stringify([...response.headers]);
        expect([path, tells.exec(text + headers)]).toEqual([path, null]);
        for (const name of ['server', 'x-powered-by', 'etag', 'access-control-allow-origin']) {
          expect(response.headers.get(name)).toBeNull();
        }
      }
    },
  );

  it('C18 cannot tell numbers that there are from those that there are not, by streams', async () => {
    const targets = ['streamed/guess', 'none/guess', 'meta/guess', 'streamed', '__proto__/guess'];
    const statuses = targets.map((target) => knock(`${world.url}/v1/streams/zernio/${target}`));
    expect(new Set(await Promise.all(statuses))).toEqual(new Set([401]));
  });
});

describe('strangers behind a proxy', () => {
  const world = new RelayWorld({ accounts, trustProxy: ['127.0.0.1'] });
  const from = (address: string, secret: string) =>
    postTo(world.url, `pilot-web/web/${secret}`, '{}', { 'x-forwarded-for': address });

  it('C15 are known however they dress up their address', async () => {
    const dressed = [
      '203.0.113.9',
      '198.51.100.1, 203.0.113.9',
      '203.0.113.9:4711',
      '::ffff:203.0.113.9',
      'unknown,  203.0.113.9',
      '127.0.0.1, 203.0.113.9, 127.0.0.1',
    ];
    const network = ['2001:db8:1:2::1', '[2001:db8:1:2:ffff::2]:443', '2001:DB8:1:2:0:0:0:3'];
    for (const addresses of [dressed, network]) {
      const statuses: number[] = [];
      for (let n = 0; n < 90; n++) {
        const address = addresses[n % addresses.length] ?? '';
        statuses.push((await from(address, 'not-the-secret')).status);
      }
      expect(statuses.filter((status) => status === 401)).toHaveLength(60);
      expect(statuses.at(-1)).toBe(429);
    }
  });

  it('C15 are not looked at after too many guesses, but an address that was right is', async () => {
    const [stranger, provider] = ['203.0.113.9', '198.51.100.7'];
    const right = 'a-secret-in-the-address';
    expect((await from(provider, right)).status).toBe(200);
    for (let n = 0; n < 80; n++) await from(stranger, 'not-the-secret');
    expect((await from(stranger, right)).status).toBe(429);
    // A stranger’s own app at the provider sends from there, too.
    for (let n = 0; n < 80; n++) await from(provider, 'not-the-secret');
    expect((await from(provider, right)).status).toBe(200);
    expect(world.relay.lines).toContainEqual(
      expect.objectContaining({ event: 'webhook.refused', address: stranger }),
    );
  });
});

describe('the health check', () => {
  const world = new RelayWorld();

  it('C18 says that the log cannot be read', async () => {
    const status = async () => (await fetch(`${world.url}/healthz`)).status;
    await post(world.url, offer('wacid.1', world.clock.now()));
    expect(await status()).toBe(200);
    const db = new Database(path.join(world.config.dataDir, 'relay.sqlite'));
    db.exec('UPDATE log SET body = \'{"type":\'');
    db.close();
    world.clock.advance(1_000);
    expect(await status()).toBe(503);
  });
});

describe('the health check of a relay', () => {
  const world = new RelayedCallWorld({ apart: true });

  it('C18 on a full disk says so, until it is well again', async () => {
    const health = async () => {
      const response = await fetch(`${world.url}/healthz`);
      return [response.status, await response.json()];
    };
    expect(await health()).toEqual([200, { ok: true }]);
    world.fillDisk();
    // Without anything to store, and with it.
    await vi.waitFor(async () => expect(await health()).toEqual([503, { ok: false }]), PATIENT);
    const ready = await fetch(`${world.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, because: ['store'] }]);
    for (const body of [offer('wacid.full'), offer('wacid.full'), offer('wacid.more')]) {
      const text = JSON.stringify(body);
      const refused = await fetch(`${world.url}/webhooks/meta/${ACCOUNT}`, {
        method: 'POST',
        headers: { 'x-hub-signature-256': sign(text) },
        body: text,
      });
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(await health()).toEqual([503, { ok: false }]);
    const back = world.logged('store.back');
    world.fillDisk(false);
    await back;
    expect(await health()).toEqual([200, { ok: true }]);
  });
});

describe('a caller who presses keys faster than fingers can', () => {
  const world = new RelayedCallWorld({ apart: true });

  it('B11 costs neither the relay its health nor others their calls, and fills no log', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    world.simulator.setFaults({ media: { keysPerPacket: 10 } });
    const callId = await world.talk(ana);
    world.simulator.setFaults({ media: { keysPerPacket: 0 } });
    const startedAt = performance.now();
    const packets = () => world.report(callId)?.media.packetsSent ?? 0;
    for (let sent = 500; sent <= 3_000; sent += 500) {
      await world.simulator.waitFor(() => packets() > sent, { timeoutMs: 30_000 });
      for (const path of ['/healthz', '/readyz']) {
        expect((await fetch(`${world.url}${path}`)).status).toBe(200);
      }
    }
    // Another customer reaches another agent meanwhile.
    const other = await world.simulator.startCall({ customer: { waId: OTHER.waId } });
    await ben.console.first('ringing', (frame) => frame.callId === `${ACCOUNT}/${other.callId}`);
    const keys = ben.console.all('entry').filter(({ body }) => body.type === 'dtmf').length;
    const seconds = (performance.now() - startedAt) / 1_000;
    // 64 at once, and five a second.
    expect(keys).toBeGreaterThan(0);
    expect(keys).toBeLessThan(64 + 5 * seconds + 10);
    expect(await ana.console.hangUp(callId)).toEqual({ kind: 'granted' });
  });
});
