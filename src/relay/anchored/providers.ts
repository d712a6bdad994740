import { MetaClient } from '../../shared/providers/meta/client.ts';
import type { Account } from '../config.ts';
import type { Log } from '../log.ts';

/** A provider's client for every anchored account. */
export function createProviders(
  accounts: readonly Account[],
  log: Log,
): (accountId: string) => MetaClient | undefined {
  const clients = new Map<string, MetaClient>();
  for (const account of accounts) {
    const { accessToken } = account;
    if (account.route !== 'anchored' || accessToken === undefined) continue;
    clients.set(
      account.id,
      new MetaClient({
        ...account,
        accessToken,
        fetch,
        log: { warn: (why) => log.warn('provider.retry', { account: account.id, why }) },
      }),
    );
  }
  return (accountId) => clients.get(accountId);
}
