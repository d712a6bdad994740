import './runtime/node24.mjs';
import { childEnv } from './runtime/project.mjs';
import { follow, runMain, tool } from './runtime/run.mjs';

/*
 * npm run test:damage: 300 damaged call logs and 100 kills while one is written, half of each encrypted; the tests of
 * every day try some of them. Takes a quarter of an hour.
 */

await runMain(() => {
  const files = ['salvage', 'kill'].map((name) => `test/integration/main/${name}.test.ts`);
  const [node, ...args] = tool('vitest', ['run', '--project=integration', ...files]);
  return follow(node, args, { env: childEnv({ RINGDESK_THOROUGH: '1' }) });
});
