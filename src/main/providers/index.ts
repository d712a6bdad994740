import type { WayFetch } from '../network/transport.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { RecordingUse } from '../../shared/providers/meta/api.ts';
import type { Provider } from '../calls/ports.ts';
import type { Log } from '../log.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import type { Account } from './account.ts';
import { D360Provider } from './d360-provider.ts';
import { MetaProvider } from './meta-provider.ts';
import { PilotMetaProvider } from './pilot-meta-provider.ts';
import { PilotWebProvider } from './pilot-web-provider.ts';
import { ZernioProvider } from './zernio-provider.ts';

export type { Account } from './account.ts';

export interface ProviderDeps {
  fetch: WayFetch;
  clock: Clock;
  log: Log;
  /**
   * Zernio with `softphone`: the relay's wss address, for calls of ours while the number itself is forwarded elsewhere.
   * It holds a secret. Missing = the number is always forwarded to the relay.
   */
  relayAddress?: string | undefined;
  /** Told how each request ended: undefined when the provider took it, else why not. */
  told?: ((error: ProviderError | undefined) => void) | undefined;
  /** Meta: what is recorded, asked with every call; missing = what the account says. */
  recording?: (() => RecordingUse | undefined) | undefined;
}

/** The provider of an account. The secret, a token or key, is kept in this object alone. */
export function createProvider(account: Account, secret: string, deps: ProviderDeps): Provider {
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
