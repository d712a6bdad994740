import type { ProviderError } from '../../../shared/providers/events.ts';
import type { Refused } from '../ports.ts';

/** The provider's words where it was the provider that refused, else the relay's. */
export function errorOf({ error, why }: Refused): ProviderError {
  return error ?? { code: 'relay', message: why, transient: false };
}
