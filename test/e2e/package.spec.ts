import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { writeTone } from '../../scripts/resources/tone.mjs';
import { projectFolder } from './harness/console-app.ts';
import { startBackend, type Backend } from './harness/backend.ts';
import type { CallRecord } from '../../src/main/history/call-record.ts';
import type { DbusDesktop } from '../helpers/dbus-desktop.ts';
import { ana, expect, microphoneHz, test } from './fixture.ts';

const run = promisify(execFile);

interface Packed {
  place: string;
  env: NodeJS.ProcessEnv;
  /** Of every start: where it shows itself, and that root has no sandbox. */
  machineArgs: readonly string[];
  microphone: string;
}

/**
 * The package allows no debugger, so it is driven from outside: its notification and tray over D-Bus, its log by
 * its own export, its sound at the customer's end.
 */
test('C3 C4 C5 H3 the package resists injection, runs from its own folder, and rings, talks and logs over WebRTC and raw frames', async ({
  backend,
  desktop,
  display,
  folder,
}) => {
  test.setTimeout(300_000);
  const env = { ...process.env, ...display.env };
  const packing = await run(process.execPath, [join(projectFolder, 'scripts', 'package.mjs')], {
    env,
  });
  const place = join(folder, 'somewhere', 'ringdesk');
  mkdirSync(place, { recursive: true });
  cpSync(join(projectFolder, 'dist', 'linux-unpacked'), place, { recursive: true });
  // Nothing that the source tree's scripts prepare may be needed.
  const { RINGDESK_SQLITE_BINDING: _binding, ...rest } = env;
  // It would not open its database with this, if it looked at it.
  const bare = { ...rest, RINGDESK_SQLITE_BINDING: join(folder, 'foreign.node') };
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const machineArgs = [...asRoot, ...display.args];
  const microphone = join(folder, 'microphone.wav');
  writeTone(microphone, microphoneHz, 4);
  const packed: Packed = { place, env: bare, machineArgs, microphone };
  const program = join(place, 'ringdesk');

  // The Electron of this machine may be an old one; then it says so.
  const marked = existsSync(join(place, 'ELECTRON-OUT-OF-SUPPORT.txt'));
  expect(/WARNING: Electron \S+ is out of support/.test(packing.stderr)).toBe(marked);

  const fuses = await getCurrentFuseWire(program);
  // As it stands in the program, in ASCII.
  const on = '1'.codePointAt(0);
  expect({
    asNode: fuses[FuseV1Options.RunAsNode] === on,
    nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable] === on,
    inspect: fuses[FuseV1Options.EnableNodeCliInspectArguments] === on,
    onlyAsar: fuses[FuseV1Options.OnlyLoadAppFromAsar] === on,
    cookies: fuses[FuseV1Options.EnableCookieEncryption] === on,
    files: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges] === on,
  }).toEqual({
    asNode: false,
    nodeOptions: false,
    inspect: false,
    onlyAsar: true,
    cookies: true,
    files: false,
  });

  const bad = ['--remote-debugging-port=0', '-remote-debugging-pipe', '--js-flags=--expose-gc'];
  for (const one of [...bad, '--load-extension=/tmp', '--disable-web-security']) {
    const userData = `--user-data-dir=${join(folder, 'refused')}`;
    const refused = await run(program, [...machineArgs, userData, one], { env: bare }).then(
      () => 'it started',
      (error: { code: number; stderr: string }) => `${error.code}: ${error.stderr}`,
    );
    expect(refused).toMatch(/^1: [\s\S]*Ringdesk does not accept --/);
    expect(refused).not.toContain('DevTools listening');
  }

  const [call] = await callWith(packed, join(folder, 'cloud'), backend, desktop);
  expect(call).toMatchObject({ direction: 'inbound', outcome: 'answered' });
  expect(call?.quality?.packetsReceived).toBeGreaterThan(50);

  const webBackend = await startBackend(join(folder, 'web-backend'), {}, { number: 'pilot-web' });
  try {
    const [held] = await callWith(packed, join(folder, 'web'), webBackend, desktop);
    expect(held).toMatchObject({ direction: 'inbound', outcome: 'answered' });
    expect(held?.quality?.packetsReceived).toBeGreaterThan(50);
  } finally {
    await webBackend.close();
  }
});

/** Starts the package with a new folder, takes a call, hangs it up, quits; gives the exported log. */
async function callWith(
  { place, env, machineArgs, microphone }: Packed,
  userData: string,
  backend: Backend,
  desktop: DbusDesktop,
): Promise<readonly Pick<CallRecord, 'direction' | 'outcome' | 'quality'>[]> {
  const { simulator } = backend;
  const common = [...machineArgs, `--user-data-dir=${userData}`];
  const app = spawn(
    join(place, 'ringdesk'),
    [
      ...common,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
      `--profile=${await backend.profileFor(ana)}`,
    ],
    { cwd: place, env, stdio: 'ignore' },
  );
  const gone = exitOf(app);
  const log = join(userData, 'logs', 'main.log');
  try {
    await desktop.until(
      async () =>
        (await desktop.trayItems()).find(({ tooltip }) => tooltip.endsWith('ready for calls')),
      'a packed console that is ready',
      30_000,
    );
    const { callId } = await simulator.startCall({
      customer: { waId: '5511987654321', name: 'Camila Souza' },
      kind: 'tone',
      hz: 440,
    });
    // Not every provider tells the name.
    await desktop.notification(/Camila Souza|98765.4321/);
    desktop.pressAction('accept');
    const media = () => simulator.report(callId)?.media;
    await simulator.waitFor(() => Math.abs((media()?.toneHz ?? 0) - microphoneHz) < 10);
    // The console stores its figures every 5 s; a frame has 20 ms.
    await simulator.waitFor(() => (media()?.packetsReceived ?? 0) > 350, { timeoutMs: 30_000 });
    simulator.hangUp(callId);
    await desktop.tooltip(/ready/);
    await desktop.clickMenu('Quit');
    await gone;
  } finally {
    app.kill('SIGKILL');
    await gone;
    await test.info().attach('main.log', { body: readFileSync(log), contentType: 'text/plain' });
  }
  // E.g. a thread whose script is not in the package.
  expect(readFileSync(log, 'utf8')).not.toMatch(/\[error\]/);

  const path = join(userData, 'calls.jsonl');
  await run(join(place, 'ringdesk'), [...common, `--export-calls=${path}`, '--format=jsonl'], {
    cwd: place,
    env,
  });
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function exitOf(app: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    app.once('exit', () => resolve());
  });
}
