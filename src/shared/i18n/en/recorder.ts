/** Making recordings of calls. */

export const recorder = {
  title: 'Recording',
  signs: { on: 'REC', paused: 'REC paused', coming: 'To be recorded' },
  signNotes: {
    on: 'This call is being recorded',
    paused: 'The recording is paused: only silence is recorded now',
    coming: 'Recording begins after the customer has been told',
  },
  steps: {
    asking: 'Tell the customer that this call is recorded, then confirm',
    announcing: 'The customer hears that this call is recorded…',
    on: 'Recording',
    paused: 'Recording paused',
  },
  continuesIn: 'Continues in {{seconds}} s',
  confirm: 'Customer was told',
  pause: 'Pause recording',
  continue: 'Continue recording',
  failures: {
    'no-key': 'Not recorded: this computer has no key store to protect recordings. Tell your admin',
    'disk-full': 'Not recorded any more: the disk is full. The call goes on',
    'read-only': 'Not recorded: the folder for recordings cannot be written. Tell your admin',
    disk: 'Not recorded any more: the recording could not be written. The call goes on',
    codec: 'Not recorded: this computer cannot record this kind of sound',
    'no-recorder': 'Not recorded any more: the recorder stopped. The call goes on',
  },
  settings: {
    by: 'Who records',
    byNote: 'The customer is always told before a recording begins.',
    recorders: {
      off: 'Nobody',
      provider: 'WhatsApp',
      relay: 'The relay',
      console: 'This console',
    },
    byRelay: 'Set by the relay for everybody: {{who}}',
    consent: 'How the customer is told',
    consents: { announcement: 'By an announcement', agent: 'By the agent, who confirms it' },
    language: 'Language of the announcement',
    pauseFor: 'A pause ends after, in seconds',
    keepDays: 'Delete recordings after, in days',
    badSeconds: 'Enter 5 to 600 seconds',
    badDays: 'Enter 1 to 3,650 days',
  },
  problems: {
    'provider-cannot': 'The provider of this number offers no recordings',
    'relay-does-not-carry': 'The relay does not carry calls of this number',
    'console-does-not-speak': 'Calls of this number do not go through this console',
    'console-keeps-its-own': 'What this console records cannot be kept at the relay',
    forbidden: 'Your organisation does not allow recordings',
  },
} as const;
