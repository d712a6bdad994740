import { z } from 'zod';
import type { Account } from '../config/account.ts';
import type { RelayConfig } from '../config/schema.ts';
import { createLog, reasonOf } from '../log.ts';
import { storedWebhooks } from '../store/open.ts';
import { REPLAY_HEADER } from '../webhooks/handler.ts';
import { proofOf } from '../webhooks/webhook-auth.ts';
import { ownUrl } from './own-url.ts';

const answer = z.union([
  z.object({ added: z.number() }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
]);

/**
 * Sends the relay the webhooks of a period once more: what was not understood when they came may be by now. What is in
 * the log adds nothing, so that it can be repeated; old calls ring nobody.
 *
 * @param period Unix ms
 * @throws Error that tells a person what to do
 */
export async function replay(
  config: RelayConfig,
  { since = 0, until = Infinity }: { since?: number | undefined; until?: number | undefined },
): Promise<void> {
  const log = createLog((line) => process.stderr.write(line));
  const count = { sent: 0, added: 0, left: 0 };
  for await (const { accountId, receivedAt, body } of storedWebhooks(config, log)) {
    if (receivedAt < since || receivedAt >= until) continue;
    const account = config.accounts.find(({ id }) => id === accountId);
    const added = account && (await send(ownUrl(config.listen), account, body));
    if (added === undefined) count.left += 1;
    else {
      count.sent += 1;
      count.added += added;
    }
  }
  console.error(
    `Sent ${count.sent} webhooks again, which added ${count.added} entries to the log.` +
      (count.left > 0
        ? ` ${count.left} were left out: older than 8 days, or of a number that the config does not have.`
        : ''),
  );
}

/** @returns how many entries it added; undefined if it is too old */
async function send(url: string, account: Account, body: Uint8Array): Promise<number | undefined> {
  const to = `${url}/webhooks/${account.provider}/${account.id}`;
  const headers = {
    'content-type': 'application/json',
    [REPLAY_HEADER]: '1',
    ...proofOf(account, body),
  };
  const response = await fetch(to, { method: 'POST', headers, body: new Uint8Array(body) }).catch(
    (error: unknown) => {
      throw new Error(`No relay answers at ${url}. Start it first. (${reasonOf(error)})`);
    },
  );
  const said = answer.parse(await response.json());
  if ('added' in said) return said.added;
  if (said.error.code === 'too-old') return undefined;
  throw new Error(
    `The relay refuses a webhook: ${said.error.message} Then send all of them again.`,
  );
}
