import { randomInt } from 'node:crypto';
import { send } from '../http/client.ts';

/** The result of an account's subscription handshake. */
export type HandshakeResult =
  | { state: 'not-tried' }
  | { state: 'verified'; at: number }
  | { state: 'failed'; at: number; why: string };

/**
 * `GET ?hub.mode=subscribe&…`: the endpoint must answer 200 with the bare challenge
 * (docs/providers/meta.md#signature-and-delivery).
 */
export async function verifyEndpoint(options: {
  webhookUrl: string;
  verifyToken: string;
  timeoutMs: number;
  now: () => number;
  signal: AbortSignal;
}): Promise<HandshakeResult> {
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
  const url = new URL(options.webhookUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', options.verifyToken);
  const failed = (why: string): HandshakeResult => ({ state: 'failed', at: options.now(), why });
  try {
    const answer = await send({ ...options, url: url.href, method: 'GET' });
    if (answer.status !== 200) return failed(`answered ${answer.status}`);
    if (answer.body !== challenge) return failed('answered 200 without the bare challenge');
    return { state: 'verified', at: options.now() };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}
