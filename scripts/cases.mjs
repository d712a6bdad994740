import './runtime/node24.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnv, projectRoot } from './runtime/project.mjs';
import { follow, runMain, tool } from './runtime/run.mjs';
import { allCases, resultsOf, tableOf } from './cases/results.mjs';

/*
 * npm run cases [-- ID …]: runs every test whose title begins with a case id and prints one line
 * per case. Exits with 1 if a case has no test or a failing one.
 */

/** @returns {{ id: string, title: string }[]} */
function chosenCases() {
  const all = allCases();
  const asked = process.argv.slice(2);
  const unknown = asked.filter((id) => !all.some((one) => one.id === id));
  if (unknown.length > 0) throw new Error(`test/cases.json knows no ${unknown.join(', ')}.`);
  return asked.length > 0 ? all.filter(({ id }) => asked.includes(id)) : all;
}

await runMain(async () => {
  const cases = chosenCases();
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-cases-'));
  try {
    const ids = cases.map(({ id }) => id.replaceAll('*', String.raw`\*`)).join('|');
    const pattern = `(^|\\s)(${ids})\\s`;
    const vitestReport = join(folder, 'vitest.json');
    const e2eReport = join(folder, 'e2e.json');
    const [node, ...vitest] = tool('vitest', [
      'run',
      `--testNamePattern=${pattern}`,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ]);
    await follow(node, vitest);
    await follow(
      node,
      [join(projectRoot, 'scripts/e2e.mjs'), '--grep', pattern, '--pass-with-no-tests'],
      { env: childEnv({ RINGDESK_E2E_JSON: e2eReport }) },
    );
    const { text, ok } = tableOf(cases, resultsOf([vitestReport], e2eReport));
    process.stdout.write(`\n${text}\n`);
    return ok ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
