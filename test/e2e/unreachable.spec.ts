import { t } from '../../src/shared/i18n/i18n.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:tls';
import { join } from 'node:path';
import type { ConsoleApp } from './harness/console-app.ts';
import type { Backend } from './harness/backend.ts';
import { createAuthority } from '../fakes/authority.ts';
import { type ForwardProxyOptions, openForwardProxy } from '../fakes/forward-proxy.ts';
import { openTcpLink } from '../helpers/tcp-link.ts';
import { ana, button, connected, expect, test } from './fixture.ts';

const bar = ({ window }: ConsoleApp) =>
  window.getByRole('region', { name: t('reach.notReachable') });

test('U4 V5 a console that cannot ring says so, sounds after 15 s, and is back by itself', async ({
  backend,
  open,
  desktop,
}, info) => {
  const link = await openTcpLink(Number(new URL(backend.relay.url).port));
  const relayUrl = `ws://127.0.0.1:${link.port}`;
  const app = await open({ profile: await backend.profileFor(ana, relayUrl) });
  await connected(app);
  await expect(bar(app)).toHaveCount(0);

  link.cut();
  const lostAt = Date.now();
  await bar(app).waitFor();
  const saidMs = Date.now() - lostAt;
  await expect(bar(app)).toContainText(/Calls have not been able to reach you since \d{1,2}:\d\d/);
  await expect(app.window.getByText(t('reach.notReachable'), { exact: true })).toBeVisible();
  await desktop.tooltip(/calls have not been able to reach you since/);
  await button(app, t('reach.why')).click();
  await expect(app.window.getByText(/cannot be reached/)).toBeVisible();
  await app.window.keyboard.press('Escape');
  await desktop.until(
    () =>
      Promise.resolve(
        desktop
          .notifications()
          .find(({ title }) => title.startsWith('Calls have not been able to reach you')),
      ),
    'a notification that calls cannot come in',
    30_000,
  );

  await link.heal();
  const backAt = Date.now();
  await connected(app);
  // How long is long depends on the machine; unit tests prove the times by a clock of their own.
  info.annotations.push({
    type: 'measured',
    description: `said after ${saidMs} ms, back after ${Date.now() - backAt} ms`,
  });
  await expect(bar(app)).toHaveCount(0);
  await desktop.noNotifications();
  await link.close();
});

test('U4 a rejected sign-in has its own message and next step', async ({
  backend,
  open,
  folder,
}) => {
  const path = await backend.profileFor(ana);
  const profile = JSON.parse(readFileSync(path, 'utf8'));
  profile.relay.token = 'a-token-that-nobody-knows';
  const wrong = join(folder, 'wrong.json');
  writeFileSync(wrong, JSON.stringify(profile));
  const app = await open({ profile: wrong });
  await expect(bar(app)).toContainText(t('reach.rejected'));
  await expect(bar(app)).toContainText(t('reach.rejectedNext'));
  await expect(bar(app).getByRole('button', { name: t('reach.importProfile') })).toBeVisible();
  await expect(bar(app).getByRole('button', { name: t('reach.tryNow') })).toBeVisible();
});

test('U4 the demo never warns that calls cannot reach you', async ({ open }) => {
  const app = await open();
  await connected(app);
  await expect(bar(app)).toHaveCount(0);
});

test.describe('on a company network', () => {
  const hosts = { relay: 'relay.company.test', graph: 'graph.company.test' };

  /** Hosts that only the proxy resolves, with certificates of the company's own authority. */
  async function openCompany(backend: Backend, folder: string, options: ForwardProxyOptions = {}) {
    const authority = await createAuthority();
    const ca = join(folder, 'company-root.pem');
    writeFileSync(ca, authority.pem);
    const fronts = await Promise.all(
      [
        { host: hosts.relay, to: backend.relay.url },
        { host: hosts.graph, to: backend.simulator.baseUrl },
      ].map(async ({ host, to }) => openFront(await authority.issue([host]), to)),
    );
    const [relayPort, graphPort] = fronts.map(({ port }) => port);
    const proxy = await openForwardProxy({ knows: Object.values(hosts), ...options });
    const profile = JSON.parse(readFileSync(await backend.profileFor(ana), 'utf8'));
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

  const askProvider = ({ window: page }: ConsoleApp) =>
    page.evaluate(() =>
      window.ringdesk.request('contacts.facts', {
        accountId: 'support',
        party: { waId: '5511987654321' },
        fresh: true,
      }),
    );

  test('P2 relay link and requests use Chromium’s proxy and its password', async ({
    backend,
    open,
    folder,
    display,
  }) => {
    const company = await openCompany(backend, folder, { user: 'ana', password: 'right' });
    const app = await open({
      profile: company.profile,
      args: [`--proxy-server=http://127.0.0.1:${company.proxy.port}`],
      env: { ...process.env, ...display.env, NODE_EXTRA_CA_CERTS: company.ca },
    });
    await bar(app)
      .getByRole('button', { name: t('reach.enterPassword') })
      .click();
    await app.window.getByLabel(t('reach.proxyUser')).fill('ana');
    await app.window.getByLabel(t('reach.proxyPassword'), { exact: true }).fill('right');
    await button(app, t('reach.signIn')).click();
    await connected(app);
    await expect(bar(app)).toHaveCount(0);
    expect(await askProvider(app)).toMatchObject({
      ok: true,
      value: { permission: { checkedAt: expect.any(Number) } },
    });
    expect(new Set(company.proxy.through)).toEqual(new Set(company.places));
    await company.close();
  });

  test('P2 a PAC script chooses the proxy', async ({ backend, open, folder, display }) => {
    const company = await openCompany(backend, folder);
    const pac = `function FindProxyForURL(url, host) {
      return dnsDomainIs(host, '.company.test') ? 'PROXY 127.0.0.1:${company.proxy.port}' : 'DIRECT';
    }`;
    const url = `data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(pac).toString('base64')}`;
    const app = await open({
      profile: company.profile,
      args: [`--proxy-pac-url=${url}`],
      env: { ...process.env, ...display.env, NODE_EXTRA_CA_CERTS: company.ca },
    });
    await connected(app);
    expect(await askProvider(app)).toMatchObject({
      ok: true,
      value: { permission: { checkedAt: expect.any(Number) } },
    });
    expect(new Set(company.proxy.through)).toEqual(new Set(company.places));
    await company.close();
  });

  test('P2 the proxy comes from the environment, and an untrusted authority is named', async ({
    backend,
    open,
    folder,
    display,
  }) => {
    const company = await openCompany(backend, folder);
    const app = await open({
      profile: company.profile,
      env: {
        ...process.env,
        ...display.env,
        HTTPS_PROXY: `http://127.0.0.1:${company.proxy.port}`,
      },
    });
    await button(app, t('reach.why')).click();
    await expect(
      app.window.getByText('Certificate not trusted: issued by Example Company Root.'),
    ).toBeVisible();
    await company.close();
  });
});

/** TLS in front of a server without it. */
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
