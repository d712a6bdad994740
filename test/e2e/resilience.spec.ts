import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureTone } from './harness/agent-audio.ts';
import { account } from './harness/backend.ts';
import { press, pressAccept } from './harness/presses.ts';
import { ana, button, connected, expect, logged, openWithHistory, ring, test } from './fixture.ts';
import { startFlakyProxy } from './harness/flaky-proxy.ts';

test('kill -9 during a call leaves the log intact and the call interrupted', async ({
  backend,
  open,
  folder,
}) => {
  const userData = join(folder, 'console');
  const first = await openWithHistory(backend, open, userData);
  const callId = await ring(backend, first);
  await pressAccept(first, button(first, 'Hang up'));
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
  await button(first, 'Hang up').waitFor();
  await first.kill();

  const second = await open({ userData });
  await connected(second);
  // The customer is not left in a dead call.
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.endedAt);
  const rows = await logged(second);
  expect(rows.map((row) => row.outcome)).toEqual(['interrupted', 'answered']);
  expect(rows[0]?.providerCallId).toBe(callId);
  expect(rows[0]?.timeline.map((entry) => entry.kind)).toContain('accepted');
  await expect(second.window.getByText(/closed during a call/i).first()).toBeVisible();
});

test('a call outlives a relay restart, and events resume', async ({ backend, app }) => {
  const { simulator } = backend;
  const callId = await ring(backend, app);
  await pressAccept(app, button(app, 'Hang up'));
  await measureTone(app.window);
  await backend.restartRelay(async () => {
    await app.window
      .getByText(/reconnecting/i)
      .first()
      .waitFor();
    const before = simulator.report(callId)?.media.packetsReceived ?? 0;
    await simulator.waitFor(
      () => (simulator.report(callId)?.media.packetsReceived ?? 0) > before + 100,
    );
  });
  await connected(app);
  expect((await measureTone(app.window)).hz).toBeGreaterThan(400);
  // An event after the restart arrives: the customer hangs up.
  simulator.hangUp(callId);
  await expect(button(app, 'Hang up')).toHaveCount(0);
  await expect.poll(async () => (await logged(app))[0]?.endReason.kind).toBe('customer-hung-up');
});

test('events missed while the console was offline reach the log, marked as such', async ({
  backend,
  open,
}) => {
  const { simulator } = backend;
  const proxy = await startFlakyProxy(backend.relay.url.replace(/^http/, 'ws'));
  const app = await open({ profile: await backend.profileFor(ana, proxy.url) });
  await connected(app);
  proxy.cut();
  await app.window
    .getByText(/reconnecting/i)
    .first()
    .waitFor();
  const { callId } = await simulator.startCall({
    customer: { waId: '5215512345678', name: 'Mateo Ruiz' },
    ringForMs: 300,
  });
  await simulator.waitFor(() => simulator.report(callId)?.endedAt);
  proxy.restore();
  await connected(app);
  await expect.poll(async () => (await logged(app))[0]?.outcome).toBe('missed');
  await app.window.getByRole('button', { name: /^Connection/ }).click();
  await expect(app.window.getByText(/1 call came in while/)).toBeVisible();
  await app.close();
  await proxy.close();
});

test('the window rings again after it crashes while ringing', async ({ backend, app, desktop }) => {
  await ring(backend, app);
  await app.electron.evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows().find((window) =>
      window.webContents.getURL().endsWith('index.html'),
    );
    main?.webContents.forcefullyCrashRenderer();
  });
  await desktop.notification(/Camila Souza/);
  await expect
    .poll(
      () =>
        app.electron.evaluate(({ BrowserWindow }) => {
          const main = BrowserWindow.getAllWindows().find((window) =>
            window.webContents.getURL().endsWith('index.html'),
          );
          // A crashing page never answers.
          return Promise.race([
            main?.webContents.executeJavaScript(
              `[...document.querySelectorAll('button')].some((b) => b.textContent.includes('Accept'))`,
            ),
            new Promise((resolve) => setTimeout(resolve, 1000, false)),
          ]);
        }),
      { timeout: 30_000 },
    )
    .toBe(true);
});

test.describe('invalid webhooks', () => {
  // Meta would retry a rejected one again and again.
  test.use({ simulated: { timing: { webhookAttempts: 1 } } });
  test('change nothing and lose no call', async ({ backend, app }) => {
    const { simulator } = backend;
    await simulator.postWebhook({ body: '{"object":', signature: 'good' });
    await simulator.postWebhook({ body: '{"entry":[{"changes":"no"}]}', signature: 'good' });
    await simulator.postWebhook({ body: '{}', signature: 'bad' });
    await simulator.postWebhook({ body: '{}', signature: 'none' });
    const callId = await ring(backend, app);
    await pressAccept(app, button(app, 'Hang up'));
    await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
    await press(button(app, 'Hang up'));
    await expect.poll(async () => (await logged(app)).length).toBe(1);
  });
});

test('an offer with a broken SDP still rings, with the reason, and harms nothing', async ({
  backend,
  app,
}) => {
  const value = {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: account.number.slice(1),
      phone_number_id: account.phoneNumberId,
    },
    contacts: [{ profile: { name: 'Broken Phone' }, wa_id: '5511922223333' }],
    calls: [
      {
        id: 'wacid.broken',
        from: '5511922223333',
        to: account.number.slice(1),
        event: 'connect',
        timestamp: String(Math.floor(Date.now() / 1000)),
        direction: 'USER_INITIATED',
        session: { sdp_type: 'offer', sdp: 'v=0\r\nnonsense' },
      },
    ],
  };
  await backend.simulator.postWebhook({
    signature: 'good',
    body: JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: account.wabaId, changes: [{ field: 'calls', value }] }],
    }),
  });
  await expect(app.window.getByText('Broken Phone').first()).toBeVisible();
  await press(button(app, 'Accept'));
  await expect.poll(async () => (await logged(app))[0]?.outcome).toBe('failed');
  // The console still works as before.
  const callId = await ring(backend, app);
  await press(button(app, 'Accept'));
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
});

test('a corrupted frame is requested again and nothing is lost', async ({ backend, open }) => {
  const proxy = await startFlakyProxy(backend.relay.url.replace(/^http/, 'ws'));
  const app = await open({ profile: await backend.profileFor(ana, proxy.url) });
  await connected(app);
  proxy.corruptNext();
  const callId = await ring(backend, app);
  expect(proxy.corrupted()).toBe(1);
  await pressAccept(app, button(app, 'Hang up'));
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
  await press(button(app, 'Hang up'));
  await expect
    .poll(async () => (await logged(app)).map((row) => row.outcome))
    .toEqual(['answered']);
  await app.close();
  await proxy.close();
});

test('an invalid profile is rejected with each faulty field named', async ({ open, folder }) => {
  const profile = join(folder, 'broken.json');
  writeFileSync(
    profile,
    JSON.stringify({
      version: 1,
      agent: { id: 'ana' },
      relay: { url: 'https://relay.example.com', token: 'x' },
      accounts: [{ id: 'support', provider: 'meta', number: '+12' }],
    }),
  );
  const app = await open({ profile });
  await expect(app.window.getByText(/agent\.name/).first()).toBeVisible();
  await expect(app.window.getByText(/accounts\[0\]\.number/).first()).toBeVisible();
});
