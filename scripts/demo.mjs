import './runtime/node24.mjs';
import { ensureBuilt } from './build.mjs';
import { prepare } from './runtime/prepare.mjs';
import { runMain } from './runtime/run.mjs';

/** npm run demo [-- SWITCHES]: prepares everything and starts test/e2e/scenarios. */

await runMain(async () => {
  const runtime = await prepare({ display: true, keyring: true });
  try {
    await ensureBuilt(runtime);
    const { run } = await import('../test/e2e/scenarios/main.ts');
    return await run({ runtime, argv: process.argv.slice(2) });
  } finally {
    await runtime.dispose();
  }
});
