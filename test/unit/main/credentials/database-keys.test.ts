import { describe, expect, it } from 'vitest';
import {
  databaseKeys,
  forgetKeys,
  knownDatabaseKeys,
} from '../../../../src/main/credentials/database-keys.ts';

const DAY_MS = 86_400_000;

/** A key store that keeps everything in memory. */
function keyStore() {
  const all = new Map<string, string>();
  return {
    get: (name: string) => all.get(name),
    has: (name: string) => all.has(name),
    keeps: async () => true,
    state: () => ({ state: 'ready' as const, backend: 'test' }),
    async put(secrets: Readonly<Record<string, string>>) {
      for (const [name, secret] of Object.entries(secrets)) all.set(name, secret);
    },
  };
}

describe('the keys of databases and recordings', () => {
  it('keeps each for as long as something needs it, however often they change', async () => {
    const vault = keyStore();
    const [first = ''] = await databaseKeys(vault, { now: 0 });
    for (let n = 0; n < 9; n++) await databaseKeys(vault, { now: n, rotate: true });
    expect(knownDatabaseKeys(vault)).toHaveLength(10);
    expect(knownDatabaseKeys(vault).at(-1)).toBe(first);

    expect(await forgetKeys(vault, new Set([first]))).toBe(8);
    const left = knownDatabaseKeys(vault);
    expect(left).toHaveLength(2);
    expect(left[1]).toBe(first);
    expect(await forgetKeys(vault, new Set())).toBe(1);
    // The one for new files, though nothing is sealed with it yet.
    expect(knownDatabaseKeys(vault)).toEqual([left[0]]);
  });

  it('makes a new one after a year, but not while an update may be taken back', async () => {
    const vault = keyStore();
    await databaseKeys(vault, { now: 0 });
    const late = { now: 366 * DAY_MS };
    expect(await databaseKeys(vault, { ...late, mayRotate: false })).toHaveLength(1);
    expect(await databaseKeys(vault, late)).toHaveLength(2);
  });

  it('leaves keys that are damaged as they are, and makes none', async () => {
    for (const text of ['', '{', '[]', '[{"key":"short","at":1}]', '"text"']) {
      const vault = keyStore();
      await vault.put({ 'database-keys': text });
      expect(await databaseKeys(vault, { now: 1, rotate: true })).toEqual([]);
      expect(await forgetKeys(vault, new Set())).toBe(0);
      expect(vault.get('database-keys')).toBe(text);
    }
  });

  it('goes on with the keys that it has where the key store refuses', async () => {
    const vault = keyStore();
    const known = await databaseKeys(vault, { now: 0 });
    const refuse = async () => {
      throw new Error('the key store is locked');
    };
    const rotate = { now: 1, rotate: true };
    expect(await databaseKeys({ ...vault, put: refuse }, rotate)).toEqual(known);
    expect(await databaseKeys({ ...vault, keeps: async () => false }, rotate)).toEqual(known);
    expect(await databaseKeys({ ...vault, get: () => undefined }, rotate)).toEqual([]);
  });
});
