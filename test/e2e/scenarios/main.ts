import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTone } from '../../../scripts/resources/tone.mjs';
import { openDesk, projectFolder } from '../harness/desk.ts';
import { createWorld } from '../harness/world.ts';
import { inLog, notePhases } from './console.ts';
import { playDay } from './day.ts';
import { exportLog } from './export.ts';
import { type DemoNumber, demoNumber } from './number.ts';
import { photographs } from './screenshots.ts';
import { brokenPromises, type DemoReport, reasonsOf } from './report.ts';
import { playScenario } from './team/play.ts';
import { customerOf, playUntold } from './steps.ts';
import { microphoneHz } from './call-measurements.ts';

/** What the launcher prepared; see `scripts/runtime/prepare.mjs`. */
export interface Runtime {
  electronPath: string;
  electronVersion: string;
  official: boolean;
  env: NodeJS.ProcessEnv;
  args: string[];
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Plays the main job unattended in real Electron, on the number of a provider: a customer calls and is answered, is
 * called back, one call is missed, and the log is exported. Prints each step. `--scenario` plays a team instead.
 *
 * @returns the exit code; 1 as well if the number's capabilities promise a figure that could not be measured
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
  if (values.scenario !== undefined) return playScenario(runtime, values.scenario, values.json);
  const number = demoNumber(values.provider, values.softphone);
  if (typeof number === 'string') {
    say(number);
    return 2;
  }
  // Before everything is played, not after it.
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
  { json, screenshots }: { json?: string | undefined; screenshots?: string | undefined },
): Promise<DemoReport> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-demo-'));
  const world = await createWorld(
    join(folder, 'world'),
    { customers: [customerOf(number)] },
    { number: number.kind },
  );
  const microphone = join(folder, 'microphone.wav');
  writeTone(microphone, microphoneHz, 4);
  const profile = await world.profileFor({ id: 'ana', name: 'Ana Lima' });
  const userData = join(folder, 'console');
  const start = { ...runtime, machineArgs: runtime.args, appPath: projectFolder, userData };
  let desk = await openDesk({ ...start, profile, microphone });
  say(`The console is open in Electron ${runtime.electronVersion}.`);
  try {
    const shots = photographs(screenshots, say);
    await desk.window
      .getByText(/^Connected/)
      .first()
      .waitFor();
    say('It is connected to the relay.');
    await shots.take(desk.window, 'calls');

    const phases = await notePhases(desk.window);
    const day = await playDay({ world, desk, number, phases, say, shots });
    const path = resolve(json ? dirname(json) : '.', 'ringdesk-calls.csv');
    const exported = await exportLog(start, path);
    say(`Exported ${exported.rows} calls to ${exported.path}.`);

    const { day: reason } = reasonsOf(number.capabilities);
    let reconciled: number | null = null;
    if (reason.reconciled === undefined) {
      await desk.close();
      const callId = await playUntold({ world, number });
      say('A customer called while the console was shut, and no webhook told of it.');
      desk = await openDesk(start);
      const read = await inLog(desk.window, (call) => call.providerCallId === callId);
      reconciled = read?.reconciled === true ? 1 : 0;
      say(`${reconciled} call was read in the provider's list.`);
    }
    return {
      electron: runtime.electronVersion,
      official: runtime.official,
      provider: number.provider,
      media: number.capabilities.media,
      ...day,
      export: exported,
      reconciled,
      reason,
    };
  } catch (error) {
    say(desk.output());
    throw error;
  } finally {
    await desk.close();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
