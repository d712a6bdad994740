import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Seals the data keys of recordings; made of a secret of the console's key store, or of the relay's configuration. */
export interface RecordingKey {
  /** Tells the key without giving it away. */
  id: string;
  key: Buffer;
}

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';
const KEY_USE = 'ringdesk recordings 1';

/** @param secret 32 bytes in hexadecimal, which may serve for other things too */
export function recordingKeyOf(secret: string): RecordingKey {
  if (!/^[\da-f]{64}$/.test(secret)) throw new Error('not a key: 64 hexadecimal digits');
  const bytes = hkdfSync('sha256', Buffer.from(secret, 'hex'), '', KEY_USE, KEY_BYTES);
  const key = Buffer.from(bytes);
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 24), key };
}

/** Seals the data key of a recording, for that recording only. */
export function wrapDataKey(dataKey: Buffer, by: RecordingKey, recordingId: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  return Buffer.concat([nonce, seal(by.key, nonce, Buffer.from(recordingId), dataKey)]);
}

/** @returns undefined if it was sealed with another key, for another recording, or is damaged */
export function unwrapDataKey(
  wrapped: Buffer,
  by: RecordingKey,
  recordingId: string,
): Buffer | undefined {
  if (wrapped.length !== NONCE_BYTES + KEY_BYTES + TAG_BYTES) return undefined;
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  return unseal(by.key, nonce, Buffer.from(recordingId), wrapped.subarray(NONCE_BYTES));
}

/** @returns the cipher text and its tag */
export function seal(key: Buffer, nonce: Buffer, about: Buffer, plain: Buffer): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(about);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @returns undefined if it is not what was sealed, or not there */
export function unseal(
  key: Buffer,
  nonce: Buffer,
  about: Buffer,
  sealed: Buffer,
): Buffer | undefined {
  if (sealed.length < TAG_BYTES) return undefined;
  const end = sealed.length - TAG_BYTES;
  const cipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(about)
    .setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, end)), cipher.final()]);
  } catch {
    return undefined;
  }
}
