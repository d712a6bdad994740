import './runtime/node24.mjs';
import { childEnv } from './runtime/project.mjs';
import { follow, runMain, tool } from './runtime/run.mjs';

/*
 * npm run test:recording: 50 kills of whoever records a call; the tests of every day try some of them. Takes some minutes.
 */

await runMain(() => {
  const [node, ...args] = tool('vitest', [
    'run',
    '--project=integration',
    'test/integration/relay/recording-kills.test.ts',
  ]);
  return follow(node, args, { env: childEnv({ RINGDESK_THOROUGH: '1' }) });
});
