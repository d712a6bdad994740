import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Checks Meta's `X-Hub-Signature-256: sha256=<hex>`, the HMAC-SHA256 of the raw body keyed with the app's secret
 * (facts, section 3). The bytes are hashed as they came: Meta signs its own spelling of the JSON.
 *
 * @returns undefined if it is right, else why it is not
 */
export function signatureFault(
  header: string | undefined,
  body: Uint8Array,
  appSecret: string,
): 'missing' | 'not-a-signature' | 'wrong' | undefined {
  if (header === undefined || header === '') return 'missing';
  const match = /^sha256=([0-9a-f]{64})$/i.exec(header.trim());
  if (!match?.[1]) return 'not-a-signature';
  const expected = createHmac('sha256', appSecret).update(body).digest();
  return timingSafeEqual(Buffer.from(match[1], 'hex'), expected) ? undefined : 'wrong';
}

/** Compares two texts in a time that tells nothing about where they differ. */
export function sameText(one: string, other: string): boolean {
  // Equal lengths are needed, and their own lengths are not to show either.
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
