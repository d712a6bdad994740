import { isolating } from '../../shared/lib/foreign-text.ts';
/** Words of what a finished call cost, and of its recording. */
export const billWords = isolating({
  cost: 'Cost',
  /** Providers bill calls in dollars. */
  dollars: (amount: string) => `${amount} USD`,
  ours: (pulses: number) => `by the rate card, for ${pulses * 6} s`,
  billable: 'billed by the provider',
  recording: 'of that for the recording',
  meta: 'billed by Meta directly',
  total: 'in total',
  compared: 'Meta’s charge:',
  recordingName: 'Recording',
  play: 'Play the recording',
  transcriptName: 'Transcript',
  read: 'Read the transcript',
  transcriptEmpty:
    'The transcript is empty: nothing was said, or WhatsApp does not know the language.',
  /** Beside a recording or transcript that Meta made. */
  mayBeShort: 'May end early: WhatsApp stops recording when the customer changes networks.',
  fetching: 'Loading from the provider…',
  reconciled: 'This call was added later from the provider’s call list.',
} as const);
