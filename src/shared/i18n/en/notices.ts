/** Notices, and problems with our own files. */

export const notices = {
  'calls-interrupted': {
    what: 'Ringdesk closed during a call ({{count}})',
    next: 'Find it in All calls and call back',
  },
  'softphone-restarted': {
    what: 'Ringdesk’s audio restarted',
    next: 'If a call was cut off, call back',
  },
  'rights-changed': {
    what: 'An admin changed what you may do: {{what}}',
  },
  'team-message': {
    what: '{{name}}: {{what}}',
  },
  'relay-log-incomplete': {
    what: 'You were offline too long to get all calls',
    next: 'Some may be missing in All calls',
  },
  'profile-invalid': {
    what: 'This profile cannot be used: {{why}}',
    next: 'Ask your admin for a new one, then import it',
  },
  'policy-wrong': {
    what: 'Your organisation’s policy {{source}} is wrong: {{why}}',
    next: 'The rest of it applies. Tell your admin',
  },
  'policy-over-profile': {
    what: 'Your profile and your organisation’s policy disagree: {{what}}',
    next: 'The policy is used. Tell your admin',
  },
  // Their texts are in the `storage` group below.
  'file-trouble': {
    what: '{{path}}',
  },
  'folder-read-only': {
    what: 'Ringdesk cannot write to its folder {{path}}, so it keeps nothing when you quit',
    next: 'Give your user write access to that folder, then start Ringdesk again',
  },
  'storage-trouble': {
    what: '{{path}}',
  },
  'storage-set-aside': {
    what: '{{path}}',
  },
  'export-failed': {
    what: 'An export that repeats was not written: {{name}}',
    next: 'Look at its folder, and whether the disk is full: {{why}}',
  },
  'storage-left-out': {
    what: 'Something stored could not be read and was left out: {{what}}',
    next: 'Check that your settings and the call history are as you left them',
  },
  'storage-network': {
    what: 'The call history is in a folder of another computer: {{path}}',
    next: 'Keep it on this computer’s own disk if you can. Over a network it is slower, and a lost connection keeps calls in memory only',
  },
  'microphone-denied': {
    what: 'The system does not let Ringdesk use the microphone',
    next: 'Allow it in the privacy settings of your system',
  },
  'provider-error': {
    what: 'WhatsApp: {{message}}',
  },
  'callback-due': {
    what: 'Call {{name}} back now',
    next: 'You promised it. It stays due until somebody has talked with them.',
  },
  'still-waits': {
    what: '{{name}} still waits',
    next: 'Something new came while you were offline, so what you did with them then was not taken.',
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
    next: 'Calls still ring. Tell your admin: the relay’s clock is wrong, or a firewall delays messages',
  },
  'relay-clock-behind': {
    what: 'The relay’s clock is {{seconds}} s behind WhatsApp’s',
    next: 'Calls still ring. Ask your admin to set it',
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
  'screen-pop-failed': {
    what: '{{why}}',
    next: 'Open it from the customer’s pane, or check its address under Settings',
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
  noneCameBack: 'No calls could be recovered',
  cameBack_one: '{{count}} call was recovered',
  cameBack_other: '{{count}} calls were recovered',
  /** The rescue of a damaged history. */
  damaged: {
    'going-on':
      'The call history was damaged, and a new one was started. Calls that can still be read are being recovered',
    done: 'The call history was damaged, and a new one was started. {{cameBack}}',
    stopped:
      'The call history was damaged, and a new one was started. Recovery stopped; it resumes at the next start',
  },
  /** Why the list may be shorter than it was; the file's path follows. */
  gap: {
    'going-on': 'Earlier calls are being recovered ({{percent}}). The damaged file is kept as',
    done: 'The history was damaged. {{cameBack}}. Other earlier calls may be missing. The damaged file is kept as',
    nothing: 'The history was damaged. {{cameBack}}. The damaged file is kept as',
    stopped: 'Earlier calls are missing because recovery stopped. The damaged file is kept as',
  },
  /** While calls are only in memory; the file's path follows. */
  waits: 'Current calls are kept in memory and listed here once they can be stored in',
  troubles: {
    full: {
      what: 'The disk is full, so calls are kept in memory only',
      next: 'Free up space; Ringdesk then stores them by itself. Do not quit before that',
    },
    locked: {
      what: 'Another program has locked the call history, so calls are kept in memory only',
      next: 'Close backup, sync or database programs. Do not quit Ringdesk before that',
    },
    'read-only': {
      what: 'The call history cannot be written, so calls are kept in memory only',
      next: 'Give your user write access to the file and its folder. Do not quit Ringdesk before that',
    },
    'no-access': {
      what: 'The system does not let Ringdesk open the call history, so calls are kept in memory only',
      next: 'Give your user access to the file and its folder. Do not quit Ringdesk before that',
    },
    disk: {
      what: 'The disk is failing, so calls are kept in memory only',
      next: 'Have the disk checked. Do not quit Ringdesk before that',
    },
    missing: {
      what: 'The folder of the call history is missing, so calls are kept in memory only',
      next: 'Restore the folder or reconnect its drive. Do not quit Ringdesk before that',
    },
    removed: {
      what: 'The call history was moved or deleted while Ringdesk used it',
      next: 'A new one was started. Quit Ringdesk before you put the old one back',
    },
    'wears-out': {
      what: 'The disk damages every new call history, so calls are kept in memory only',
      next: 'Have the disk checked. Calls of this shift are lost when you quit',
    },
    newer: {
      what: 'A newer version of Ringdesk wrote the call history, so calls are kept in memory only',
      next: 'Install that version again. Calls of this shift are lost when you quit',
    },
    'no-key': {
      what: 'The call history is encrypted, and this system’s key store does not give out its key, so calls are kept in memory only',
      next: 'Unlock the key store and start Ringdesk again; nothing of the history was changed. To begin an empty one, move the file away',
    },
  },
  files: {
    damaged: {
      what: 'A file with your setup was damaged and is kept as',
      next: 'Import your profile again',
    },
    'damaged-restored': {
      what: 'A damaged file was replaced by its copy; it is kept as',
      next: 'Nothing is lost',
    },
    newer: {
      what: 'A newer version of Ringdesk wrote a file, so it was left unchanged',
      next: 'Install that version again, or move the file away and import your profile',
    },
    'newer-restored': {
      what: 'A newer version of Ringdesk wrote a file; it is used but not changed',
      next: 'Install that version again to change your setup',
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
      what: 'Your setup could not be saved and lasts only until you quit',
      next: 'Free up space or give your user write access to the folder, then import your profile again',
    },
  },
  historyEmpty: {
    title: 'Calls cannot be listed now',
    text: 'Calls still ring and work. The line above says what is wrong and where the file is.',
  },
} as const;
