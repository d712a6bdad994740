import { randomBytes } from 'node:crypto';
import { type RelayFacts, webhookFacts } from '../../shared/checks/facts.ts';
import { systemClock } from '../../shared/lib/clock.ts';
import { numberWebhooks } from '../../shared/protocol/frames.ts';
import type { Account } from '../config/account.ts';
import type { RelayConfig } from '../config/schema.ts';
import { healthQuestion } from '../webhooks/health-question.ts';
import type { Finding } from './doctor-finding.ts';
import { webhookChecks } from './doctor-numbers.ts';
import { ownUrl } from './own-url.ts';

/** How long the relay may take to answer, in ms. */
const PATIENCE_MS = 3_000;

/**
 * Whether the running relay accepts the numbers' webhooks, which only it knows. Empty where none answers.
 */
export async function webhookFindings({
  accounts,
  listen,
  publicUrl,
}: RelayConfig): Promise<Finding[]> {
  const found = accounts.map(async (account): Promise<Finding[]> => {
    const answer = await ask(ownUrl(listen), account).catch(() => undefined);
    if (answer === undefined) return [];
    if (answer !== 'refused') return webhookChecks(account, answer, publicUrl);
    const says = 'the relay that runs has other secrets than this config. Restart it.';
    return [{ about: 'webhook-signature', account: account.id, how: 'doubtful', says }];
  });
  return (await Promise.all(found)).flat();
}

/** @throws if no relay of this release answers */
async function ask(url: string, account: Account): Promise<RelayFacts | 'refused'> {
  const { query, headers } = healthQuestion(account, randomBytes(16).toString('hex'));
  const response = await fetch(`${url}/webhooks/${account.provider}/${account.id}?${query}`, {
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.status === 401) return 'refused';
  const number = numberWebhooks.parse(await response.json());
  return { numbers: [webhookFacts(number, systemClock.now())] };
}
