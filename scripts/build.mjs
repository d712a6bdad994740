import './runtime/node24.mjs';
import { createHash } from 'node:crypto';
// Without globSync (Node before 22), a named import would fail before node24 can help.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensureCodeCache } from './runtime/code-cache.mjs';
import { seconds } from './runtime/progress.mjs';
import { inProject, projectRoot } from './runtime/project.mjs';
import { run, runMain, tool } from './runtime/run.mjs';

const SOURCES = ['src/**/*', 'resources/**/*', 'electron.vite.config.ts'];

/**
 * Builds the console, and says so, if it is older than its sources.
 * @param {import('./runtime/prepare.mjs').Runtime} runtime what will run it
 */
export async function ensureBuilt(runtime) {
  await build();
  await ensureCodeCache(runtime);
}

async function build() {
  const stamp = inProject('out', '.stamp');
  const wanted = fingerprint(SOURCES);
  const isCurrent =
    fs.existsSync(inProject('out/main/boot.js')) &&
    fs.existsSync(stamp) &&
    fs.readFileSync(stamp, 'utf8') === wanted;
  if (isCurrent) return;
  const started = performance.now();
  process.stdout.write('Building the console\n');
  const [node, ...args] = tool('electron-vite', ['build']);
  await run(node, args);
  fs.writeFileSync(stamp, wanted);
  process.stdout.write(`Built in ${seconds(performance.now() - started)}\n`);
}

/**
 * A hash that changes whenever a source, a build setting or a dependency does.
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
  await runMain(() => build());
}
