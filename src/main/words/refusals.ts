import type { AppErrorCode } from '../../shared/ipc/errors.ts';

/**
 * What a request is refused with. The log has it; windows show the sentences of their own catalogue
 * for these codes.
 */
export const refusalWords: Readonly<Record<AppErrorCode, string>> = {
  'bad-request': 'The request is not as agreed.',
  'unknown-sender': 'This window may not ask for that.',
  internal: 'Something failed inside Ringdesk.',
  'no-such-call': 'There is no such call.',
  busy: 'Another call is in progress.',
  'too-late': 'The call has moved on.',
  'no-such-account': 'This number cannot be used right now.',
  'no-profile': 'No number is set up yet.',
  'bad-number': 'This is not a number that can be called.',
  'direct-route': 'This call is connected to this window and cannot be moved.',
  'relay-refused': 'The relay refused this.',
  provider: 'The provider refused this.',
  offline: 'There is no connection.',
  'profile-invalid': 'This profile cannot be used.',
  'vault-unavailable': 'This system cannot encrypt secrets.',
  'vault-needs-consent': 'It is not chosen yet how secrets are kept.',
  'export-failed': 'The calls could not be written.',
  'not-offered': 'This number does not support that.',
  'bad-file': 'This file cannot be used.',
  cancelled: 'Cancelled.',
};

/**
 * What a number cannot do, or what could not be loaded, said more exactly than its code can.
 * Windows show it as it is.
 */
export const notOfferedWords = {
  recording: 'This call has no recording',
  sums: 'This number’s provider shows no total costs',
  estimate: 'This number’s provider shows no estimates',
  settings: 'This number has no settings to change here',
  messages: 'Messages of this number cannot be sent here',
  now: 'This number cannot be used right now. Try again in a minute',
  number: 'This number is not set up on this computer',
  notARecording: 'The provider sent something that is not a recording',
  notATranscript: 'The provider sent something that is not a transcript',
  noAnswer: 'The file could not be loaded: no answer in time. Try again',
  status: (status: number) =>
    `The file could not be loaded (HTTP status ${status}). Try again in a minute`,
  broken: 'The file could not be loaded: the connection broke. Try again',
  tooLarge: 'The file is too large to open here',
} as const;

/** What is wrong with a file that was chosen. */
export const fileWords = {
  invalid: (name: string) => `${name} cannot be used.`,
  unreadable: (name: string) => `${name} cannot be read.`,
  tooLarge: (name: string) => `${name} is too large`,
  notText: (name: string, why: string) => `${name} ${why}`,
} as const;

/** What is wrong with a profile, after the name of the field. */
export const profileWords = {
  empty: 'must not be empty',
  quoted: (text: string, problem: string) => `“${text}” ${problem}`,
  number: (text: string) =>
    `“${text}” is not a full phone number. Write + and the country code, e.g. +5511987654321`,
  usedTwice: (id: string) => `“${id}” is used twice. Every number needs its own id`,
} as const;

/** What the door says of requests that it does not carry out. */
export const doorWords = {
  noRoute: (name: string) => `There is no request “${name}”.`,
  badRequest: (name: string) => `The request “${name}” is not as agreed.`,
  failed: (name: string) => `“${name}” failed`,
} as const;
