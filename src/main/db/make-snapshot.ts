import { renameSync, rmSync } from 'node:fs';
import type { FileOptions } from './at-rest/key.ts';
import { openReadOnly } from './open.ts';
import { quickCheck } from './quick-check.ts';

/**
 * Copies a database that is in use to a file of its own, with the same key, and checks the copy. A file that stands
 * there is replaced only by a sound one.
 *
 * @returns how many calls it has
 * @throws if the copy cannot be made or is not sound, and when it is stopped
 */
export async function makeSnapshot(
  options: FileOptions,
  to: string,
  signal: AbortSignal,
): Promise<number> {
  const beside = `${to}.part`;
  rmSync(beside, { force: true });
  try {
    const db = openReadOnly(options);
    try {
      db.pragma('query_only = OFF');
      db.prepare('VACUUM INTO ?').run(beside);
    } finally {
      db.close();
    }
    signal.throwIfAborted();
    const copy = openReadOnly({ ...options, path: beside });
    try {
      const problem = await quickCheck(copy, signal);
      if (problem !== undefined) throw new Error(`the snapshot is not sound: ${problem}`);
      const calls = copy.prepare<[], number>('SELECT count(*) FROM call').pluck().get() ?? 0;
      renameSync(beside, to);
      return calls;
    } finally {
      copy.close();
    }
  } finally {
    rmSync(beside, { force: true });
  }
}
