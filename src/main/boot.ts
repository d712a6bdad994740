import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/*
 * Where the program begins. Before the rest of it is read, a version that was just installed notes that it starts: if
 * that came to nothing twice, the version before comes back.
 */

const userData = app.getPath('userData');
const isOnTrial = app.isPackaged && existsSync(join(userData, 'updates', 'trial.json'));
const hasGoneBack =
  isOnTrial && (await (await import('./updates/go-back.ts')).goBackIfFailed(userData));
if (!hasGoneBack) await import('./index.ts');
