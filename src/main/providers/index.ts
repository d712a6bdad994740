import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Provider } from '../calls/ports.ts';
import type { Account } from './account.ts';
import type { ProviderOptions } from './options.ts';
import { D360Provider } from './d360-provider.ts';
import { MetaProvider } from './meta-provider.ts';
import { PilotMetaProvider } from './pilot-meta-provider.ts';
import { PilotWebProvider } from './pilot-web-provider.ts';
import { ZernioProvider } from './zernio-provider.ts';

export type { Account } from './account.ts';

/** The provider of an account. The secret, a token or key, is kept in this object alone. */
export function createProvider(account: Account, secret: string, deps: ProviderOptions): Provider {
  switch (account.provider) {
    case 'meta':
      return new MetaProvider(account, secret, deps);
    case 'd360':
      return new D360Provider(account, secret, deps);
    case 'pilot-meta':
      return new PilotMetaProvider(account, secret, deps);
    case 'pilot-web':
      return new PilotWebProvider(account, secret, deps);
    case 'zernio':
      return new ZernioProvider(account, secret, deps);
    default:
      return assertNever(account, 'provider');
  }
}
