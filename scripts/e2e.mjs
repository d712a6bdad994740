import './runtime/node24.mjs';
import { ensureBuilt } from './build.mjs';
import {
  CHROMIUM,
  COTURN,
  IPROUTE,
  PULSEAUDIO,
  PULSE_TOOLS,
  WINDOW_MANAGER,
  ensureInstalled,
} from './runtime/debian.mjs';
import { prepare } from './runtime/prepare.mjs';
import { follow, runMain, tool } from './runtime/run.mjs';

/*
 * npm run test:e2e [-- PLAYWRIGHT'S SWITCHES]: the tests that drive the real console. They get a
 * screen, a D-Bus session and a keyring of their own; RINGDESK_E2E_HEADED=1 shows them on yours.
 */

await runMain(async () => {
  const isolated = !process.env.RINGDESK_E2E_HEADED;
  const runtime = await prepare({ display: true, isolated, keyring: isolated });
  try {
    const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
    await ensureInstalled(WINDOW_MANAGER, say);
    // For tests with consoles on another network or in another browser, and with devices that are plugged.
    if (process.getuid?.() === 0) {
      await ensureInstalled([CHROMIUM, COTURN, IPROUTE, PULSEAUDIO, PULSE_TOOLS], (line) =>
        process.stdout.write(`${line}\n`),
      );
    }
    await ensureBuilt(runtime);
    const args = ['test', '-c', 'test/e2e/playwright.config.ts', ...process.argv.slice(2)];
    const [node, ...toolArgs] = tool('@playwright/test', args, 'playwright');
    return await follow(node, toolArgs, {
      env: {
        ...runtime.env,
        RINGDESK_E2E_ELECTRON: runtime.electronPath,
        RINGDESK_E2E_ARGS: JSON.stringify(runtime.args),
      },
    });
  } finally {
    await runtime.dispose();
  }
});
