import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeTone } from '../../scripts/resources/tone.mjs';
import { projectFolder } from '../../scripts/stage/desk.ts';
import { ana, expect, microphoneHz, test } from './fixture.ts';

const run = promisify(execFile);

/**
 * The package allows no debugger, so it is driven from outside: its notification and tray over D-Bus, its log by
 * its own export, its sound at the customer's end.
 */
test('the package starts, rings, talks and logs from a folder of its own', async ({
  world,
  desktop,
  display,
  folder,
}) => {
  test.setTimeout(300_000);
  const env = { ...process.env, ...display.env };
  await run(process.execPath, [join(projectFolder, 'scripts', 'package.mjs')], { env });
  const place = join(folder, 'somewhere', 'ringdesk');
  mkdirSync(place, { recursive: true });
  cpSync(join(projectFolder, 'dist', 'linux-unpacked'), place, { recursive: true });

  // Nothing that the source tree's scripts prepare may be needed.
  const { RINGDESK_SQLITE_BINDING: _binding, ...bare } = env;
  const microphone = join(folder, 'microphone.wav');
  writeTone(microphone, microphoneHz, 4);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const common = [...asRoot, ...display.args, `--user-data-dir=${join(folder, 'packed')}`];
  const profile = await world.profileFor(ana);
  const app = spawn(
    join(place, 'ringdesk'),
    [
      ...common,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
      `--profile=${profile}`,
    ],
    { cwd: place, env: bare, stdio: 'ignore' },
  );
  const gone = exitOf(app);
  try {
    await desktop.until(
      async () =>
        (await desktop.trayItems()).find(({ tooltip }) => tooltip.endsWith('ready for calls')),
      'a packed console that is ready',
      30_000,
    );
    const { callId } = await world.simulator.startCall({
      customer: { waId: '5511987654321', name: 'Camila Souza' },
      kind: 'tone',
      hz: 440,
    });
    await desktop.notification(/Camila Souza/);
    desktop.pressAction('accept');
    await world.simulator.waitFor(() => {
      const tone = world.simulator.report(callId)?.media.toneHz;
      return typeof tone === 'number' && Math.abs(tone - microphoneHz) < 10;
    });
    world.simulator.hangUp(callId);
    await desktop.tooltip(/ready/);
    await desktop.clickMenu('Quit');
    await gone;
  } finally {
    app.kill('SIGKILL');
    await gone;
    const log = join(folder, 'packed', 'logs', 'main.log');
    await test.info().attach('main.log', { body: readFileSync(log), contentType: 'text/plain' });
  }

  const path = join(folder, 'calls.jsonl');
  await run(join(place, 'ringdesk'), [...common, `--export-calls=${path}`, '--format=jsonl'], {
    cwd: place,
    env: bare,
  });
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ direction: 'inbound' });
});

function exitOf(app: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    app.once('exit', () => resolve());
  });
}
