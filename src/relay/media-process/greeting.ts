import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/*
 * Before the relay and the media process exchange anything about a call, each proves that it can
 * read the data folder's secret: the relay sends a nonce, the process answers with its own nonce
 * and a proof over both, and the relay sends its proof. Eavesdropping on a greeting, or relaying
 * one, gains nothing.
 */

/** A nonce for one greeting. */
export const newNonce = (): string => randomBytes(16).toString('hex');

/** The proof that this side knows the secret, valid for this greeting only. */
export function greetingProof(
  secret: Buffer,
  side: 'relay' | 'host',
  nonces: { relay: string; host: string },
): string {
  return createHmac('sha256', secret)
    .update(`${side} ${nonces.relay} ${nonces.host}`)
    .digest('hex');
}

/** Whether a proof is the one that it should be. */
export function isProof(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
