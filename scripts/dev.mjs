import './runtime/node24.mjs';
import { prepare } from './runtime/prepare.mjs';
import { follow, runMain, tool } from './runtime/run.mjs';

/* npm run dev [-- SWITCHES]: the console with hot reload of its windows. */

await runMain(async () => {
  const runtime = await prepare({ display: true });
  try {
    const args = ['dev', '--watch', '--', ...runtime.args, ...process.argv.slice(2)];
    const [node, ...toolArgs] = tool('electron-vite', args);
    return await follow(node, toolArgs, {
      env: { ...runtime.env, ELECTRON_EXEC_PATH: runtime.electronPath },
    });
  } finally {
    await runtime.dispose();
  }
});
