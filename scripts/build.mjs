import './runtime/node24.mjs';
import { createHash } from 'node:crypto';
// As a whole: a missing name (globSync, before Node 22) would stop the file before node24 can help.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { seconds } from './runtime/progress.mjs';
import { inProject, projectRoot } from './runtime/project.mjs';
import { run, runMain, tool } from './runtime/run.mjs';

/**
 * @typedef {object} Part
 * @property {string} title
 * @property {[string, ...string[]]} command a tool of ours and its arguments
 * @property {string} result a file that exists once it is built
 * @property {string[]} sources what it is built from
 */

/** @type {Record<'app' | 'services', Part>} */
const PARTS = {
  app: {
    title: 'the console',
    command: ['electron-vite', 'build'],
    result: 'out/main/index.js',
    sources: ['src/**/*', 'resources/**/*', 'electron.vite.config.ts'],
  },
  services: {
    title: 'the relay and the simulator',
    command: ['vite', 'build', '--config', 'vite.services.config.ts'],
    result: 'out/services',
    sources: ['src/{shared,relay,simulator}/**/*', 'resources/**/*', 'vite.services.config.ts'],
  },
};

/**
 * Builds what is older than its sources, and says so.
 * @param {(keyof typeof PARTS)[]} names
 */
export async function ensureBuilt(names) {
  for (const name of names) {
    const part = PARTS[name];
    const stamp = inProject('out', `.stamp-${name}`);
    const wanted = fingerprint(part.sources);
    const isCurrent =
      fs.existsSync(inProject(part.result)) &&
      fs.existsSync(stamp) &&
      fs.readFileSync(stamp, 'utf8') === wanted;
    if (isCurrent) continue;
    const started = performance.now();
    process.stdout.write(`Building ${part.title}\n`);
    const [command, ...args] = part.command;
    const [node, ...toolArgs] = tool(command, args);
    await run(node, toolArgs);
    fs.writeFileSync(stamp, wanted);
    process.stdout.write(`Built in ${seconds(performance.now() - started)}\n`);
  }
}

/**
 * Changes whenever a source, the build's settings or a dependency does.
 * @param {string[]} patterns
 */
function fingerprint(patterns) {
  const hash = createHash('sha256');
  const files = fs.globSync([...patterns, 'package.json', 'package-lock.json'], {
    cwd: projectRoot,
  });
  for (const file of files.toSorted()) {
    const { mtimeMs, size } = fs.statSync(inProject(file));
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runMain(() => ensureBuilt(['app', 'services']));
}
