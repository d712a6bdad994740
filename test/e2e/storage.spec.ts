import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { damagePages } from '../helpers/damage.ts';
import { press, pressAccept } from './harness/presses.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import {
  button,
  connected,
  expect,
  inHistory,
  logged,
  openAna,
  openWithHistory,
  ring,
  test,
  showHistory,
} from './fixture.ts';

test('S1 B8 a call rings with 40 % of the history’s pages damaged, and a notice reports the damage', async ({
  backend,
  open,
  folder,
}) => {
  const userData = join(folder, 'console');
  const first = await openWithHistory(backend, open, userData);
  await first.close();
  damagePages(join(userData, 'ringdesk.db'), 0.4, 7);

  const second = await open({ userData });
  await connected(second);
  await ring(backend, second);
  await expect(second.window.getByText(/call history was damaged/).first()).toBeVisible();
  await expect(second.window.getByText(/ringdesk\.db\.unreadable-/).first()).toBeVisible();

  await pressAccept(second, button(second, 'Hang up'));
  await press(button(second, 'Hang up'));
  await showHistory(second.window);
  await inHistory(second.window, 'Camila Souza').waitFor();
  await expect(second.window.getByText(/The damaged file is kept as/).first()).toBeVisible();
});

test('S3 B9 a call rings from the copy when the database is a folder and workspace.json is empty', async ({
  backend,
  open,
  folder,
}) => {
  const userData = join(folder, 'console');
  const first = await openAna(backend, open, { userData });
  await first.close();
  for (const end of ['', '-wal', '-shm'])
    rmSync(join(userData, `ringdesk.db${end}`), { force: true });
  mkdirSync(join(userData, 'ringdesk.db'));
  writeFileSync(join(userData, 'workspace.json'), '');
  writeFileSync(join(userData, 'window.json'), '{"x":1e9,"y":null,"width":-1}');

  const second = await open({ userData });
  await connected(second);
  const callId = await ring(backend, second);
  await expect(second.window.getByText(/calls are kept in memory only/).first()).toBeVisible();

  await pressAccept(second, button(second, 'Hang up'));
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
  await press(button(second, 'Hang up'));
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.endedAt);
  // The blocking folder is removed, and pending facts are stored.
  rmSync(join(userData, 'ringdesk.db'), { recursive: true });
  await expect(second.window.getByText(/calls are kept in memory only/)).toHaveCount(0, {
    timeout: 30_000,
  });
  await expect.poll(async () => (await logged(second))[0]?.outcome).toBe('answered');
});

test('B9 an unreadable workspace.json does not open the demo', async ({ open, folder }) => {
  const userData = join(folder, 'console');
  mkdirSync(userData);
  writeFileSync(join(userData, 'workspace.json'), '{"version":1,"open":"prof');
  const app = await open({ userData });
  await expect(app.window.getByText(/was damaged and is kept as/).first()).toBeVisible();
  await expect(app.window.getByText(/workspace\.json\.unreadable-/).first()).toBeVisible();
});

