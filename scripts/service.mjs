import './runtime/node24.mjs';
import { inProject } from './runtime/project.mjs';
import { follow, runMain } from './runtime/run.mjs';

/*
 * npm run relay|simulator [-- SWITCHES]: runs one of the two services in plain Node, which runs our
 * TypeScript directly.
 */

const SERVICES = ['relay', 'simulator'];

await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (!SERVICES.includes(name)) {
    throw new Error(
      `Name the service to run: node scripts/service.mjs ${SERVICES.join('|')} [switches]`,
    );
  }
  return follow(process.execPath, [inProject('src', name, 'index.ts'), ...args]);
});
