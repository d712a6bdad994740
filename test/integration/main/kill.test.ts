import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { RelayCursor } from '../../../src/main/db/relay-cursor.ts';
import { tempFolder } from '../../helpers/temp.ts';

const script = fileURLToPath(new URL('../../helpers/commit-forever.ts', import.meta.url));

/** Lets a writer run until it has acknowledged `commits`, then kills it. @returns the last acknowledged number */
async function writeAndKill(
  path: string,
  commits: number,
  keys: readonly string[],
): Promise<number> {
  const child = spawn(process.execPath, ['--no-warnings', script, path, ...keys], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let last = 0;
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (++count === commits) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return last;
}

/** `npm run test:damage` kills 100 times. */
const rounds =
  process.env['RINGDESK_THOROUGH'] === undefined
    ? [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233]
    : Array.from({ length: 100 }, (_, round) => 1 + ((round * 37) % 150));

test.each([
  ['a log', []],
  ['an encrypted log', ['5a'.repeat(32)]],
])(
  'H11 acknowledged entries of %s survive kill -9, with their cursor',
  async (_, keys) => {
    const path = join(tempFolder(), 'calls.db');
    for (const commits of keys.length > 0 ? rounds.filter((_, n) => n % 2 === 0) : rounds) {
      const acknowledged = await writeAndKill(path, commits, keys);
      const { db, setAside } = openDatabase({ path, keys });
      expect(setAside).toBeUndefined();
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      const stored = new History(db).count({});
      const cursor = new RelayCursor(db).get()?.cursor;
      db.close();
      expect(stored).toBeGreaterThanOrEqual(acknowledged);
      // A fact and its cursor are stored together or not at all.
      expect(cursor).toBe(stored);
    }
  },
  600_000,
);
