import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { config } from 'zod';

/*
 * Where the program begins. Before the rest of it is read, a version that was just installed notes that it starts: if
 * that came to nothing twice, the version before comes back.
 */

// Compiling every schema at its first use takes 20 ms of a start, and main reads little with each.
config({ jitless: true });

if (!(app.isPackaged && (await hasGoneBack()))) await import('./index.ts');

async function hasGoneBack(): Promise<boolean> {
  const userData = app.getPath('userData');
  if (!existsSync(join(userData, 'updates', 'trial.json'))) return false;
  const { goBackIfFailed } = await import('./updates/go-back.ts');
  return goBackIfFailed(userData);
}
