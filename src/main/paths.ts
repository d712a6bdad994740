import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export type WorkspaceKind = 'demo' | 'profile';

/** Every file and folder that main reads or writes. Nothing is made by asking for a path. */
export interface Paths {
  /** The folder for what only this run needs; the others' too, unless that cannot be written. */
  userData: string;
  logFile: string;
  /** Which workspace the console opens on. */
  workspaceFile: string;
  windowFile: string;
  /** Where the ring window was dragged to. */
  ringWindowFile: string;
  secretsFile: string;
  demoFolder: string;
  /** Demo calls never mix with real ones: each kind has a database of its own. */
  database(kind: WorkspaceKind): string;
  resource(...names: string[]): string;
  rendererRoot: string;
  preload: string;
  demoWorld: string;
  readerWorker: string;
  repairWorker: string;
  /** The addon for better-sqlite3, if another one than its own is to be used. */
  sqliteBinding: string | undefined;
}

/**
 * @param at.userData Electron's folder for this user (`--user-data-dir` moves it)
 * @param at.scratch where what may be lost is written; another folder only where the first cannot
 * be written
 * @param at.app the app's root: the project in development, `app.asar` when packaged
 * @param at.out the folder of the built main process
 */
export function pathsOf(at: {
  userData: string;
  scratch?: string | undefined;
  app: string;
  out: string;
  packaged: boolean;
  resourcesPath: string;
  env: NodeJS.ProcessEnv;
}): Paths {
  const { userData, scratch = userData } = at;
  const packagedBinding = join(at.resourcesPath, 'native', 'better_sqlite3.node');
  return {
    userData: scratch,
    logFile: join(scratch, 'logs', 'main.log'),
    workspaceFile: join(userData, 'workspace.json'),
    windowFile: join(userData, 'window.json'),
    ringWindowFile: join(userData, 'ring-window.json'),
    secretsFile: join(userData, 'secrets.json'),
    demoFolder: join(scratch, 'demo'),
    database: (kind) =>
      kind === 'demo' ? join(scratch, 'demo', 'ringdesk-demo.db') : join(userData, 'ringdesk.db'),
    resource: (...names) => join(at.app, 'resources', ...names),
    rendererRoot: join(at.out, '..', 'renderer'),
    preload: join(at.out, '..', 'preload', 'index.cjs'),
    demoWorld: join(at.out, 'demo-world.js'),
    readerWorker: join(at.out, 'reader-worker.js'),
    repairWorker: join(at.out, 'repair-worker.js'),
    sqliteBinding: at.packaged
      ? // Its own or none: a variable must not load somebody's code into it, past the fuses.
        existsSync(packagedBinding)
        ? packagedBinding
        : undefined
      : at.env['RINGDESK_SQLITE_BINDING'],
  };
}

/** Makes the folders that are written to. */
export function makeFolders(paths: Paths): void {
  for (const folder of [paths.userData, join(paths.userData, 'logs'), paths.demoFolder]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}

/**
 * Why a folder cannot be written, in the system's words; undefined when it can. It is made if it is
 * not there.
 */
export function whyUnwritable(folder: string): string | undefined {
  const probe = join(folder, `.${randomUUID()}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(probe, '', { flag: 'wx', mode: 0o600 });
    rmSync(probe);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * A folder in place of one that cannot be written: the same for every start, so that there is one
 * console, and this user's alone.
 *
 * @throws when there is none
 */
export function makeScratch(instead: string): string {
  const { uid, username } = userInfo();
  const name = createHash('sha256').update(instead).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `ringdesk-${uid === -1 ? username : uid}-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  const isOurs = uid === -1 || (stat.uid === uid && (stat.mode & 0o077) === 0);
  if (!stat.isDirectory() || !isOurs) throw new Error(`${folder} belongs to somebody else`);
  const why = whyUnwritable(folder);
  if (why !== undefined) throw new Error(why);
  // On Windows it has the key that tokens are encrypted with.
  const state = join(instead, 'Local State');
  if (existsSync(state)) copyFileSync(state, join(folder, 'Local State'));
  return folder;
}
