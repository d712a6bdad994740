import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { D360Client } from '../../shared/providers/d360/client.ts';
import { MetaClient } from '../../shared/providers/meta/client.ts';
import { PilotMetaClient } from '../../shared/providers/pilot-status/client.ts';
import { metaUseOf } from '../../shared/recording/meta-use.ts';
import type { Account } from '../config/account.ts';
import { credentialOf, isRelayed, type SdpAccount } from '../config/account.ts';
import type { Log } from '../log.ts';

/** Calls by SDP, and the number's settings. */
export type SdpClient = MetaClient | D360Client | PilotMetaClient;

/** A provider's client for every relayed account. */
export function createProviders(
  accounts: readonly Account[],
  ports: { log: Log; clock: Pick<Clock, 'now'> },
): (accountId: string) => SdpClient | undefined {
  const clients = new Map<string, SdpClient>();
  for (const account of accounts.filter(isRelayed)) {
    const credential = credentialOf(account);
    if (credential !== undefined) clients.set(account.id, clientOf(account, credential, ports));
  }
  return (accountId) => clients.get(accountId);
}

function clientOf(
  account: SdpAccount,
  credential: string,
  { log, clock }: Parameters<typeof createProviders>[1],
): SdpClient {
  const { apiBase } = account;
  const warn = (why: string) => log.warn('provider.retry', { account: account.id, why });
  const options = { apiBase, fetch, clock, log: { warn } };
  switch (account.provider) {
    case 'meta': {
      const { phoneNumberId, apiVersion } = account;
      const use = account.recording && metaUseOf(account.recording);
      return new MetaClient({
        ...options,
        phoneNumberId,
        wabaId: account.console?.wabaId,
        apiVersion,
        accessToken: credential,
        ...(use && { recording: () => use }),
      });
    }
    case 'd360':
      return new D360Client({ ...options, apiKey: credential });
    case 'pilot-meta':
      return new PilotMetaClient({ ...options, apiKey: credential });
    default:
      return assertNever(account, 'account');
  }
}
