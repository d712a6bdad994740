import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';

const SCRIPTS = inProject('out', 'main');
/** Says which Electron made it; a build empties the folder. */
const STAMP = inProject('out', 'main', '.code-cache');

/**
 * Makes the code cache of main's scripts for the Electron that will run them. Without it the console only starts more
 * slowly.
 * @param {Pick<import('./prepare.mjs').Runtime, 'electronPath' | 'electronVersion' | 'env' | 'args'>} runtime
 */
export async function ensureCodeCache({ electronPath, electronVersion, env, args }) {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === electronVersion) return;
  const maker = inProject('scripts', 'runtime', 'make-code-cache.cjs');
  await run(electronPath, [...args, maker, SCRIPTS], { env });
  writeFileSync(STAMP, electronVersion);
}
