import type { Clock } from '../../shared/lib/clock.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import type { RecordingUse } from '../../shared/providers/meta/api.ts';
import type { Log } from '../log.ts';
import type { WayFetch } from '../network/transport.ts';

/** What a provider is built with besides its account and secret. */
export interface ProviderOptions {
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
