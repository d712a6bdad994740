import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export type WorkspaceKind = 'demo' | 'profile';

/** Every file and folder that main reads or writes. Asking for a path creates nothing. */
export interface Paths {
  /** The folder for data of this run; also for all other data unless it cannot be written. */
  userData: string;
  logFile: string;
  /** Which workspace the console opens on. */
  workspaceFile: string;
  windowFile: string;
  /** Where the agent dragged the ring window. */
  ringWindowFile: string;
  /** The headsets whose buttons the agent connected. */
  headsetsFile: string;
  /** Whether the machine has no GPU that Chromium can use. */
  graphicsFile: string;
  secretsFile: string;
  demoFolder: string;
  /** Each kind of workspace has its own database, so that demo calls never mix with real ones. */
  database(kind: WorkspaceKind): string;
  resource(...names: string[]): string;
  rendererRoot: string;
  preload: string;
  demoWorld: string;
  readerWorker: string;
  repairWorker: string;
  /** A better-sqlite3 addon to use in place of the bundled one. */
  sqliteBinding: string | undefined;
}

/**
 * @param at.userData Electron's folder for this user (`--user-data-dir` moves it)
 * @param at.scratch folder for data that may be lost; differs from `userData` only if that cannot
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
    headsetsFile: join(userData, 'headsets.json'),
    graphicsFile: join(scratch, 'graphics.json'),
    secretsFile: join(userData, 'secrets.json'),
    demoFolder: join(scratch, 'demo'),
    database: (kind) =>
      kind === 'demo' ? join(scratch, 'demo', 'ringdesk-demo.db') : join(userData, 'ringdesk.db'),
    resource: (...names) => join(at.app, 'resources', ...names),
    rendererRoot: join(at.out, '..', 'renderer'),
    preload: join(at.out, '..', 'preload', 'index.cjs'),
    demoWorld: join(at.out, 'demo-world.cjs'),
    readerWorker: join(at.out, 'reader-worker.cjs'),
    repairWorker: join(at.out, 'repair-worker.cjs'),
    sqliteBinding: at.packaged
      ? // Its own or none: a variable must not load somebody's code into it, past the fuses.
        existsSync(packagedBinding)
        ? packagedBinding
        : undefined
      : at.env['RINGDESK_SQLITE_BINDING'],
  };
}

/** Creates the folders that are written to. */
export function makeFolders(paths: Paths): void {
  for (const folder of [paths.userData, join(paths.userData, 'logs'), paths.demoFolder]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}

/**
 * Why a folder cannot be written, in the system's words; undefined if it can. Creates a missing
 * folder.
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
 * A private folder in place of one that cannot be written. Every start gets the same one, so that
 * only one console runs.
 *
 * @throws if it cannot be created
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
  // On Windows it holds the key that tokens are encrypted with.
  const state = join(instead, 'Local State');
  if (existsSync(state)) copyFileSync(state, join(folder, 'Local State'));
  return folder;
}
