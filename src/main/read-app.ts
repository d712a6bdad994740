import type * as program from './app.ts';
import { nextTurn } from './lib/next-turn.ts';

/**
 * Loads the rest of main module by module. In between, main's only thread starts the page's process and the GPU process,
 * and serves the page. Where there is no GPU, Chromium restarts that process for nothing if main is too busy to notice
 * its end.
 */
export async function readApp(): Promise<Pick<typeof program, 'openApp'>> {
  const modules = [
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
  for (const load of modules) {
    await nextTurn();
    await load();
  }
  await nextTurn();
  return import('./app.ts');
}
