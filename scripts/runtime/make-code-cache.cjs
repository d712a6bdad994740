'use strict';

/*
 * Runs in Electron: `electron make-code-cache.cjs FOLDER` reads what a start of the console reads (main's scripts in
 * that folder) and writes beside each script what V8 made of it. `src/main/code-cache.ts` reads it. Only the same V8
 * with the same settings takes it, hence in Electron and not in Node.
 */

const { readFileSync, readdirSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');
const { app } = require('electron');

const folder = process.argv.at(-1);
/** @type {Map<string, Script>} */
const scripts = new Map();

/** @param {string} file */
function compile(file) {
  const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file });
  scripts.set(file, script);
  return script;
}

require.extensions['.cjs'] = (module, file) => {
  const run = compile(file).runInThisContext();
  const load = (/** @type {string} */ id) => module.require(id);
  run.call(module.exports, module.exports, load, module, file, path.dirname(file));
};

try {
  // A function that is compiled only when it is called first would not be in the cache.
  setFlagsFromString('--no-lazy');
  const index = path.join(folder, 'index.cjs');
  const [program] = readdirSync(path.join(folder, 'chunks')).filter((name) =>
    /^app-.*\.cjs$/.test(name),
  );
  require(path.join(folder, 'chunks', program));
  // Importing it does nothing until its `start` is called.
  require(index);
  // The settings are part of what makes a cache fit.
  setFlagsFromString('--lazy');
  for (const [file, script] of scripts) writeFileSync(`${file}.cache`, script.createCachedData());
  app.exit(0);
} catch (error) {
  process.stderr.write(`${error?.stack ?? error}\n`);
  app.exit(1);
}
