/** Refused requests, as windows show them (`errors`) and the log has them. */

export const errors = {
  'bad-request': {
    what: 'Something failed inside Ringdesk',
    next: 'Try again. If it fails again, tell your admin',
  },
  'unknown-sender': {
    what: 'Something failed inside Ringdesk: a window asked for more than it may',
    next: 'Quit Ringdesk and open it again',
  },
  internal: {
    what: 'Something failed inside Ringdesk',
    next: 'Try again. If it fails again, tell your admin: the log has the details',
  },
  'no-such-call': {
    what: 'This call has already ended',
  },
  'same-person': {
    what: 'They are one person already',
  },
  'not-merged': {
    what: 'They are not merged any more',
  },
  'do-not-call': {
    what: 'This person is marked “Do not call”',
    next: 'Open the contact to see why, and to allow calls again',
  },
  'pick-up-held': {
    what: 'Outgoing calls from this number are held back',
    next: 'Accept the calls of those who call. Insight says when it ends',
  },
  busy: {
    what: 'You are on another call',
    next: 'Hang up first',
  },
  'customer-in-call': {
    what: 'This customer is in a call now',
    next: 'Erase them when the call has ended',
  },
  'too-late': {
    what: 'Too late: the call has changed',
    next: 'Check the call, then try again',
  },
  'no-such-account': {
    what: 'This number is not set up on this computer',
    next: 'Import a profile that has it',
  },
  'no-profile': {
    what: 'No number is set up yet',
    next: 'Import a profile or try the demo',
  },
  'bad-number': {
    what: 'This number cannot be called',
    next: 'Check the digits',
  },
  'direct-route': {
    what: 'Hold and transfer are not available on this number',
    next: 'Ask your admin to route calls through the relay',
  },
  'relay-refused': {
    what: 'The relay refused this',
    next: 'Try again',
  },
  'todo-refused': {
    what: 'This is not possible any more',
    next: 'Look at the list again',
  },
  provider: {
    what: 'WhatsApp refused this',
    next: 'Try again',
  },
  offline: {
    what: 'You are offline',
    next: 'Try again when you are connected',
  },
  'profile-invalid': {
    what: 'This file is not a valid profile',
    next: 'Ask your admin for a new one',
  },
  organisation: {
    what: 'Your organisation has set this',
    next: 'Ask your admin',
  },
  'vault-unavailable': {
    what: 'The system’s key store is locked or not reachable',
    next: 'Unlock it, then try again',
  },
  'vault-needs-consent': {
    what: 'First choose how to store access tokens',
  },
  'export-failed': {
    what: 'The file could not be saved',
    next: 'Choose another folder',
  },
  'not-offered': {
    what: 'This number does not support that',
  },
  'log-unavailable': {
    what: 'The call history cannot be used right now',
    next: 'The notice at the top says why',
  },
  'bad-file': {
    what: 'This file cannot be used',
    next: 'Correct it and import it again',
  },
  invitation: {
    what: 'This invitation cannot be used',
    next: 'Ask your admin for a new one',
  },
  'set-up': {
    what: 'The files could not be saved',
  },
  cancelled: {
    what: 'Cancelled',
  },
} as const;

export const refusals = {
  'bad-request': 'The request is invalid.',
  'unknown-sender': 'This window may not ask for that.',
  internal: 'Something failed inside Ringdesk.',
  'no-such-call': 'There is no such call.',
  'same-person': 'They are one person already.',
  'not-merged': 'They are not merged any more.',
  'do-not-call': 'This person is marked “Do not call”.',
  'pick-up-held': 'Outgoing calls from this number are held back.',
  busy: 'Another call is in progress.',
  'customer-in-call': 'The customer is in a call now.',
  'too-late': 'The call has moved on.',
  'no-such-account': 'This number cannot be used right now.',
  'no-profile': 'No number is set up yet.',
  'bad-number': 'This is not a number that can be called.',
  'direct-route': 'This call is connected to this window and cannot be moved.',
  'relay-refused': 'The relay refused this.',
  'todo-refused': 'This is not possible any more.',
  provider: 'The provider refused this.',
  offline: 'There is no connection.',
  'profile-invalid': 'This profile cannot be used.',
  organisation: 'This is set by the organisation.',
  'vault-unavailable': 'This system cannot encrypt secrets.',
  'vault-needs-consent': 'How to store secrets has not been chosen yet.',
  'export-failed': 'The calls could not be written.',
  'not-offered': 'This number does not support that.',
  'log-unavailable': 'The call history cannot be used right now.',
  'bad-file': 'This file cannot be used.',
  invitation: 'This invitation cannot be used.',
  'set-up': 'The files could not be saved.',
  cancelled: 'Cancelled.',
} as const;

