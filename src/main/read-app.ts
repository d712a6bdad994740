import type * as program from './app.ts';
import { turn } from './lib/turn.ts';

/**
 * Reads the rest of main piece by piece. In between, main's only thread starts the processes of the page and of its graphics,
 * and serves the page: Chromium starts a graphics process again, in vain, if nobody hears for a while that it gave up.
 */
export async function readApp(): Promise<Pick<typeof program, 'openApp'>> {
  const pieces = [
    () => import('../shared/providers/number-settings.ts'),
    () => import('./db/open.ts'),
    () => import('./provisioning/workspace-file.ts'),
    () => import('../shared/insight/billed.ts'),
    () => import('./relay-client/relay-client.ts'),
    () => import('./network/system.ts'),
    () => import('./workspace/open-calls.ts'),
    () => import('./workspace/open-workspace.ts'),
    () => import('./os/indicators.ts'),
  ];
  for (const read of pieces) {
    await turn();
    await read();
  }
  await turn();
  return import('./app.ts');
}
