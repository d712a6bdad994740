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
   * Zernio with `softphone`: the relay's wss address, for outbound calls while the number itself is
   * forwarded elsewhere. It contains a secret. Missing: always forwarded to the relay.
   */
  relayAddress?: string | undefined;
  /** Called when a request ends: undefined if the provider accepted it, else the error. */
  onAnswer?: ((error: ProviderError | undefined) => void) | undefined;
  /** Meta: what to record, read for every call; missing = as the account says. */
  recording?: (() => RecordingUse | undefined) | undefined;
}
