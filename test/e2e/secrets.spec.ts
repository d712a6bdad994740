import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { account, resellerSecrets, secrets } from './harness/numbers.ts';
import { press, pressAccept } from './harness/presses.ts';
import { button, expect, ring, test } from './fixture.ts';

test('tokens are never in clear text: on disk, in the log or in the window', async ({
  backend,
  app,
  folder,
}) => {
  await ring(backend, app);
  await pressAccept(app, button(app, 'Hang up'));
  await press(button(app, 'Hang up'));
  const found = filesUnder(join(folder, 'console-0')).filter((path) => {
    const content = readFileSync(path);
    return content.includes(secrets.accessToken);
  });
  expect(found).toEqual([]);
  expect(app.output()).not.toContain(secrets.accessToken);
  expect(app.output()).not.toContain('5511987654321');
  const seen = await app.window.evaluate(async () => {
    const snapshot = await window.ringdesk.request('app.hello', { softphone: true });
    return JSON.stringify(snapshot) + document.documentElement.outerHTML;
  });
  expect(seen).not.toContain(secrets.accessToken);
  expect(seen).not.toContain('ice-pwd');
});

for (const number of ['d360', 'pilot-web', 'zernio-softphone'] as const) {
  test.describe(number, () => {
    test.use({ number });
    test('keys and secret URLs are never in clear text', async ({ backend, app, folder }) => {
      const callId = await ring(backend, app);
      await pressAccept(app, button(app, 'Hang up'));
      const heard = () => backend.simulator.report(callId)?.media.packetsReceived ?? 0;
      await backend.simulator.waitFor(() => heard() > 10);
      await press(button(app, 'Hang up'));
      await backend.simulator.waitFor(() => backend.simulator.report(callId)?.endedAt);
      const seen = await app.window.evaluate(async (accountId) => {
        const answers = await Promise.all([
          window.ringdesk.request('app.hello', { softphone: true }),
          window.ringdesk.request('numbers.get', { accountId }),
          window.ringdesk.request('contacts.facts', {
            accountId,
            party: { waId: '5511987654321' },
            fresh: true,
          }),
        ]);
        return JSON.stringify(answers) + document.documentElement.outerHTML;
      }, account.id);
      // Proves that the request was sent at all.
      expect(seen).toContain('"settings"');
      const places = new Map(
        filesUnder(join(folder, 'console-0')).map((path) => [path, readFileSync(path, 'latin1')]),
      );
      places.set('output', app.output()).set('window', seen);
      for (const secret of Object.values(resellerSecrets)) {
        const found = [...places].filter(([, content]) => content.includes(secret));
        expect(found.map(([place]) => place)).toEqual([]);
      }
      expect(app.output()).not.toMatch(/5511987654321|token=(?!\[…\])/);
    });
  });
}

test('windows have no Node and no access outside the app', async ({ app }) => {
  const reach = await app.window.evaluate(() => ({
    process: typeof Reflect.get(globalThis, 'process'),
    require: typeof Reflect.get(globalThis, 'require'),
    opened: window.open('https://example.com') === null,
  }));
  expect(reach).toEqual({ process: 'undefined', require: 'undefined', opened: true });
  const refused = await app.window.evaluate(() =>
    // What a compromised window might try.
    Reflect.apply(Reflect.get(window.ringdesk, 'request'), undefined, [
      'calls.accept',
      { callId: 7, sql: "'" },
    ]),
  );
  expect(refused).toMatchObject({ ok: false, error: { code: 'bad-request' } });
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}
