/** Updates of the console, and starting with the computer. */

export const updates = {
  title: 'Version and updates',
  channel: 'Updates',
  channels: { stable: 'Stable: finished versions', beta: 'Beta: earlier, less tried' },
  look: 'Look for updates',
  checking: 'Looking for updates…',
  notChecked: 'Not looked for an update yet',
  currentSince: 'This is the newest version, as of {{time}}',
  downloading: 'Fetching version {{version}}: {{percent}}',
  ready: 'Version {{version}} is ready',
  whatIsNew: 'What is new',
  now: 'Restart and update',
  tray: 'Restart and update to {{version}}',
  later: 'Later',
  shiftEnd: 'At the end of my shift',
  plans: {
    ask: 'Ringdesk restarts for it. Calls cannot reach you for a few seconds',
    now: 'It is installed as soon as you are free',
    later: 'You will be asked again in some hours',
    'shift-end': 'It is installed when you set yourself to away, or quit',
  },
  busy: 'It waits until your call and its wrap-up are over',
  forced: 'Your organisation wants it installed now. It is installed as soon as you are free',
  forceAt: 'From {{time}} on it cannot be put off',
  installing:
    'Installing version {{version}}. Calls still reach you. Your computer may ask for an administrator’s password',
  cameFrom: 'You have version {{version}} now. Before, it was {{before}}',
  wentBack:
    'Version {{version}} did not start. You have {{own}} again, with your data as they were',
  wentBackNext: 'It is not offered again. Tell your admin',
  dismiss: 'OK',
  none: {
    'not-installed': 'This copy does not update itself, because no installer put it here',
    'no-server': 'This copy does not update itself, because it was made without an update server',
    administrator: 'This computer’s administrator updates Ringdesk',
    organisation: 'Your organisation has turned updates off',
  },
  failed: {
    unreachable:
      'The update server could not be reached, or it does not have the file. Ringdesk tries again',
    'not-ours': 'The update was refused: it does not carry Ringdesk’s signature. Tell your admin',
    disk: 'The update could not be stored. Make room on the disk, then look again',
    'not-allowed': 'The update was not allowed on this computer. Ask its administrator',
    installer: 'The installer of the update failed. The log says why. You still have this version',
  },
  goingBack:
    'Ringdesk {{to}} did not start twice. Version {{from}} is installed again, with its data.',
  didNotStart: 'Ringdesk {{to}} did not start',
  notBack:
    'Version {{from}} could not be installed again: {{why}}. Please install it by hand: {{file}}',
  noPackage: 'the package of version {{from}} is not here',
  packageChanged: 'the kept package was changed',
  byHand: 'on this system it has to be installed by hand',
} as const;

export const autostart = {
  label: 'Start when I sign in to this computer',
  note: 'Ringdesk starts in the tray, ready for calls',
  states: {
    'unknown-program': 'Only an installed Ringdesk can start by itself',
    forbidden: 'It is forbidden in your system’s settings. Allow it there',
  },
  refused: 'Your system did not allow it: {{why}}',
} as const;
