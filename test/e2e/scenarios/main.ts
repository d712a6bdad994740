import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTone } from '../../../scripts/resources/tone.mjs';
import { openConsoleApp, projectFolder } from '../harness/console-app.ts';
import { startBackend } from '../harness/backend.ts';
import { inLog, recordPhases } from './observe.ts';
import { playDay } from './day.ts';
import { exportLog } from './export.ts';
import { type DemoNumber, demoNumber } from './number.ts';
import { screenshotsIn } from './screenshots.ts';
import { brokenPromises, type DemoReport, reasonsOf } from './report.ts';
import { reportShift } from './shift/main.ts';
import { playScenario } from './team/main.ts';
import type { Runtime } from './runtime.ts';
import { customerOf, playUnreported } from './steps.ts';
import { microphoneHz } from './call-measurements.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Plays a working day unattended in real Electron, on one provider's number: a customer calls and is
 * answered, is called back, one call is missed, and the log is exported. Prints each step.
 * `--scenario` plays a team instead.
 *
 * @returns the exit code; 1 also if a figure that the number's capabilities promise is missing
 */
export async function run({
  runtime,
  argv,
}: {
  runtime: Runtime;
  argv: string[];
}): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      json: { type: 'string' },
      screenshots: { type: 'string' },
      scenario: { type: 'string' },
      provider: { type: 'string' },
      softphone: { type: 'boolean' },
    },
  });
  if (values.scenario === 'shift') return reportShift(runtime, values.json, say);
  if (values.scenario !== undefined) return playScenario(runtime, values.scenario, values.json);
  const number = demoNumber(values.provider, values.softphone);
  if (typeof number === 'string') {
    say(number);
    return 2;
  }
  // Fails early if the folder cannot be created.
  if (values.json !== undefined) mkdirSync(dirname(resolve(values.json)), { recursive: true });
  const report = await play(runtime, number, values);
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
    say(`The report is in ${values.json}.`);
  }
  const broken = brokenPromises(report);
  for (const sentence of broken) say(sentence);
  return broken.length === 0 ? 0 : 1;
}

async function play(
  runtime: Runtime,
  number: DemoNumber,
  options: { json?: string | undefined; screenshots?: string | undefined },
): Promise<DemoReport> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-demo-'));
  const backend = await startBackend(
    join(folder, 'backend'),
    { customers: [customerOf(number)] },
    { number: number.kind },
  );
  const microphone = join(folder, 'microphone.wav');
  writeTone(microphone, microphoneHz, 4);
  const profile = await backend.profileFor({ id: 'ana', name: 'Ana Lima' });
  const userData = join(folder, 'console');
  const start = { ...runtime, machineArgs: runtime.args, appPath: projectFolder, userData };
  let app = await openConsoleApp({ ...start, profile, microphone });
  say(`The console is open in Electron ${runtime.electronVersion}.`);
  try {
    const screenshots = screenshotsIn(options.screenshots, say);
    await app.window
      .getByText(/^Connected/)
      .first()
      .waitFor();
    say('It is connected to the relay.');
    await screenshots.take(app.window, 'calls');

    const phases = await recordPhases(app.window);
    const day = await playDay({ backend, app, number, phases, say, screenshots });
    const path = resolve(options.json ? dirname(options.json) : '.', 'ringdesk-calls.csv');
    const exported = await exportLog(start, path);
    say(`Exported ${exported.rows} calls to ${exported.path}.`);

    const { day: reason } = reasonsOf(number.capabilities);
    let reconciled: number | null = null;
    if (reason.reconciled === undefined) {
      await app.close();
      const callId = await playUnreported({ backend, number });
      say('A customer called while the console was closed, and no webhook reported it.');
      app = await openConsoleApp(start);
      const read = await inLog(app.window, (call) => call.providerCallId === callId);
      reconciled = read?.reconciled === true ? 1 : 0;
      say(`${reconciled} call was read in the provider's list.`);
    }
    return {
      electron: runtime.electronVersion,
      official: runtime.official,
      provider: number.provider,
      path: number.capabilities.path,
      ...day,
      export: exported,
      reconciled,
      reason,
    };
  } catch (error) {
    say(app.output());
    throw error;
  } finally {
    await app.close();
    await backend.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
