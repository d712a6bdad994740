import { execFile, spawn } from 'node:child_process';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once, EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock, type Clock } from '../../../../src/shared/lib/clock.ts';
import { Cluster } from '../cluster-world.ts';
import {
  offer,
  plainConfig,
  post,
  relayConfig,
  startRelay,
  temporaryFolder,
  terminate,
} from '../harness.ts';
import { TestConsole } from '../test-console.ts';

/** What other systems are told about calls, taken by a receiver that knows the specification alone. */

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OTHER_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

/**
 * As the Standard Webhooks specification has receivers verify: the signature over id, time and body,
 * the age, and that the id is new. Written from its text; shares no code with the relay.
 */
class Verifier {
  readonly #key: Buffer;
  readonly #seen = new Set<string>();

  constructor(secret: string) {
    this.#key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  }

  verify(headers: NodeJS.Dict<string | string[]>, body: string, now = Date.now()): string {
    const read = (name: string) => String(headers[`webhook-${name}`]);
    const [id, timestamp] = [read('id'), read('timestamp')];
    if (Math.abs(now / 1000 - Number(timestamp)) > 300) return 'too old';
    const hmac = createHmac('sha256', this.#key);
    const expected = hmac.update(`${id}.${timestamp}.${body}`).digest();
    const given = read('signature').split(' ');
    const fits = given.some((one) => {
      const [version, signature = ''] = one.split(',');
      const bytes = Buffer.from(signature, 'base64');
      return (
        version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected)
      );
    });
    if (!fits) return 'not ours';
    if (this.#seen.has(id)) return 'repeated';
    this.#seen.add(id);
    return 'new';
  }
}

interface Taken {
  id: string;
  type: string;
  data: Record<string, unknown>;
  verdict: string;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

type Answer = number | 'never' | { status: number; headers: Record<string, string> };

/** A receiver that answers each message as `answer` says. */
async function openReceiver(answer: (taken: Taken, nth: number) => Answer = () => 204) {
  const verifier = new Verifier(SECRET);
  const taken: Taken[] = [];
  const changes = new EventEmitter().setMaxListeners(50);
  const reply = (response: ServerResponse, given: Answer) => {
    if (given === 'never') return;
    const { status, headers } = typeof given === 'number' ? { status: given, headers: {} } : given;
    response.writeHead(status, headers).end();
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const { headers } = request;
      const { type, data } = JSON.parse(body);
      const verdict = verifier.verify(headers, body);
      const one = { id: String(headers['webhook-id']), type, data, verdict, headers, body };
      taken.push(one);
      reply(response, answer(one, taken.length));
      changes.emit('taken');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const until = async <T>(probe: () => T | undefined | false): Promise<T> => {
    for (;;) {
      const found = probe();
      if (found) return found;
      await once(changes, 'taken');
    }
  };
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    taken,
    types: () => taken.map(({ type }) => type),
    until,
    atLeast: (count: number) => until(() => taken.length >= count),
  };
}

const endpoint = (url: string, more: Record<string, unknown> = {}) => ({
  webhooks: [{ id: 'crm', url, secret: SECRET, privateNetwork: true, ...more }],
});

async function openRelay(more: Record<string, unknown>, clock?: Clock) {
  const folder = temporaryFolder();
  const config = relayConfig(folder.dir, more);
  let relay = await startRelay(config, clock);
  onTestFinished(async () => {
    await relay.close();
    folder.remove();
  });
  return {
    get relay() {
      return relay;
    },
    async restart() {
      await relay.close();
      relay = await startRelay(config, clock);
    },
    /** Resolves with the nth line of this event. */
    logged: (event: string, nth = 1) =>
      new Promise<(typeof relay.lines)[number]>((resolve) => {
        const stop = relay.onLine(() => {
          const line = relay.lines.filter((one) => one.event === event)[nth - 1];
          if (!line) return;
          stop();
          resolve(line);
        });
      }),
  };
}

/** The machine's clock, which can be set ahead. */
function movableClock() {
  let ahead = 0;
  const waiting = new Map<() => void, number>();
  const clock: Clock = {
    now: () => systemClock.now() + ahead,
    at(at, task) {
      const run = () => {
        waiting.delete(run);
        task();
      };
      waiting.set(run, at);
      const cancel = systemClock.at(at - ahead, run);
      return () => {
        waiting.delete(run);
        cancel();
      };
    },
  };
  const advance = (ms: number) => {
    ahead += ms;
    const due = [...waiting].filter(([, at]) => at <= clock.now());
    for (const [run] of due) if (waiting.has(run)) run();
  };
  return { clock, advance };
}

const seconds = (ms: number) => String(Math.floor(ms / 1000));

describe('other systems are told of a call', () => {
  test('from its ring to its note, signed so that anybody with the secret can verify it', async () => {
    const receiver = await openReceiver();
    const { relay } = await openRelay(endpoint(receiver.url));
    const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
    const ana = await TestConsole.join(relay.url, token);
    await post(relay.url, offer('wacid.1'));
    await ana.ringing('main/wacid.1', ['ana']);
    await ana.claim('main/wacid.1');
    const at = Date.now();
    await post(
      relay.url,
      terminate('wacid.1', at, {
        start_time: seconds(at - 5000),
        end_time: seconds(at),
        duration: 5,
      }),
    );
    await post(relay.url, offer('wacid.2'));
    await post(relay.url, terminate('wacid.2'));
    await receiver.atLeast(5);
    expect(receiver.taken.map(({ verdict }) => verdict)).toEqual(Array(5).fill('new'));
    const ofCall = (id: string) => receiver.taken.filter(({ data }) => data['callId'] === id);
    expect(ofCall('wacid.1').map(({ type }) => type)).toEqual([
      'call.ringing',
      'call.answered',
      'call.ended',
    ]);
    expect(ofCall('wacid.2').map(({ type }) => type)).toEqual(['call.ringing', 'call.missed']);
    expect(ofCall('wacid.1').at(-1)?.data).toMatchObject({
      workspace: 'default',
      number: 'main',
      agent: { id: 'ana' },
      customer: { phone: '+5511999991234', name: 'Bia' },
      durationSeconds: 5,
    });
    // Numbers are for the receiver alone.
    expect(JSON.stringify(relay.lines)).not.toContain('5511999991234');

    // What a receiver must refuse.
    const [first] = receiver.taken;
    if (!first) throw new Error('nothing was taken');
    const { headers, body } = first;
    expect(new Verifier(OTHER_SECRET).verify(headers, body)).toBe('not ours');
    expect(new Verifier(SECRET).verify(headers, body.replace('Bia', 'Eve'))).toBe('not ours');
    expect(new Verifier(SECRET).verify(headers, body, Date.now() + 600_000)).toBe('too old');
    const again = new Verifier(SECRET);
    expect([again.verify(headers, body), again.verify(headers, body)]).toEqual(['new', 'repeated']);
  });

  test('only of the events and numbers that the admin has chosen', async () => {
    const receiver = await openReceiver();
    const { relay, logged } = await openRelay(endpoint(receiver.url, { events: ['call.missed'] }));
    await post(relay.url, offer('wacid.1'));
    await post(relay.url, terminate('wacid.1'));
    await logged('dispatch.delivered');
    expect(receiver.types()).toEqual(['call.missed']);
  });
});

describe('nothing is lost', () => {
  test('a failed message is sent again under its id; later ones of its call wait, other calls do not', async () => {
    const { clock, advance } = movableClock();
    let isUp = false;
    const receiver = await openReceiver(({ data }) =>
      isUp || data['callId'] === 'wacid.2' ? 204 : 500,
    );
    const { relay, logged } = await openRelay(endpoint(receiver.url), clock);
    await post(relay.url, offer('wacid.1'));
    await logged('dispatch.failed');
    await post(relay.url, terminate('wacid.1'));
    await post(relay.url, offer('wacid.2'));
    await logged('dispatch.delivered');
    expect(receiver.taken.map(({ data, type }) => [data['callId'], type])).toEqual([
      ['wacid.1', 'call.ringing'],
      ['wacid.2', 'call.ringing'],
    ]);
    isUp = true;
    advance(8_000);
    await logged('dispatch.delivered', 3);
    const ofFirst = receiver.taken.filter(({ data }) => data['callId'] === 'wacid.1');
    expect(ofFirst.map(({ type, verdict }) => [type, verdict])).toEqual([
      ['call.ringing', 'new'],
      ['call.ringing', 'repeated'],
      ['call.missed', 'new'],
    ]);
  });

  test('a relay that is killed with a message on its way sends it again', async () => {
    let isUp = false;
    const receiver = await openReceiver(() => (isUp ? 204 : 'never'));
    const folder = temporaryFolder();
    const file = path.join(folder.dir, 'relay.json');
    writeFileSync(file, JSON.stringify(plainConfig('data', endpoint(receiver.url))));
    const start = async () => {
      const args = ['src/relay/index.ts', '--config', file];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      onTestFinished(async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGKILL');
        await once(child, 'exit');
      });
      for await (const line of createInterface({ input: child.stdout })) {
        const { event, url } = JSON.parse(line);
        if (event !== 'relay.listening') continue;
        child.stdout.resume();
        return { child, url: String(url) };
      }
      throw new Error('it does not listen');
    };
    const first = await start();
    await post(first.url, offer('wacid.1'));
    await receiver.atLeast(1);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    isUp = true;
    await start();
    await receiver.atLeast(2);
    expect(receiver.taken.map(({ verdict }) => verdict)).toEqual(['new', 'repeated']);
    expect(new Set(receiver.taken.map(({ id }) => id)).size).toBe(1);
    onTestFinished(() => folder.remove());
  });

  test('what comes while the relay of the endpoint is down is told after its start', async () => {
    const receiver = await openReceiver();
    const opened = await openRelay(endpoint(receiver.url));
    await post(opened.relay.url, offer('wacid.1'));
    await opened.logged('dispatch.delivered');
    await opened.restart();
    await post(opened.relay.url, terminate('wacid.1'));
    await receiver.atLeast(2);
    expect(receiver.types()).toEqual(['call.ringing', 'call.missed']);
  });

  test('after three days in vain it is given up, said, listed and can be sent again', async () => {
    const { clock, advance } = movableClock();
    let isUp = false;
    const receiver = await openReceiver(() =>
      isUp ? 204 : { status: 503, headers: { 'retry-after': '3600' } },
    );
    const { relay, logged } = await openRelay(endpoint(receiver.url), clock);
    await post(relay.url, offer('wacid.1'));
    for (let attempt = 1; ; attempt++) {
      const line = await Promise.race([
        logged('dispatch.failed', attempt),
        logged('dispatch.given-up'),
      ]);
      if (line.event === 'dispatch.given-up') break;
      advance(12 * 3_600_000);
    }
    // Within the hour that was asked for, nothing was sent.
    expect(receiver.taken.length).toBeLessThan(80);
    isUp = true;
    await post(relay.url, offer('wacid.2', clock.now()));
    await logged('dispatch.delivered');
  });
});

test('an endpoint that is gone is switched off, which the admin sees, and on again', async () => {
  let isGone = true;
  const receiver = await openReceiver(() => (isGone ? 410 : 204));
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const more = endpoint(receiver.url);
  const config = path.join(folder.dir, 'relay.json');
  writeFileSync(config, JSON.stringify(plainConfig(path.join(folder.dir, 'data'), more)));
  const relay = await startRelay(relayConfig(path.join(folder.dir, 'data'), more));
  onTestFinished(() => relay.close());
  const command = (...args: string[]) =>
    new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
      const all = ['src/relay/index.ts', 'webhooks', ...args, '--config', config];
      execFile(process.execPath, all, (error, out, err) =>
        resolve({ code: error?.code ?? 0, out, err }),
      );
    });
  const said = (event: string, about?: string) =>
    new Promise<void>((resolve) => {
      const stop = relay.onLine(() => {
        const fits = (id: unknown) => about === undefined || id === about;
        if (!relay.lines.some((line) => line.event === event && fits(line['id']))) return;
        stop();
        resolve();
      });
    });
  await post(relay.url, offer('wacid.1'));
  await said('dispatch.endpoint-off');
  await post(relay.url, terminate('wacid.1'));
  expect((await command('list')).out).toContain('crm is off since');
  expect((await command('failed')).out).toMatch(
    /call\.ringing {2}open {2}1 attempt\(s\) {2}HTTP 410/,
  );
  expect(await command('on', '--id', 'erp')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Known: crm'),
  });
  isGone = false;
  expect((await command('on', '--id', 'crm')).code).toBe(0);
  await receiver.atLeast(3);
  expect(receiver.types()).toEqual(['call.ringing', 'call.ringing', 'call.missed']);

