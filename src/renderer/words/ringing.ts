/** What can be done about a ring besides taking it. */
export const ringingWords = {
  silence: 'Silence',
  silenceHint: 'Stop the sound here. It goes on ringing for your teammates',
  silenced: 'Silenced here',
  declined: 'Declined',
  undo: 'Undo',
  undoDecline: (name: string) => `Undo declining ${name}`,
  undoKeys: 'Escape',
} as const;
