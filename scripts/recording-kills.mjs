import './runtime/node24.mjs';
import { childEnv } from './runtime/project.mjs';
import { follow, runMain, tool } from './runtime/run.mjs';

/*
 * npm run test:recording: 60 kills of whoever records a call, ten of them of a real console or its window; the tests of every day
 * try some of them. Takes some minutes.
 */

const env = childEnv({ RINGDESK_THOROUGH: '1' });

await runMain(async () => {
  const [node, ...args] = tool('vitest', [
    'run',
    '--project=integration',
    'test/integration/relay/recordings/recording-kills.test.ts',
    'test/integration/main/sealing-kills.test.ts',
  ]);
  const failed = await follow(node, args, { env });
  if (failed !== 0) return failed;
  return follow(process.execPath, ['scripts/e2e.mjs', '/recording-kills.spec.ts'], { env });
});
