import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Runtime } from '../main.ts';
import { play, scenarios } from './plays.ts';
import type { ScenarioReport } from './report.ts';
import { openStage } from './stage.ts';

/**
 * Plays one scenario of a team unattended in real Electron and tells what was measured.
 *
 * @returns the exit code
 */
export async function playScenario(
  runtime: Runtime,
  scenario: string,
  json: string | undefined,
): Promise<number> {
  const chosen = scenarios[scenario];
  const say = (line: string) => process.stdout.write(`${line}\n`);
  if (!chosen) {
    say(`There is no scenario “${scenario}”. There are: ${Object.keys(scenarios).join(', ')}.`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-demo-'));
  const stage = await openStage(runtime, folder, say, chosen.policy);
  try {
    const figures = await play(stage, chosen);
    const report: ScenarioReport = {
      scenario,
      consoles: stage.consoles(),
      ...figures,
      logRows: await stage.logRows(),
    };
    const text = `${JSON.stringify(report, null, 2)}\n`;
    if (json === undefined) say(text);
    else {
      mkdirSync(dirname(resolve(json)), { recursive: true });
      writeFileSync(json, text);
      say(`The report is in ${json}.`);
    }
    return 0;
  } catch (error) {
    say(stage.world.relay.output());
    throw error;
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
