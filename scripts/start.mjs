import './runtime/node24.mjs';
import { ensureBuilt } from './build.mjs';
import { isNoise } from './runtime/chromium-noise.mjs';
import { prepare } from './runtime/prepare.mjs';
import { projectRoot } from './runtime/project.mjs';
import { follow, runMain } from './runtime/run.mjs';

/** npm start [-- SWITCHES]: opens the console, after preparing and building what it needs. */

await runMain(async () => {
  const runtime = await prepare({ display: true });
  try {
    await ensureBuilt(runtime);
    const args = [...runtime.args, projectRoot, ...process.argv.slice(2)];
    const hide = process.env.RINGDESK_DEBUG ? undefined : isNoise;
    return await follow(runtime.electronPath, args, { env: runtime.env, hide });
  } finally {
    await runtime.dispose();
  }
});
