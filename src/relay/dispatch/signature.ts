import { createHmac } from 'node:crypto';

/**
 * The headers of the Standard Webhooks specification (standardwebhooks.com, symmetric signature
 * `v1`): HMAC-SHA256 over id, time and body, so that none of them can be changed.
 *
 * @param at when it is sent, Unix ms
 */
export function signedHeaders(
  { id, body }: { id: string; body: string },
  key: Uint8Array,
  at: number,
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
