import type { VaultState } from '../../shared/ipc/model.ts';
import type { PhoneHint, PhoneProblem } from '../../shared/lib/phone.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import type { View } from '../state/ui.ts';

export const views: Record<View, string> = {
  calls: 'Calls',
  history: 'History',
  contacts: 'Contacts',
  team: 'Team',
  demo: 'Demo customers',
  settings: 'Settings',
};

export const phoneProblems: Record<PhoneProblem, string> = {
  empty: 'Enter a number first',
  'not-a-number': 'Type a number, or a contact’s name',
  'too-short': 'This number is too short. Check the digits',
  'too-long': 'This number is too long. Check the digits',
};

/** What is said beside a number that can be called all the same. */
export const phoneHints: Record<PhoneHint, string> = {
  unusual: 'Unusual number. Check it before you call',
  'first-of-several': 'You pasted several numbers. This is the first one',
};

export const connectionStates: Record<Connection['state'], string> = {
  connecting: 'Connecting',
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
  refused: 'Sign-in rejected',
  unconfigured: 'Not set up',
};

export const vaultWords: Record<VaultState['state'], string> = {
  ready: 'Protected by the key store of your system.',
  'needs-consent': 'Waiting for your choice.',
  weak: 'Stored without protection, as you chose.',
  'memory-only': 'Kept in memory only. Import your profile again after each start.',
};

/** What a simulated customer does, by the key main sends. */
export const demoDoes: Readonly<Record<string, string>> = {
  talks: 'Talks like a real customer',
  tone: 'Plays a steady tone, to test your audio',
  echo: 'Repeats what you say',
  'gives-up': 'Hangs up after a few rings',
  waits: 'Rings until it times out',
  'presses-keys': 'Presses keys on the phone during the call',
  'two-at-once': 'A second customer calls right after',
  answers: 'Answers after a few rings',
  declines: 'Declines your call',
  'no-answer': 'Never answers',
  'no-permission': 'Has not allowed calls: ask for permission first',
  'declines-permission': 'Declines your permission request',
  revokes: 'Answers, then withdraws permission after the call',
};