  const listed = (await command('list')).out;
  expect(listed).not.toContain('5511999991234');
  const id = receiver.taken[0]?.id ?? '';
  await said('dispatch.delivered', id);
  expect((await command('resend', '--id', id)).code).toBe(0);
  await receiver.atLeast(4);
  expect(receiver.taken.at(-1)).toMatchObject({ id, verdict: 'repeated' });
  expect(await command('resend', '--id', 'msg_unknown')).toMatchObject({ code: 1 });
}, 60_000);

test('of several relays on one store, one tells, and another goes on when it is gone', async () => {
  const receiver = await openReceiver();
  const cluster = await Cluster.open(2, { more: endpoint(receiver.url) });
  onTestFinished(() => cluster.close());
  await cluster.join('ana', 0);
  await post(cluster.node(1).url, offer('wacid.1'));
  await receiver.atLeast(1);
  await post(cluster.node(0).url, terminate('wacid.1'));
  await receiver.atLeast(2);
  await cluster.node(0).stop();
  await post(cluster.node(1).url, offer('wacid.2'));
  await receiver.atLeast(3);
  expect(receiver.types()).toEqual(['call.ringing', 'call.missed', 'call.ringing']);
  expect(receiver.taken.every(({ verdict }) => verdict === 'new')).toBe(true);
}, 60_000);
