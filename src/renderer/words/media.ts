import { sentence } from '../../shared/lib/foreign-text.ts';
import type { MediaFailure } from '../media/failure.ts';
import type { Said } from './said.ts';

/** Why media failed; main passes our own codes through, and one of its own. */
const mediaFailures: Record<MediaFailure | 'window-lost' | 'leg-refused', Said> = {
  'no-microphone': {
    what: 'No microphone was found',
    next: 'Plug one in, or choose one under Settings',
  },
  'microphone-denied': {
    what: 'The system does not let Ringdesk use the microphone',
    next: 'Allow it in the privacy settings of your system',
  },
  'microphone-busy': {
    what: 'Another program is using the microphone',
    next: 'Close it, or choose another microphone under Settings',
  },
  'sdp-rejected': {
    what: 'The audio could not be set up: WhatsApp’s offer was not understood',
    next: 'Try again. If it fails again, tell your admin',
  },
  'sdp-sdes': {
    what: 'This number’s key exchange is SDES, which no browser can take',
    next: 'Ask your admin to set it to DTLS in the number’s calling settings',
  },
  'ice-failed': {
    what: 'The audio could not reach WhatsApp',
    next: 'Ask your admin whether the network allows UDP',
  },
  'connection-lost': {
    what: 'The audio connection was lost',
    next: 'Check your network, then call back',
  },
  'leg-refused': {
    what: 'The relay did not accept the audio',
    next: 'Try again. If it fails again, tell your admin',
  },
  'no-media': { what: 'The audio of this call was lost', next: 'Call back' },
  'window-lost': { what: 'The audio stopped because its window was closed', next: 'Call back' },
};

/** Words for a media failure, whoever named it. */
export function mediaWords(why: string): Said {
  const known: Readonly<Record<string, Said>> = mediaFailures;
  return known[why] ?? { what: sentence`The audio failed: ${why}`, next: 'Call back' };
}
