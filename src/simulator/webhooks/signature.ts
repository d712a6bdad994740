import { createHmac } from 'node:crypto';

/** HMAC-SHA256 of the raw body, as lower-case hex. */
export const hmac = (secret: string, body: Buffer | string): string =>
  createHmac('sha256', secret).update(body).digest('hex');

/** `X-Hub-Signature-256` with the app secret (docs/providers/meta.md#signature-and-delivery). */
export const signBody = (secret: string, body: Buffer | string): string =>
  `sha256=${hmac(secret, body)}`;

/** JSON as Meta writes it: every non-ASCII character as `\uXXXX` in lower case, and `/` as `\/`. */
export const metaJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replaceAll(
      /[\u0080-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
