import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fileKind, keyIdOf } from '../../../src/main/db/at-rest/key.ts';
import { encryptFile } from '../../../src/main/db/at-rest/encrypt-file.ts';
import { migrations } from '../../../src/main/db/migrations.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { factsOf, FROZEN_KEY, thaw } from '../../helpers/frozen-logs.ts';
import { tempFolder } from '../../helpers/temp.ts';

const script = fileURLToPath(new URL('../../helpers/die-at-step.ts', import.meta.url));
const NEW_KEY = '11'.repeat(32);

/** Starts on the log and dies before a step. @returns how many there were, if it came to the end */
function dieAt(path: string, step: number, keys: readonly string[]): number | undefined {
  const { signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-warnings', script, path, String(step), ...keys],
    { encoding: 'utf8' },
  );
  if (signal === 'SIGKILL') return undefined;
  if (stdout === '') throw new Error(stderr);
  return Number(stdout);
}

/** The log of a start that nothing kills. */
function opened(path: string, keys: readonly string[]) {
  encryptFile({ path, keys });
  const { db, setAside } = openDatabase({ path, keys });
  try {
    expect(setAside).toBeUndefined();
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    return factsOf(db);
  } finally {
    db.close();
  }
}

function copyOf(path: string): string {
  const to = join(tempFolder(), basename(path));
  for (const suffix of ['', '-wal']) {
    if (existsSync(path + suffix)) copyFileSync(path + suffix, to + suffix);
  }
  return to;
}

/** `npm run test:damage` dies before every step. */
function stepsOf(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const every = process.env['RINGDESK_THOROUGH'] === undefined ? Math.ceil(count / 12) : 1;
  return all.filter((step) => step % every === 0);
}

describe('H12 a start that is killed at any step leaves a whole log', () => {
  test.each([
    ['migrates the oldest file', 'format-2', []],
    ['encrypts and migrates the oldest file', 'format-2', [NEW_KEY]],
    ['gives an encrypted file a new key', 'format-14-encrypted', [NEW_KEY, FROZEN_KEY]],
  ])(
    'that %s',
    (_, name, keys) => {
      const frozen = thaw(name, tempFolder());
      const facts = opened(copyOf(frozen), keys);
      const count = dieAt(copyOf(frozen), 0, keys) ?? 0;
      expect(count).toBeGreaterThan(20);
      const [key] = keys;
      const kind =
        key === undefined ? { kind: 'plain' } : { kind: 'encrypted', keyId: keyIdOf(key) };
      for (const step of stepsOf(count)) {
        const path = copyOf(frozen);
        expect(dieAt(path, step, keys)).toBeUndefined();
        expect(fileKind(path).kind).not.toBe('unknown');
        expect(opened(path, keys)).toEqual(facts);
        expect(fileKind(path)).toEqual(kind);
        expect(readdirSync(dirname(path))).toEqual([basename(path)]);
      }
    },
    600_000,
  );
});
