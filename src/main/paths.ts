import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export type WorkspaceKind = 'demo' | 'profile';

/** Every file and folder that main reads or writes. Nothing is made by asking for a path. */
export interface Paths {
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
  /** The addon for better-sqlite3, if another one than its own is to be used. */
  sqliteBinding: string | undefined;
}

/**
 * @param at.userData Electron's folder for this user (`--user-data-dir` moves it)
 * @param at.app the app's root: the project in development, `app.asar` when packaged
 * @param at.out the folder of the built main process
 */
export function pathsOf(at: {
  userData: string;
  app: string;
  out: string;
  packaged: boolean;
  resourcesPath: string;
  env: NodeJS.ProcessEnv;
}): Paths {
  const packagedBinding = join(at.resourcesPath, 'native', 'better_sqlite3.node');
  return {
    userData: at.userData,
    logFile: join(at.userData, 'logs', 'main.log'),
    workspaceFile: join(at.userData, 'workspace.json'),
    windowFile: join(at.userData, 'window.json'),
    ringWindowFile: join(at.userData, 'ring-window.json'),
    secretsFile: join(at.userData, 'secrets.json'),
    demoFolder: join(at.userData, 'demo'),
    database: (kind) =>
      kind === 'demo'
        ? join(at.userData, 'demo', 'ringdesk-demo.db')
        : join(at.userData, 'ringdesk.db'),
    resource: (...names) => join(at.app, 'resources', ...names),
    rendererRoot: join(at.out, '..', 'renderer'),
    preload: join(at.out, '..', 'preload', 'index.cjs'),
    demoWorld: join(at.out, 'demo-world.js'),
    readerWorker: join(at.out, 'reader-worker.js'),
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
