import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/*
 * Before the relay and the media process say anything of a call, each proves to the other that it can read the data
 * folder's secret: the relay sends a random text, the process answers with its own and a proof over both, the relay
 * with a proof of its own. Nothing that somebody else says or hears along the way is of use to them.
 */

/** A random text for one greeting. */
export const newNonce = (): string => randomBytes(16).toString('hex');

/** What only one who knows the secret can say in this greeting, as this side. */
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
