import type { Call } from '../../shared/call/state.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Provider } from './ports.ts';

/**
 * Who has the sound of a number's calls.
 *
 * @param forwardTo where the agent wants this one call to go instead
 */
export function mediaOf(
  { capabilities: { media } }: Pick<Provider, 'capabilities'>,
  forwardTo?: string,
): Call['media'] {
  switch (media) {
    case 'webrtc':
      return undefined;
    case 'server-pcm':
      return forwardTo === undefined ? 'pcm' : 'bridged';
    case 'bridged':
      return 'bridged';
    default:
      return assertNever(media, 'media');
  }
}
