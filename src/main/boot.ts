import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { app } from 'electron';
import type * as codeCache from './code-cache.ts';
import type * as index from './index.ts';
import type * as goBack from './updates/go-back.ts';

/*
 * Where the program begins. An ES module, because Electron waits for those before it is ready; all else is CommonJS,
 * which can be read from a code cache. So it imports only types of ours: the build strips them, and bundles nothing.
 *
 * Before the rest of the program is read, a version that was just installed notes that it starts: if that came to
 * nothing twice, the version before comes back.
 */

interface Scripts {
  './code-cache.cjs': typeof codeCache;
  './jitless.cjs': unknown;
  './go-back.cjs': typeof goBack;
  './index.cjs': typeof index;
}
const load: <File extends keyof Scripts>(file: File) => Scripts[File] = createRequire(
  import.meta.url,
);

load('./code-cache.cjs').readFromCodeCache(import.meta.dirname);
// Before any schema is made.
load('./jitless.cjs');
if (!(app.isPackaged && (await hasGoneBack()))) await load('./index.cjs').start();

async function hasGoneBack(): Promise<boolean> {
  const userData = app.getPath('userData');
  if (!existsSync(join(userData, 'updates', 'trial.json'))) return false;
  return load('./go-back.cjs').goBackIfFailed(userData);
}
