/** Notices, and problems with our own files. */

export const notices = {
  'calls-interrupted': {
    what: 'Ringdesk closed during a call ({{count}})',
    next: 'Find it in History and call back',
  },
  'softphone-restarted': {
    what: 'Ringdesk’s audio restarted',
    next: 'If a call was cut off, call back',
  },
  'relay-log-incomplete': {
    what: 'You were offline too long to get all calls',
    next: 'Some may be missing in History',
  },
  'profile-invalid': {
    what: 'This profile cannot be used: {{why}}',
    next: 'Ask your admin for a new one, then import it',
  },
  // Their texts are in the `storage` group below.
  'file-trouble': {
    what: '{{path}}',
  },
  'folder-read-only': {
    what: 'Ringdesk cannot write to its folder {{path}}, so it keeps nothing when you quit',
    next: 'Let your user write that folder, then start Ringdesk again',
  },
  'storage-trouble': {
    what: '{{path}}',
  },
  'storage-set-aside': {
    what: '{{path}}',
  },
  'storage-left-out': {
    what: 'Something stored could not be read and was left out: {{what}}',
    next: 'Look whether your settings and the history are as you left them',
  },
  'microphone-denied': {
    what: 'The system does not let Ringdesk use the microphone',
    next: 'Allow it in the privacy settings of your system',
  },
  'provider-error': {
    what: 'WhatsApp: {{message}}',
  },
  'permission-granted': {
    what: '{{name}} allows calls now',
  },
  'permission-declined': {
    what: '{{name}} declined your call request',
  },
  'number-restricted': {
    what: 'WhatsApp restricted {{label}}: {{what}}',
    next: 'See the number’s settings for how long',
  },
  'webhooks-late': {
    what: 'WhatsApp’s messages about {{label}} arrive {{seconds}} s late',
    next: 'Calls ring all the same. Tell your admin: the relay’s clock is wrong, or a firewall holds messages back',
  },
  'relay-clock-behind': {
    what: 'The relay’s clock is {{seconds}} s behind WhatsApp’s',
    next: 'Calls ring all the same. Ask your admin to set it',
  },
  'number-warned': {
    what: 'WhatsApp warning for {{label}}: {{what}}',
    next: 'A restriction may follow',
  },
  // Uses the rule's own text: see `noticeSaid`.
  'number-fact': {
    what: '{{label}}: {{what}}',
  },
  'shortcut-taken': {
    what: 'Another program uses the shortcut {{shortcut}}',
    next: 'Choose another under Settings',
  },
  'transfer-reverted': {
    what: '{{name}} did not take the call',
    next: 'The call is yours again',
  },
  'tray-missing': {
    what: 'This desktop has no tray',
    next: 'Closing the window minimises Ringdesk',
  },
} as const;

export const noticeCentre = {
  centre: 'Recent notices',
  nothing: 'No notices yet.',
  more: '{{count}} more. Dismiss one to see the next',
  copy: 'Copy',
  callFailed: 'The call failed',
} as const;

export const storage = {
  withPath: '{{what}}: {{path}}',
  keptAs: 'The damaged file is kept as {{path}}',
  noneCameBack: 'No call could be brought back',
  cameBack_one: '{{count}} call came back',
  cameBack_other: '{{count}} calls came back',
  /** The rescue of a damaged history. */
  damaged: {
    'going-on':
      'The call history was damaged, and a new one was begun. What can still be read is being brought back',
    done: 'The call history was damaged, and a new one was begun. {{cameBack}}',
    stopped:
      'The call history was damaged, and a new one was begun. Bringing calls back stopped; it begins again at the next start',
  },
  /** Why the list may be shorter than it was; the file's path follows. */
  gap: {
    'going-on': 'Calls from before are coming back ({{percent}}%). The damaged file is kept as',
    done: 'The history was damaged. {{cameBack}}. Others from before may be missing. The damaged file is kept as',
    nothing: 'The history was damaged. {{cameBack}}. The damaged file is kept as',
    stopped:
      'Calls from before are missing: bringing them back stopped. The damaged file is kept as',
  },
  /** While calls are only in memory; the file's path follows. */
  waits: 'Calls of this moment are kept in memory and listed here once they are stored in',
  troubles: {
    full: {
      what: 'The disk is full, so calls are kept in memory only',
      next: 'Make room; Ringdesk stores them by itself then. Do not quit before',
    },
    locked: {
      what: 'Another program holds the call history, so calls are kept in memory only',
      next: 'Close backup, sync or database programs. Do not quit Ringdesk before',
    },
    'read-only': {
      what: 'The call history cannot be written, so calls are kept in memory only',
      next: 'Let your user write the file and its folder. Do not quit Ringdesk before',
    },
    'no-access': {
      what: 'The system does not let Ringdesk open the call history, so calls are kept in memory only',
      next: 'Give your user access to the file and its folder. Do not quit Ringdesk before',
    },
    disk: {
      what: 'The disk fails, so calls are kept in memory only',
      next: 'Have the disk checked. Do not quit Ringdesk before',
    },
    missing: {
      what: 'The folder of the call history is not there, so calls are kept in memory only',
      next: 'Bring the folder or its drive back. Do not quit Ringdesk before',
    },
    removed: {
      what: 'The call history was moved or deleted while Ringdesk used it',
      next: 'A new one is begun. Quit Ringdesk before you put the old one back',
    },
    'wears-out': {
      what: 'The disk damages every new call history, so calls are kept in memory only',
      next: 'Have the disk checked. Calls of this shift are lost when you quit',
    },
    newer: {
      what: 'A newer Ringdesk wrote the call history, so calls are kept in memory only',
      next: 'Install that version again. Calls of this shift are lost when you quit',
    },
  },
  files: {
    damaged: {
      what: 'A file with what was set up here was damaged and is kept as',
      next: 'Import your profile again',
    },
    'damaged-restored': {
      what: 'A damaged file was replaced by its copy; it is kept as',
      next: 'Nothing is lost',
    },
    newer: {
      what: 'A newer Ringdesk wrote a file, and it was not touched',
      next: 'Install that version again, or move the file away and import your profile',
    },
    'newer-restored': {
      what: 'A newer Ringdesk wrote a file; it is used, but not changed',
      next: 'Install that version again to change what is set up',
    },
    'no-access': {
      what: 'The system does not let Ringdesk read a file',
      next: 'Give your user access to it, then start Ringdesk again',
    },
    'no-access-restored': {
      what: 'The system does not let Ringdesk read a file; its copy is used',
      next: 'Give your user access to it',
    },
    'not-written': {
      what: 'What is set up could not be stored and lasts until you quit',
      next: 'Make room or let your user write the folder, then import your profile again',
    },
  },
  historyEmpty: {
    title: 'Calls cannot be listed now',
    text: 'Calls ring and work all the same. The line above says what is wrong and where the file is.',
  },
} as const;
