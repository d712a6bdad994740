import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:tls';
import { join } from 'node:path';
import { reachWords } from '../../src/renderer/words/connection.ts';
import type { Desk } from './harness/desk.ts';
import type { World } from './harness/world.ts';
import { createAuthority } from '../fakes/authority.ts';
import { type ForwardProxyOptions, openForwardProxy } from '../fakes/forward-proxy.ts';
import { ana, button, connected, expect, test } from './fixture.ts';

const bar = ({ window }: Desk) => window.getByRole('region', { name: reachWords.notReachable });

/** A way to the relay that can be cut. */
async function openWay(to: string) {
  const port = Number(new URL(to).port);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = connect(port, '127.0.0.1');
    for (const one of [socket, upstream]) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        socket.destroy();
        upstream.destroy();
      });
    }
    socket.pipe(upstream).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
  return {
    url: `ws://127.0.0.1:${address.port}`,
    cut,
    async mend() {
      server.listen(address.port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

test('U4 V5 a console that cannot ring says so within 5 s, sounds after 15 s, and is back within 5 s', async ({
  world,
  open,
  desktop,
}) => {
  const way = await openWay(world.relay.url);
  const desk = await open({ profile: await world.profileFor(ana, way.url) });
  await connected(desk);
  await expect(bar(desk)).toHaveCount(0);

  await way.cut();
  const lostAt = Date.now();
  await bar(desk).waitFor();
  expect(Date.now() - lostAt).toBeLessThan(5_000);
  await expect(bar(desk)).toContainText(/Calls cannot reach you since \d{1,2}:\d\d/);
  await expect(desk.window.getByText(reachWords.notReachable, { exact: true })).toBeVisible();
  await desktop.tooltip(/calls cannot reach you since/);
  await button(desk, reachWords.why).click();
  await expect(desk.window.getByText(/cannot be reached/)).toBeVisible();
  await desk.window.keyboard.press('Escape');
  await desktop.until(
    () =>
      Promise.resolve(
        desktop.notifications().find(({ title }) => title.startsWith('Calls cannot reach you')),
      ),
    'a notification that calls cannot come in',
    30_000,
  );
  expect(Date.now() - lostAt).toBeGreaterThan(14_000);

  await way.mend();
  const backAt = Date.now();
  await connected(desk);
  expect(Date.now() - backAt).toBeLessThan(5_000);
  await expect(bar(desk)).toHaveCount(0);
  await desktop.noNotifications();
});

test('U4 a rejected sign-in has its own message and next step', async ({ world, open, folder }) => {
  const path = await world.profileFor(ana);
  const profile = JSON.parse(readFileSync(path, 'utf8'));
  profile.relay.token = 'a-token-that-nobody-knows';
  const wrong = join(folder, 'wrong.json');
  writeFileSync(wrong, JSON.stringify(profile));
  const desk = await open({ profile: wrong });
  await expect(bar(desk)).toContainText(reachWords.rejected);
  await expect(bar(desk)).toContainText(reachWords.rejectedNext);
  await expect(bar(desk).getByRole('button', { name: reachWords.importProfile })).toBeVisible();
  await expect(bar(desk).getByRole('button', { name: reachWords.tryNow })).toBeVisible();
});

test('U4 the demo never warns that calls cannot reach you', async ({ open }) => {
  const desk = await open();
  await connected(desk);
  await expect(bar(desk)).toHaveCount(0);
});

test.describe('on a company network', () => {
  const hosts = { relay: 'relay.company.test', graph: 'graph.company.test' };

  /** Names that only the proxy knows, behind certificates of the company's own: nothing gets there past them. */
  async function openCompany(world: World, folder: string, options: ForwardProxyOptions = {}) {
    const authority = await createAuthority();
    const ca = join(folder, 'company-root.pem');
    writeFileSync(ca, authority.pem);
    const fronts = await Promise.all(
      [
        { host: hosts.relay, to: world.relay.url },
        { host: hosts.graph, to: world.simulator.baseUrl },
      ].map(async ({ host, to }) => openFront(await authority.issue([host]), to)),
    );
    const [relayPort, graphPort] = fronts.map(({ port }) => port);
    const proxy = await openForwardProxy({ knows: Object.values(hosts), ...options });
    const profile = JSON.parse(readFileSync(await world.profileFor(ana), 'utf8'));
    profile.relay.url = `wss://${hosts.relay}:${relayPort}`;
    profile.accounts[0].apiBase = `https://${hosts.graph}:${graphPort}`;
    const path = join(folder, 'company.json');
    writeFileSync(path, JSON.stringify(profile));
    return {
      ca,
      proxy,
      profile: path,
      places: [`${hosts.relay}:${relayPort}`, `${hosts.graph}:${graphPort}`],
      async close() {
        await proxy.close();
        for (const front of fronts) await front.close();
      },
    };
  }

  const askProvider = ({ window: page }: Desk) =>
    page.evaluate(() =>
      window.ringdesk.request('permissions.get', { accountId: 'support', to: '5511987654321' }),
    );

  test('P2 relay link and requests use Chromium’s proxy and its password', async ({
    world,
    open,
    folder,
    display,
  }) => {
    const company = await openCompany(world, folder, { user: 'ana', password: 'right' });
    const desk = await open({
      profile: company.profile,
      args: [`--proxy-server=http://127.0.0.1:${company.proxy.port}`],
      env: { ...process.env, ...display.env, NODE_EXTRA_CA_CERTS: company.ca },
    });
    await bar(desk).getByRole('button', { name: reachWords.enterPassword }).click();
    await desk.window.getByLabel(reachWords.proxyUser).fill('ana');
    await desk.window.getByLabel(reachWords.proxyPassword, { exact: true }).fill('right');
    await button(desk, reachWords.signIn).click();
    await connected(desk);
    await expect(bar(desk)).toHaveCount(0);
    expect(await askProvider(desk)).toMatchObject({ ok: true });
    expect(new Set(company.proxy.through)).toEqual(new Set(company.places));
    await company.close();
  });

  test('P2 a PAC script chooses the proxy', async ({ world, open, folder, display }) => {
    const company = await openCompany(world, folder);
    const pac = `function FindProxyForURL(url, host) {
      return dnsDomainIs(host, '.company.test') ? 'PROXY 127.0.0.1:${company.proxy.port}' : 'DIRECT';
    }`;
    const url = `data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(pac).toString('base64')}`;
    const desk = await open({
      profile: company.profile,
      args: [`--proxy-pac-url=${url}`],
      env: { ...process.env, ...display.env, NODE_EXTRA_CA_CERTS: company.ca },
    });
    await connected(desk);
    expect(await askProvider(desk)).toMatchObject({ ok: true });
    expect(new Set(company.proxy.through)).toEqual(new Set(company.places));
    await company.close();
  });

  test('P2 the proxy comes from the environment, and an untrusted authority is named', async ({
    world,
    open,
    folder,
    display,
  }) => {
    const company = await openCompany(world, folder);
    const desk = await open({
      profile: company.profile,
      env: {
        ...process.env,
        ...display.env,
        HTTPS_PROXY: `http://127.0.0.1:${company.proxy.port}`,
      },
    });
    await button(desk, reachWords.why).click();
    await expect(
      desk.window.getByText('Certificate not trusted: issued by Example Company Root.'),
    ).toBeVisible();
    await company.close();
  });
});

/** TLS before a server that speaks none. */
async function openFront(certificate: { cert: string; key: string }, to: string) {
  const port = Number(new URL(to).port);
  const server = createTlsServer(certificate, (socket) => {
    const upstream = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
    socket.pipe(upstream).pipe(socket);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
