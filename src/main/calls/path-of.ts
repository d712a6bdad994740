import type { MediaPath, Routing } from '../../shared/providers/media-path.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Provider } from './ports.ts';

/**
 * Where the sound of a number's calls travels.
 *
 * @param told what the relay says of this number, if there is a relay and it knows the number
 * @param forwardTo where the agent wants this one call to go instead
 */
export function pathOf(
  { capabilities: { path }, stream }: Pick<Provider, 'capabilities' | 'stream'>,
  told: MediaPath | undefined,
  forwardTo?: string,
): Routing {
  switch (path) {
    case 'direct':
      return { path: told === 'relayed' ? 'relayed' : 'direct' };
    case 'streamed':
      if (forwardTo !== undefined) return { path: 'external' };
      // Without a stream of the provider's own the sound comes by the relay.
      return { path: 'streamed', mediaServer: stream ? 'provider' : 'relay' };
    case 'external':
      return { path: 'external' };
    default:
      return assertNever(path, 'path');
  }
}
