import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { probeText, WEBHOOK_PROBE } from '../../shared/protocol/webhook-probe.ts';
import type { Account } from '../config/account.ts';
import type { Store } from '../store/store.ts';

/** How a proof is made, in hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Answers a console that asks at a webhook's address whether it leads to its relay. Only Meta tells
 * consoles that address (docs/providers/meta.md#number).
 *
 * @returns whether it was such a question
 */
export async function answerProbe(
  { store }: { store: Pick<Store, 'epoch'> },
  account: Account,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<boolean> {
  const question = query.get(WEBHOOK_PROBE);
  if (account.provider !== 'meta' || question === null || !/^[0-9a-f]{32}$/.test(question)) {
    return false;
  }
  const proof = sha256(probeText(await store.epoch(), question));
  response.writeHead(200, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' });
  response.end(proof);
  return true;
}
