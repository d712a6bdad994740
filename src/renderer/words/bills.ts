import { isolating } from '../../shared/lib/foreign-text.ts';
/** Words of what a finished call cost, and of its recording. */
export const billWords = isolating({
  cost: 'Cost',
  ours: (pulses: number) =>
    `by the rate card, ${pulses === 1 ? 'one step' : `${pulses} steps`} of six seconds`,
  billable: 'billed by the provider',
  recording: 'of it for the recording',
  meta: 'billed by Meta to your WhatsApp account, not by the provider',
  total: 'together, for information',
  compared: 'Meta’s part:',
  recordingName: 'Recording',
  play: 'Play the recording',
  transcriptName: 'Transcript',
  read: 'Read the transcript',
  transcriptEmpty:
    'The transcript is empty: nothing was said, or in a language WhatsApp cannot write.',
  /** Beside a recording or transcript that Meta made. */
  mayBeShort: 'May end early: WhatsApp stops recording when the customer changes networks.',
  fetching: 'Fetching it from the provider…',
  reconciled:
    'Ringdesk did not hear of this call when it happened. It was read at the provider later.',
} as const);
