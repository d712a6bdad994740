import { createHash, randomBytes } from 'node:crypto';

/** Bytes of randomness in a token. */
const TOKEN_BYTES = 32;

export const newToken = () => randomBytes(TOKEN_BYTES).toString('base64url');

/**
 * A fast hash is right here. Slow ones (scrypt, argon2) make guessing a person's password expensive; a token of 256
 * random bits cannot be guessed at any speed, so slowness would only cost us at every connect. The hash keeps a
 * stolen database from being a set of tokens, and lets one be found by an ordinary index look-up whose timing
 * tells nothing about any token.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}
