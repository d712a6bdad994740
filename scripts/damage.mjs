import './runtime/node24.mjs';
import { childEnv, inProject } from './runtime/project.mjs';
import { follow, runMain, tool } from './runtime/run.mjs';

/*
 * npm run test:damage: 300 damaged call logs, 200 kills while one is written and one at each step of a conversion, in
 * Node; then 100 kills of the app. The tests of every day try some of them. Takes half an hour.
 */

await runMain(async () => {
  const names = ['salvage', 'kill', 'conversion-kill'];
  const files = names.map((name) => `test/integration/main/${name}.test.ts`);
  const env = childEnv({ RINGDESK_THOROUGH: '1' });
  const [node, ...args] = tool('vitest', ['run', '--project=integration', ...files]);
  const code = await follow(node, args, { env });
  const app = ['/storage.spec.ts', '--grep=H11', '--retries=0'];
  return (await follow(node, [inProject('scripts', 'e2e.mjs'), ...app], { env })) || code;
});
