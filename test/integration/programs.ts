import { ensureInstalled, TEST_PROGRAMS } from '../../scripts/runtime/debian.mjs';
import { ensureNats } from '../../scripts/runtime/nats.mjs';

/**
 * Installs the programs that these tests run, or says how to, before the first of them: a test that
 * is left out where one is missing proves nothing.
 */
export default async function setUp(): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  await ensureInstalled(TEST_PROGRAMS, say);
  await ensureNats(say);
}
