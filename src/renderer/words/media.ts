import { sentence } from '../../shared/lib/foreign-text.ts';
import type { MediaFailure } from '../media/failure.ts';
import type { Said } from './said.ts';

/** Why media failed; main passes our own codes through, and one of its own. */
const mediaFailures: Record<MediaFailure | 'window-lost' | 'leg-refused', Said> = {
  'no-microphone': {
    what: 'No microphone was found',
    next: 'Plug one in, or choose it under Settings',
  },
  'microphone-denied': {
    what: 'The system does not let Ringdesk use the microphone',
    next: 'Allow it in the privacy settings of your system',
  },
  'microphone-busy': {
    what: 'The microphone is in use by another program',
    next: 'Close that program, or choose another microphone under Settings',
  },
  'sdp-rejected': {
    what: 'What WhatsApp sent about the sound could not be understood',
    next: 'Try again; if it stays so, tell whoever runs the relay',
  },
  'sdp-sdes': {
    what: 'This number’s key exchange is SDES, which no browser can take',
    next: 'Ask your admin to set it to DTLS in the number’s calling settings',
  },
  'ice-failed': {
    what: 'No connection for the sound could be made to WhatsApp',
    next: 'Check that your network lets UDP out',
  },
  'connection-lost': {
    what: 'The connection for the sound was lost',
    next: 'Check your network, then call back',
  },
  'leg-refused': {
    what: 'The relay did not take the sound of this console',
    next: 'Try again; if it stays so, tell whoever runs the relay',
  },
  'no-media': { what: 'The window had lost this call', next: 'Call back' },
  'window-lost': { what: 'The window that carried the sound was closed', next: 'Call back' },
};

/** Words for a media failure, whoever named it. */
export function mediaWords(why: string): Said {
  const known: Readonly<Record<string, Said>> = mediaFailures;
  return known[why] ?? { what: sentence`The sound failed: ${why}` };
}
