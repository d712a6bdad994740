import type { Answer } from '../../shared/providers/client.ts';
import { ProviderFailure } from '../calls/ports.ts';

/** What the provider answered. @throws ProviderFailure when it refused, or did not answer */
export function taken<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new ProviderFailure(answer.error);
  return answer.value;
}

/** For what this kind of number lacks, in words; its capabilities say so, too. */
export function notSupported(message: string): ProviderFailure {
  return new ProviderFailure({ code: 'not-supported', message, transient: false });
}
