import { createHash } from 'node:crypto';

/**
 * Tells a person without naming them. A telephone number can be guessed from it by trying all of them, so it is
 * personal data to whoever has salt and hash; it says nothing to whoever reads it.
 *
 * @param key `personKey`
 */
export function personHash(salt: string, key: string): string {
  return createHash('sha256').update(`${salt}/${key}`).digest('hex');
}
