import { createHmac, timingSafeEqual } from 'node:crypto';
import { claimedDigest } from '../../shared/providers/signature.ts';

/**
 * Checks a signature header, the HMAC-SHA256 in hex of the raw body. The bytes are hashed as they came: providers sign
 * their own spelling of the JSON.
 *
 * @returns undefined if it is right, else why it is not
 */
export function signatureFault(
  header: string | undefined,
  body: Uint8Array,
  secret: string,
): 'missing' | 'not-a-signature' | 'wrong' | undefined {
  if (header === undefined || header === '') return 'missing';
  const claimed = claimedDigest(header);
  if (claimed === undefined) return 'not-a-signature';
  const expected = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(Buffer.from(claimed, 'hex'), expected) ? undefined : 'wrong';
}
