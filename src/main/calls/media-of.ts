import type { Call } from '../../shared/call/model.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Provider } from './ports.ts';

/**
 * Who has the sound of a number's calls.
 *
 * @param forwardTo where the agent wants this one call to go instead
 */
export function mediaOf(
  { capabilities: { media }, stream }: Pick<Provider, 'capabilities' | 'stream'>,
  forwardTo?: string,
): Pick<Call, 'media' | 'heldBy'> {
  switch (media) {
    case 'webrtc':
      return {};
    case 'server-pcm':
      if (forwardTo !== undefined) return { media: 'bridged' };
      // Without a sound of the provider's own it comes by the relay.
      return { media: 'pcm', ...(!stream && { heldBy: 'relay' }) };
    case 'bridged':
      return { media: 'bridged' };
    default:
      return assertNever(media, 'media');
  }
}
