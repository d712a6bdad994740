import type { ScreenPop } from '../../shared/links/screen-pop.ts';
import type { Account } from '../providers/account.ts';
import type { Profile } from './profile-schema.ts';

/** A profile without its secrets, as stored; each secret goes to the vault under its name. */
export interface Provision {
  agent: { id: string; name: string };
  /** The relay's full endpoint. */
  relayUrl: string;
  accounts: readonly Account[];
  screenPop: ScreenPop | undefined;
  secrets: Readonly<Record<string, string>>;
}

/** Names of the secrets in the vault. */
export const secretNames = {
  relay: 'relay-token',
  account: (accountId: string) => `account-token/${accountId}`,
  /** Where the relay receives calls that a provider forwards to it; contains a secret. */
  relayAddress: (accountId: string) => `account-relay-address/${accountId}`,
  /** What programs on this machine need to use the local API. */
  localApi: (kind: string, agentId: string) => `local-api-token/${kind}/${agentId}`,
};

/** Splits a profile into what may be stored in clear and what may not. */
export function provisionOf(profile: Profile): Provision {
  const secrets: Record<string, string> = { [secretNames.relay]: profile.relay.token };
  const accounts = profile.accounts.map((given) => {
    const { secret, relayAddress, account } = split(given);
    secrets[secretNames.account(account.id)] = secret;
    if (relayAddress !== undefined) secrets[secretNames.relayAddress(account.id)] = relayAddress;
    return account;
  });
  const { screenPop } = profile;
  return {
    agent: profile.agent,
    relayUrl: relayEndpoint(profile.relay.url),
    accounts,
    screenPop: screenPop && { name: '', onAccept: true, ...screenPop },
    secrets,
  };
}

/** An account and its secrets, apart. */
function split(given: Profile['accounts'][number]): {
  secret: string;
  relayAddress?: string | undefined;
  account: Account;
} {
  if (given.provider === 'zernio') {
    const { apiKey: secret, relayAddress, ...account } = given;
    // An empty value replaces one from an earlier profile.
    return { secret, relayAddress: relayAddress ?? '', account };
  }
  if (given.provider !== 'meta') {
    const { apiKey: secret, ...account } = given;
    return { secret, account };
  }
  const { accessToken: secret, apiBase, apiVersion, ...account } = given;
  // People copy the address with its version, as in Meta's examples.
  const [, base, version] = /^(.*?)(?:\/(v\d+\.\d+))?$/.exec(apiBase ?? '') ?? [];
  return {
    secret,
    account: {
      ...account,
      ...(base ? { apiBase: base } : {}),
      ...((apiVersion ?? version) ? { apiVersion: apiVersion ?? version } : {}),
    },
  };
}

/**
 * `wss://relay.example.com` → `wss://relay.example.com/v1/agents`; an address with a path is kept.
 */
export function relayEndpoint(url: string): string {
  const address = new URL(url);
  if (address.pathname === '/' || address.pathname === '') address.pathname = '/v1/agents';
  return address.href;
}
