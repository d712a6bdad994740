import { ensureInstalled, TEST_PROGRAMS } from '../../scripts/runtime/debian.mjs';

/**
 * Installs the programs that these tests run, or says how to, before the first of them: a test that
 * is left out where one is missing proves nothing.
 */
export default (): Promise<void> =>
  ensureInstalled(TEST_PROGRAMS, (line) => process.stdout.write(`${line}\n`));