export const notOffered = {
  recording: 'This call has no recording',
  analytics: 'This number’s provider shows no total costs',
  estimate: 'This number’s provider shows no estimates',
  settings: 'This number has no settings to change here',
  announcement: 'This number’s provider takes no announcement',
  messages: 'Messages of this number cannot be sent here',
  now: 'This number cannot be used right now. Try again in a minute',
  number: 'This number is not set up on this computer',
  notARecording: 'The provider sent something that is not a recording',
  notATranscript: 'The provider sent something that is not a transcript',
  noAnswer: 'The file could not be loaded: no answer in time. Try again',
  status: 'The file could not be loaded (HTTP status {{status}}). Try again in a minute',
  broken: 'The file could not be loaded: the connection broke. Try again',
  tooLarge: 'The file is too large to open here',
} as const;

export const files = {
  invalid: '{{name}} cannot be used.',
  unreadable: '{{name}} cannot be read.',
  tooLarge: '{{name}} is too large',
  notText: {
    'utf-32': '{{name}} is saved as UTF-32. Save it as UTF-8',
    binary: '{{name}} is not a text file',
    'not-utf-8': '{{name}} is not saved as UTF-8, or is damaged. Save it as UTF-8',
    'damaged-utf-16': '{{name}} is saved as UTF-16 and is damaged. Save it as UTF-8',
  },
} as const;

export const profile = {
  empty: 'must not be empty',
  quoted: '“{{text}}” {{problem}}',
  number:
    '“{{text}}” is not a full phone number. Write + and the country code, e.g. +5511987654321',
  usedTwice: '“{{id}}” is used twice. Every number needs its own id',
  phoneNumberId: 'must be the digits Meta shows as “Phone number ID”',
  wabaId: 'must be the digits Meta shows as “WhatsApp Business Account ID”',
  apiVersion: 'must look like v26.0',
  recordingPurpose: 'must say what calls are recorded for',
  recordingPurposeLong: 'must have at most 250 characters',
  recordingLanguage: 'must be a language of the spoken notice, e.g. pt or en_US',
  sampleRateLow: 'must be samples per second, from 8000',
  sampleRateHigh: 'must be samples per second, up to 48000',
  frameShort: 'must be milliseconds, from 10',
  frameLong: 'must be milliseconds, up to 100',
  softphone: 'must be "relay", or be left out where calls are answered elsewhere',
  relayAddress:
    'must be the address that starts with wss:// at which the relay takes Zernio’s calls',
  relayAddressAlone: 'works only together with "softphone": "relay"',
  providerMissing: 'is missing; use {{known}}',
  providerUnknown: 'is not a provider this version knows; use {{known}}',
  version: 'is not a version this Ringdesk knows; it reads version 1',
  noNumbers: 'must list at least one number',
  notJson: 'the file is not JSON ({{why}})',
  twice: '“{{key}}” is there twice; look at line {{line}} and remove one',
  unknownKeys: '{{keys}} does not belong here; check the spelling or remove it',
  missing: 'is missing',
  wrongType: 'must be of type {{type}}',
  badCharacter:
    'has a character at position {{position}} ({{character}}) that keys cannot contain; copy it again, without quotes and line breaks',
} as const;

export const requests = {
  noRoute: 'There is no request “{{name}}”.',
  badRequest: 'The request “{{name}}” is invalid.',
  failed: '“{{name}}” failed',
} as const;

/** Why a token must not be sent to an address; follows the address. */
export const address = {
  notAnAddress: 'is not an address; it should look like {{wanted}}example.com',
  holdsPassword: 'must not contain a name or password, which would end up in logs',
  wrongScheme: 'must start with {{wanted}}',
  inClear:
    'would send tokens unencrypted over the network; use {{wanted}} ({{clear}} is accepted only for this computer)',
} as const;
