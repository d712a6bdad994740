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
async function writeAndKill(path: string, commits: number): Promise<number> {
  const child = spawn(process.execPath, ['--no-warnings', script, path], {
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

test('H11 acknowledged entries survive kill -9, with their cursor', async () => {
  const path = join(tempFolder(), 'calls.db');
  for (const commits of [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233]) {
    const acknowledged = await writeAndKill(path, commits);
    const { db, setAside } = openDatabase({ path });
    expect(setAside).toBeUndefined();
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const stored = new History(db).count({});
    const cursor = new RelayCursor(db).get()?.cursor;
    db.close();
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    // A fact and its cursor are stored together or not at all.
    expect(cursor).toBe(stored);
  }
});
