import type { VaultState } from '../../shared/ipc/model.ts';
import type { PhoneHint, PhoneProblem } from '../../shared/lib/phone.ts';
import type { Connection } from '../../shared/relay/connection.ts';
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
  empty: 'Type or paste a number first',
  'not-a-number': 'Type a number, or a contact’s name',
  'too-short': 'This number is too short',
  'too-long': 'This number is too long',
};

/** What is said beside a number that can be called all the same. */
export const phoneHints: Record<PhoneHint, string> = {
  unusual: 'Unusual number: check it before you call',
  'first-of-several': 'More than one number was pasted: this is the first',
};

export const connectionStates: Record<Connection['state'], string> = {
  connecting: 'Connecting',
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
  refused: 'Refused',
  unconfigured: 'Not set up',
};

export const vaultWords: Record<VaultState['state'], string> = {
  ready: 'Kept by the key store of your system.',
  'needs-consent': 'Waiting for your choice.',
  weak: 'Kept with weak protection, as you chose.',
  'memory-only': 'Kept in memory only. They are gone when Ringdesk quits.',
};

/** What a simulated customer does, by the key main sends. */
export const demoDoes: Readonly<Record<string, string>> = {
  talks: 'Talks to you, as people do',
  tone: 'Plays a steady tone, to check the sound',
  echo: 'Repeats what you say',
  'gives-up': 'Hangs up after a few rings',
  waits: 'Lets it ring until the end',
  'presses-keys': 'Presses keys on the phone while you talk',
  'two-at-once': 'A second person calls right after',
  answers: 'Answers after a few rings',
  declines: 'Declines your call',
  'no-answer': 'Never answers',
  'no-permission': 'Has given no permission: ask for it first',
  'declines-permission': 'Says no when asked for permission',
  revokes: 'Answers, and takes the permission back after the call',
};
