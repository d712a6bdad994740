import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Provider } from '../calls/ports.ts';
import type { Log } from '../log.ts';
import type { Account } from './account.ts';
import { MetaProvider } from './meta-provider.ts';

export type { Account } from './account.ts';

export interface ProviderDeps {
  fetch: typeof globalThis.fetch;
  clock: Clock;
  log: Log;
}

/** The provider of an account. The token is kept in this object alone. */
export function createProvider(
  account: Account,
  accessToken: string,
  deps: ProviderDeps,
): Provider {
  switch (account.provider) {
    case 'meta':
      return new MetaProvider(account, accessToken, deps);
    case 'd360':
    case 'pilot-meta':
    case 'pilot-web':
    case 'zernio':
      throw new Error(`no provider for ${account.provider}`);
    default:
      return assertNever(account, 'provider');
  }
}
