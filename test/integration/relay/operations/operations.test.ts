import { describe, expect, it, onTestFinished } from 'vitest';
import { openChromium } from '../../../helpers/chromium.ts';
import { ACCOUNT, APP_SECRET, NUMBER_ID, offer, post, VERIFY_TOKEN } from '../harness.ts';
import { RelayWorld } from '../relay-world.ts';

const ADMIN = 'the-admin-token-of-the-whole-relay';
const SALES = 'the-admin-token-of-the-sales-people';
const account = (id: string, phoneNumberId: string) => ({
  id,
  provider: 'meta',
  phoneNumberId,
  appSecret: APP_SECRET,
  verifyToken: VERIFY_TOKEN,
});
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** The value of one sample of the metrics; undefined if there is none. */
function sample(text: string, name: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

describe('a relay without an admin token', () => {
  const world = new RelayWorld();

  it('reports liveness and readiness, but neither metrics nor a status page', async () => {
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${world.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ ready: true, because: [] });
    for (const path of ['/metrics', '/admin']) {
      expect((await fetch(`${world.url}${path}`, bearer(ADMIN))).status).toBe(404);
    }
    expect((await fetch(`${world.url}/readyz`, { method: 'POST' })).status).toBe(405);
  });
});

describe('the metrics', () => {
  const world = new RelayWorld({ adminToken: ADMIN });
  const metrics = async () => (await fetch(`${world.url}/metrics`, bearer(ADMIN))).text();

  it('count what happens: webhooks, rings, claims, and what is refused', async () => {
    const ana = await world.join('ana');
    const callId = await world.ring('wacid.1');
    await ana.ringing(callId, ['ana']);
    expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
    await fetch(`${world.url}/webhooks/meta/main`, { method: 'POST', body: '{}' });
    // More than the log has.
    for (let tries = 0; tries < 30; tries++) await fetch(`${world.url}/elsewhere`);
    const text = await metrics();
    expect(sample(text, 'ringdesk_consoles')).toBe(1);
    expect(sample(text, `ringdesk_webhooks_total{account="${ACCOUNT}"}`)).toBe(1);
    expect(sample(text, 'ringdesk_ring_to_console_seconds_count')).toBe(1);
    expect(sample(text, 'ringdesk_event_lag_seconds_count')).toBe(1);
    expect(sample(text, 'ringdesk_requests_total{request="claim",outcome="granted"}')).toBe(1);
    expect(
      sample(text, 'ringdesk_rejected_total{reason="webhook.refused:signature-missing"}'),
    ).toBe(1);
    expect(sample(text, 'ringdesk_rejected_total{reason="http.unknown-address"}')).toBe(30);
    expect(sample(text, 'ringdesk_store_durable')).toBe(1);
    world.clock.advance(5_000);
    const age = sample(await metrics(), `ringdesk_last_webhook_age_seconds{account="${ACCOUNT}"}`);
    expect(age).toBe(5);
    await world.restart();
    expect(sample(await metrics(), `ringdesk_last_webhook_age_seconds{account="${ACCOUNT}"}`)).toBe(
      5,
    );
  });

  it('are for admins only, who may send the token either way', async () => {
    const status = async (authorization?: string) =>
      (
        await fetch(`${world.url}/metrics`, {
          headers: authorization === undefined ? {} : { authorization },
        })
      ).status;
    const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
    expect(await status()).toBe(401);
    for (const wrong of [
      'Bearer wrong',
      'Bearer',
      basic('admin'),
      basic('admin:wrong'),
      basic(`${ADMIN}:`),
      `Digest ${ADMIN}`,
    ]) {
      expect(await status(wrong)).toBe(401);
    }
    expect(await status(basic(`anybody:${ADMIN}`))).toBe(200);
    const agent = await world.token('ana');
    expect(await status(`Bearer ${agent}`)).toBe(401);
  });
});

describe('wrong admin tokens', () => {
  const world = new RelayWorld({ adminToken: ADMIN, trustProxy: ['127.0.0.1'] });

  it('soon lock out their address', async () => {
    const ask = (token: string, from: string) =>
      fetch(`${world.url}/admin`, {
        headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': from },
      });
    for (let tries = 0; tries < 20; tries++) {
      expect((await ask('wrong', '203.0.113.9')).status).toBe(401);
    }
    const refused = await ask(ADMIN, '203.0.113.9');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(ADMIN, '203.0.113.10')).status).toBe(200);
  });
});

describe('the status page in a browser', () => {
  const world = new RelayWorld({
    adminToken: ADMIN,
    accounts: undefined,
    workspaces: [
      { id: 'sales', name: 'Sales', accounts: [account(ACCOUNT, NUMBER_ID)], adminToken: SALES },
      { id: 'help', name: 'Help', accounts: [account('help-line', '222')] },
    ],
  });

  /** The page as a holder of the token sees it, and what ran or was refused in it. */
  async function visit(token: string) {
    const browser = await openChromium();
    onTestFinished(() => browser.close());
    const { page } = browser;
    const wrong: string[] = [];
    page.on('dialog', (dialog) => {
      wrong.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('console', (message) => wrong.push(message.text()));
    page.on('pageerror', (error) => wrong.push(error.message));
    await page.setExtraHTTPHeaders(bearer(token).headers);
    const response = await page.goto(`${world.url}/admin`);
    return { page, wrong, status: response?.status() };
  }

  it('shows who is connected and which numbers cannot ring, with names as plain text', async () => {
    const name = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    await world.relay.agents.add({ id: 'eve', name, workspace: 'help' });
    await world.token('ana', { workspace: 'sales' });
    const ana = await world.join('ana');
    await post(world.url, offer('wacid.1', world.clock.now()));
    await ana.ringing(`${ACCOUNT}/wacid.1`, ['ana']);

    const { page, wrong, status } = await visit(ADMIN);
    expect(status).toBe(200);
    const cells = (of: string) => page.locator('tr', { hasText: of }).first().innerText();
    expect(await cells('Agent ana')).toMatch(/sales\s+available\s+\d+/);
    expect(await cells('(eve)')).toContain(name);
    expect(await page.locator('tr', { hasText: ACCOUNT }).first().innerText()).toMatch(/Yes$/);
    expect(await cells('help-line')).toContain('no webhook has arrived yet');
    // The style is the page's own, and allowed.
    expect(
      await page
        .locator('table')
        .first()
        .evaluate((one) => getComputedStyle(one).borderCollapse),
    ).toBe('collapse');
    expect(await page.locator('script, img').count()).toBe(0);
    expect(wrong).toEqual([]);
  });

  it('runs no injected script', async () => {
    const { page } = await visit(ADMIN);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "ran"';
      document.head.append(script);
      return document.title;
    });
    expect(ran).not.toBe('ran');
  });

  it('shows a workspace’s admin only that workspace', async () => {
    await world.token('ana', { workspace: 'sales' });
    await world.join('ana');
    await world.relay.agents.add({ id: 'hal', name: 'Hal', workspace: 'help' });
    const { page } = await visit(SALES);
    const text = await page.locator('body').innerText();
    expect(text).toContain('Agent ana');
    expect(text).not.toMatch(/hal|help/i);
    expect((await fetch(`${world.url}/metrics`, bearer(SALES))).status).toBe(403);
  });
});
