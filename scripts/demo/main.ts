import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTone } from '../resources/tone.mjs';
import { openDesk, projectFolder } from '../stage/desk.ts';
import { createWorld } from '../stage/world.ts';
import { exportLog } from './export.ts';
import { photographs } from './photographs.ts';
import type { DemoReport } from './report.ts';
import { playScenario } from './scenarios/play.ts';
import { customer, microphoneHz, playInbound, playMissed, playOutbound } from './scenes.ts';

/** What the launcher prepared; see `scripts/runtime/prepare.mjs`. */
export interface Runtime {
  electronPath: string;
  electronVersion: string;
  official: boolean;
  env: NodeJS.ProcessEnv;
  args: string[];
}

/**
 * Plays the main job unattended in real Electron: a customer calls and is answered, is called back, one call is
 * missed, and the log is exported. Prints each step. `--scenario` plays a team instead.
 *
 * @returns the exit code
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
    },
  });
  if (values.scenario !== undefined) return playScenario(runtime, values.scenario, values.json);
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-demo-'));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const shots = photographs(values.screenshots, say);

  const world = await createWorld(join(folder, 'world'), { customers: [customer] });
  const microphone = join(folder, 'microphone.wav');
  writeTone(microphone, microphoneHz, 4);
  const profile = await world.profileFor({ id: 'ana', name: 'Ana Lima' });
  const userData = join(folder, 'console');
  const start = { ...runtime, machineArgs: runtime.args, appPath: projectFolder, userData };
  const desk = await openDesk({ ...start, profile, microphone });
  say(`The console is open in Electron ${runtime.electronVersion}.`);
  try {
    const stage = { world, desk, say, shots };
    await desk.window
      .getByText(/^Connected/)
      .first()
      .waitFor();
    say('It is connected to the relay.');
    await shots.take(desk.window, 'calls');

    const inbound = await playInbound(stage);
    const outbound = await playOutbound(stage);
    const missed = await playMissed(stage);
    const log = await shots.history(desk.window);

    const path = resolve(values.json ? dirname(values.json) : '.', 'ringdesk-calls.csv');
    const exported = await exportLog(start, path);
    say(`Exported ${exported.rows} calls to ${exported.path}.`);

    const report: DemoReport = {
      electron: runtime.electronVersion,
      official: runtime.official,
      inbound,
      outbound,
      missed,
      log,
      export: exported,
    };
    if (values.json !== undefined) {
      mkdirSync(dirname(resolve(values.json)), { recursive: true });
      writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
      say(`The report is in ${values.json}.`);
    }
    return missed && log.rows === 3 && exported.rows === 3 ? 0 : 1;
  } catch (error) {
    say(desk.output());
    throw error;
  } finally {
    await desk.close();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
