import { isolating } from '../../shared/lib/foreign-text.ts';
/** What can be done about a ring besides taking it. */
export const ringingWords = isolating({
  silence: 'Silence',
  silenceHint: 'Stop the sound here. It goes on ringing for your teammates',
  silenced: 'Silenced here',
  declined: 'Declined',
  undo: 'Undo',
  undoDecline: (name: string) => `Undo declining ${name}`,
  undoKeys: 'Escape',
} as const);
