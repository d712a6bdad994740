import { createHash, randomBytes } from 'node:crypto';

/** Bytes of randomness in a token. */
const TOKEN_BYTES = 32;

export const newToken = () => randomBytes(TOKEN_BYTES).toString('base64url');

/**
 * A fast hash is right here. Slow ones (scrypt, argon2) make it expensive to guess a person's
 * password; a random token of 256 bits cannot be guessed at any speed, so slowness would only delay
 * every connect. Because of the hash, a stolen database contains no tokens, and the timing of an
 * index look-up reveals nothing about any token.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}
