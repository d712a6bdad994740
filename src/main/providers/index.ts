import { assertNever } from '../../shared/lib/assert-never.ts';
import { capabilities } from '../../shared/providers/capabilities.ts';
import { D360Client } from '../../shared/providers/d360/client.ts';
import type { Provider } from '../calls/ports.ts';
import type { Account } from './account.ts';
import { cloudNumber } from './cloud-provider.ts';
import { createMetaProvider } from './meta-provider.ts';
import type { ProviderOptions } from './options.ts';
import { createPilotMetaProvider, createPilotWebProvider } from './pilot-provider.ts';
import { createZernioProvider } from './zernio-provider.ts';

export type { Account } from './account.ts';

/** The provider of an account. The secret, a token or key, is kept in this object alone. */
export function createProvider(
  account: Account,
  secret: string,
  options: ProviderOptions,
): Provider {
  switch (account.provider) {
    case 'meta':
      return createMetaProvider(account, secret, options);
    case 'd360': {
      const client = new D360Client({ apiBase: account.apiBase, apiKey: secret, ...options });
      const headers = { 'D360-API-KEY': secret };
      return { capabilities: capabilities.d360, ...cloudNumber(client, options, headers) };
    }
    case 'pilot-meta':
      return createPilotMetaProvider(account, secret, options);
    case 'pilot-web':
      return createPilotWebProvider(account, secret, options);
    case 'zernio':
      return createZernioProvider(account, secret, options);
    default:
      return assertNever(account, 'provider');
  }
}
