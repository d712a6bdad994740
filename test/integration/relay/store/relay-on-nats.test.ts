import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openNats, type Nats } from '../../../helpers/nats.ts';
import {
  offer,
  post,
  relayConfig,
  sign,
  startRelay,
  temporaryFolder,
  type TestRelay,
} from '../harness.ts';
import { PATIENT } from '../sockets.ts';
import { TestConsole } from '../test-console.ts';

let nats: Nats;
let folder: ReturnType<typeof temporaryFolder>;
let relay: TestRelay;
let consoles: TestConsole[];

const start = () =>
  startRelay(relayConfig(folder.dir, { store: { kind: 'nats', servers: nats.urls } }));

beforeEach(async () => {
  nats = await openNats();
  folder = temporaryFolder();
  consoles = [];
  relay = await start();
});
afterEach(async () => {
  for (const console of consoles) console.terminate();
  await relay.close();
  await nats.close();
  folder.remove();
});

const join = async (token: string, hello = {}) => {
  const console = await TestConsole.join(relay.url, token, hello);
  consoles.push(console);
  return console;
};

const logged = (event: string) =>
  new Promise<void>((resolve) => {
    const stop = relay.onLine(() => {
      if (!relay.lines.some((line) => line.event === event)) return;
      stop();
      resolve();
    });
  });

const idsOf = (console: TestConsole) =>
  console
    .all('entry')
    .flatMap(({ body }) => (body.type === 'provider' ? [body.providerCallId] : []));

describe('a relay on NATS JetStream', () => {
  it('rings, gives the call to one agent, and goes on after a restart', async () => {
    const [{ token }, ben] = [
      await relay.agents.add({ id: 'ana', name: 'Ana' }),
      await relay.agents.add({ id: 'ben', name: 'Ben' }),
    ];
    const both = [await join(token), await join(ben.token)];
    expect(await post(relay.url, offer('wacid.1'))).toMatchObject({ status: 200 });
    await Promise.all(both.map((console) => console.first('ringing')));
    const outcomes = await Promise.all(both.map((console) => console.claim('main/wacid.1')));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['granted', 'refused']);
    const [claimed] = await Promise.all(both.map((console) => console.entry('claimed')));
    const { epoch } = both[0]?.welcome ?? { epoch: '' };
    await relay.close();
    relay = await start();
    await post(relay.url, offer('wacid.2'));
    const cursor = Math.max(...(both[0]?.cursors ?? []));
    const again = await join(token, { epoch, cursor });
    await again.entry('provider');
    expect(again.welcome).toMatchObject({ epoch, from: cursor, complete: true });
    expect(idsOf(again)).toEqual(['wacid.2']);
    expect(claimed?.callId).toBe('main/wacid.1');
  });

  it('acknowledges no webhook while the server is gone, but lets it ring', async () => {
    const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
    const ana = await join(token);
    await nats.kill();
    const ringing = offer('wacid.1');
    const body = JSON.stringify(ringing);
    const headers = { 'x-hub-signature-256': sign(body) };
    const to = `${relay.url}/webhooks/meta/main`;
    const response = await fetch(to, { method: 'POST', headers, body });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ error: { code: 'not-stored' } });
    await ana.first('ringing', ({ callId }) => callId === 'main/wacid.1');
    expect(await ana.claim('main/wacid.1')).toEqual({ kind: 'granted' });
    await nats.restart();
    await logged('store.back');
    expect(await post(relay.url, ringing)).toMatchObject({
      status: 200,
      json: { added: 0 },
    });
    const { token: late } = await relay.agents.add({ id: 'ben', name: 'Ben' });
    const ben = await join(late, { epoch: ana.welcome.epoch, cursor: 0 });
    expect(await ben.entry('claimed')).toMatchObject({ callId: 'main/wacid.1', by: { id: 'ana' } });
  });

  it.each(['is gone', 'hangs'])(
    'says to load balancers that its server %s, until it answers again',
    async (how) => {
      const ask = async (path: string) => {
        const response = await fetch(`${relay.url}${path}`);
        return [response.status, await response.json()];
      };
      const tells = (health: unknown, ready: unknown) =>
        vi.waitFor(async () => {
          expect([await ask('/healthz'), await ask('/readyz')]).toEqual([health, ready]);
        }, PATIENT);
      const well = [
        [200, { ok: true }],
        [200, { ready: true, because: [] }],
      ] as const;
      await tells(...well);
      if (how === 'hangs') nats.pause();
      else await nats.kill();
      // Nobody has anything to store.
      await tells([503, { ok: false }], [503, { ready: false, because: ['store'] }]);
      if (how === 'hangs') nats.resume();
      else await nats.restart();
      await tells(...well);
    },
  );
});
