import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with package.json; every script works from here, whatever the current folder is. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * A path inside the project.
 * @param {...string} parts
 */
export const inProject = (...parts) => join(projectRoot, ...parts);

/**
 * The folder of an installed dependency.
 * @param {string} name
 */
export const packageFolder = (name) => inProject('node_modules', ...name.split('/'));

/**
 * The exact installed version of a dependency.
 * @param {string} name
 * @returns {string}
 */
export function packageVersion(name) {
  try {
    return JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8')).version;
  } catch {
    throw new Error(`The package ${name} is not installed. Run "npm ci" first.`);
  }
}

/**
 * The environment for child processes: the project's own tools (and so its Node) come first, and
 * nothing makes an Electron that we start behave as plain Node.
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(extra = {}) {
  const bin = inProject('node_modules', '.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  const path = (process.env.PATH ?? '').split(separator).filter((entry) => entry !== bin);
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: [bin, ...path].join(separator), ...extra };
  delete env.ELECTRON_RUN_AS_NODE;
  return env;
}