test('L1 kill -9 while ringing leaves no SDP on disk, and the call rings again', async ({
  backend,
  open,
  folder,
}) => {
  const userData = join(folder, 'console');
  const first = await openWithHistory(backend, open, userData);
  const callId = await ring(backend, first);
  await first.kill();
  for (const end of ['', '-wal', '-shm']) {
    const bytes = readFileSync(join(userData, `ringdesk.db${end}`)).toString('latin1');
    expect(bytes).not.toMatch(/ice-pwd|a=fingerprint|a=candidate|v=0\\r/);
  }
  const second = await open({ userData });
  // A press the moment it appears is ignored.
  await expect(async () => {
    const accept = button(second, 'Accept');
    if (await accept.isVisible()) await accept.click();
    await expect(button(second, 'Hang up')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
});

/** `npm run test:damage` kills 100 times. */
const KILLS = process.env['RINGDESK_THOROUGH'] === undefined ? 2 : 100;

test('H11 kill -9 under writes loses nothing that was acknowledged', async ({
  backend,
  open,
  folder,
}) => {
  test.setTimeout(60_000 + KILLS * 20_000);
  const userData = join(folder, 'console');
  let app = await openWithHistory(backend, open, userData);
  const callId = (await logged(app))[0]?.id ?? '';
  let acknowledged = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    // A call comes and goes meanwhile, with its webhooks.
    const ringing = await ring(backend, app);
    acknowledged = await writeUntilKilled(app, callId, acknowledged, 1 + ((kill * 37) % 150), () =>
      backend.simulator.hangUp(ringing),
    );
    app = await open({ userData });
    await connected(app);
    await expect.poll(async () => (await logged(app)).length).toBe(kill + 1);
    expect(Number(await noteOf(app, callId))).toBeGreaterThanOrEqual(acknowledged);
    await expect(app.window.getByText(/call history was damaged/)).toHaveCount(0);
  }
});

declare global {
  interface Window {
    acknowledge?: (n: number) => Promise<void>;
  }
}

/** Replaces a note again and again, and kills the console after so many answers. @returns the last that it gave */
async function writeUntilKilled(
  app: ConsoleApp,
  callId: string,
  before: number,
  answers: number,
  begun: () => void,
): Promise<number> {
  let last = before;
  let killed: Promise<void> | undefined;
  await app.window.exposeFunction('acknowledge', (n: number) => {
    if (last === before) begun();
    last = n;
    if (n - before >= answers) killed ??= app.kill();
  });
  await app.window
    .evaluate(
      async ({ callId, first }) => {
        for (let n = first; ; n++) {
          const note = { callId, text: String(n), tags: [] };
          const { ok } = await window.ringdesk.request('notes.set', note);
          if (ok) await window.acknowledge?.(n);
        }
      },
      { callId, first: before + 1 },
    )
    .catch(() => undefined);
  await killed;
  return last;
}

async function noteOf({ window: page }: ConsoleApp, callId: string): Promise<string> {
  const answer = await page.evaluate(
    (callId) => window.ringdesk.request('notes.get', { callId }),
    callId,
  );
  return answer.ok ? answer.value.text : '';
}

test('C8 starting with a profile again asks before provisioning this console anew', async ({
  backend,
  app,
  folder,
}) => {
  const profile = join(folder, `${randomBytes(4).toString('hex')}.json`);
  copyFileSync(await backend.profileFor({ id: 'bea', name: 'Bea Rocha' }), profile);
  await app.electron.evaluate(({ app, dialog }, file) => {
    const asked: string[] = [];
    Reflect.set(app, 'asked', asked);
    Reflect.set(dialog, 'showMessageBox', (_: unknown, options: { detail: string }) => {
      asked.push(options.detail);
      return Promise.resolve({ response: asked.length > 1 ? 1 : 0, checkboxChecked: false });
    });
    app.emit('second-instance', {}, [], '', { profile: file });
  }, profile);
  const asked = () => app.electron.evaluate(({ app }) => Reflect.get(app, 'asked'));
  await expect.poll(asked).toHaveLength(1);
  await expect(app.window.getByText('Ana Lima').first()).toBeVisible();
  await app.electron.evaluate(({ app }, file) => {
    app.emit('second-instance', {}, [], '', { profile: file });
  }, profile);
  await expect(app.window.getByText('Bea Rocha').first()).toBeVisible();
  expect(await asked()).toHaveLength(2);
});

test('C11 a read-only data folder is reported, and calls still ring', async ({ backend, open }) => {
  // Not even root can create a file there.
  const userData = '/sys/kernel';
  const app = await openAna(backend, open, { userData });
  const callId = await ring(backend, app);
  await expect(app.window.getByText(/cannot write to its folder/).first()).toBeVisible();

  await pressAccept(app, button(app, 'Hang up'));
  await backend.simulator.waitFor(() => backend.simulator.report(callId)?.acceptedAt);
});
