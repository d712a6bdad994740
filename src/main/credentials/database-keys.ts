import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Vault } from './vault.ts';

/** The key for new files comes first; the others are kept for as long as a file needs them. */
const stored = z.array(z.object({ key: z.string().regex(/^[\da-f]{64}$/), at: z.number() })).min(1);

const SECRET = 'database-keys';
/** `yes`: the agent asked for a new key. */
const WANTED = 'database-key-wanted';
const KEY_BYTES = 32;
/** After this time a new one is made, in ms. */
const ROTATION_MS = 365 * 86_400_000;

/** The keys that the key store gives out; none are made. */
export function knownDatabaseKeys(vault: Pick<Vault, 'get' | 'has'>): readonly string[] {
  return (storedKeys(vault) ?? []).map(({ key }) => key);
}

/** At the next start a new key is made. */
export async function wantNewKey(vault: Pick<Vault, 'put'>): Promise<void> {
  await vault.put({ [WANTED]: 'yes' });
}

/** Whether a new key is made at the next start. */
function isKeyWanted(vault: Pick<Vault, 'get'>): boolean {
  return vault.get(WANTED) === 'yes';
}

/**
 * Forgets keys that no file needs any more, but never the one for new files.
 *
 * @param needed those that must stay
 * @returns how many are gone
 */
export async function forgetKeys(
  vault: Pick<Vault, 'get' | 'has' | 'put'>,
  needed: ReadonlySet<string>,
): Promise<number> {
  const known = storedKeys(vault) ?? [];
  const left = known.filter(({ key }, index) => index === 0 || needed.has(key));
  if (left.length < known.length) await vault.put({ [SECRET]: JSON.stringify(left) });
  return known.length - left.length;
}

/** Undefined if there are some that cannot be decrypted or read: the key store may give them out tomorrow. */
function storedKeys(
  vault: Pick<Vault, 'get' | 'has'>,
): readonly z.infer<typeof stored>[number][] | undefined {
  const text = vault.get(SECRET);
  if (text === undefined) return vault.has(SECRET) ? undefined : [];
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * The keys of the databases, in hexadecimal, as the system's key store keeps them. The first time, each year, and when
 * asked, a new one is made; the files are then encrypted with it. Old ones stay until `forgetKeys`.
 * Never rejects: calls ring without a key.
 *
 * @returns none where the key store cannot keep or does not give out any
 */
export async function databaseKeys(
  vault: Pick<Vault, 'get' | 'has' | 'keeps' | 'put' | 'state'>,
  { now, rotate = false, mayRotate = true }: { now: number; rotate?: boolean; mayRotate?: boolean },
): Promise<readonly string[]> {
  const entries = storedKeys(vault);
  if (!entries) return [];
  const known = entries.map(({ key }) => key);
  const [current] = entries;
  // Weak protection would protect nothing, and the agent may take its secrets out of the file again.
  const mayKeep = vault.state().state === 'ready';
  const isOld = rotate || isKeyWanted(vault) || (current && now - current.at > ROTATION_MS);
  const isDue = !current || (mayRotate && isOld);
  if (!mayKeep || !isDue) return known;
  const made = { key: randomBytes(KEY_BYTES).toString('hex'), at: now };
  try {
    await vault.put({ [SECRET]: JSON.stringify([made, ...entries]), [WANTED]: 'no' });
    // A file must never be encrypted with a key that would be gone at the next start.
    return (await vault.keeps(SECRET)) ? [made.key, ...known] : known;
  } catch {
    return known;
  }
}
