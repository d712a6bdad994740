import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Runtime } from '../runtime.ts';
import { play, scenarios } from './scenarios.ts';
import type { ScenarioReport } from './report.ts';
import { openTeamContext } from './context.ts';

/**
 * Plays one team scenario unattended in real Electron and reports the measurements.
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
  const context = await openTeamContext(runtime, folder, say, chosen.policy);
  try {
    const figures = await play(context, chosen);
    const report: ScenarioReport = {
      scenario,
      consoles: context.consoles(),
      ...figures,
      logRows: await context.logRows(),
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
    say(context.backend.relay.output());
    throw error;
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
