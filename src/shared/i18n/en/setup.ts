/** The first start, the settings, workspaces and the demo. */

export const welcome = {
  takeDemo: 'Use the demo workspace',
  importProfile: 'Import profile',
  importNote: 'The profile contains secrets. Delete the file after importing it.',
  imported: 'Profile imported. You are signed in as {{agent}}',
} as const;

export const vault = {
  vaultTitle: 'This computer has no secure key store',
  vaultText:
    'Ringdesk keeps the access tokens of your numbers in the system’s key store, but found none ({{backend}}).\n\nKeep in memory: safe, but after every restart you need your profile file again, or a new invitation.\n\nStore anyway: not protected. Anyone who can read your files can read the tokens.',
  storeAnyway: 'Store anyway',
  memoryOnly: 'Keep in memory only',
  vaultBackend: '({{backend}})',
  states: {
    ready: 'Protected by the key store of your system.',
    'needs-consent': 'Waiting for your choice.',
    weak: 'Stored without protection, as you chose.',
    'memory-only': 'Kept in memory only. Import your profile again after each start.',
  },
} as const;

export const settings = {
  sound: 'Sound',
  remoteSession: 'You work in a remote session ({{name}}).',
  remoteSessions: {
    citrix: 'Citrix',
    horizon: 'Omnissa Horizon',
    windows365: 'Windows 365',
    avd: 'Azure Virtual Desktop',
    rdp: 'Remote Desktop',
  },
  remoteSound:
    'Microphone and speaker are those of the session, so sound makes a detour and takes longer. Connect your headset to the session; if voices stutter, tell your admin.',
  ringer: 'Ringing device',
  ringerVolume: 'Ring volume',
  testRing: 'Test ring',
  whenItRings: 'When a call comes in',
  showRingWindow: 'Show the ring window',
  showRingWindowNote: 'A small window above all others. Does not interrupt your typing',
  showNotification: 'Show a system notification',
  showNotificationNote: 'With the customer’s name and the number called',
  announceMessages: 'Announce messages and promised calls',
  announceMessagesNote:
    'With a soft sound and a system notification, unless you are on do not disturb',
  acceptShortcut: 'Answer from any app',
  declineShortcut: 'Decline from any app',
  pressKeys: 'Press the keys…',
  pressToChange: 'Select to change',
  none: 'None',
  noShortcut: 'No shortcut is set',
  removeShortcut: 'Remove shortcut',
  looks: 'Appearance and numbers',
  theme: 'Theme',
  themes: {
    system: 'Match system',
    light: 'Light',
    dark: 'Dark',
  },
  language: 'Language',
  languageOfSystem: 'Match system',
  defaultCountry: 'Default country for dialling',
  workspace: 'Workspace',
  workspaces: {
    none: 'Not set up',
    demo: 'Demo workspace',
    profile: 'Profile',
  },
  signedInAs: '· signed in as {{name}}',
  ourNumbers: 'Our numbers',
  tokenMissing: 'Access token missing. Import the profile again',
  secrets: 'Access tokens',
  version: 'Ringdesk {{ours}}',
  electronVersion: ' · Electron {{theirs}}',
} as const;

export const workspaces = {
  demoTitle: 'Switch to the demo?',
  /** What stops ringing, by our numbers' names. */
  demoText:
    'Calls to {{numbers, list}} will not ring here until you come back. Nothing is deleted, and coming back takes one click.',
  /** What stops ringing, without the numbers' names. */
  demoTextNoNumbers:
    'Calls to your numbers will not ring here until you come back. Nothing is deleted, and coming back takes one click.',
  stay: 'Keep my numbers',
  toDemo: 'Switch to the demo',
  bar: 'You are in the demo. Your numbers do not ring here.',
  plainBar: 'This is the demo: customers and teammates are simulated.',
  setUp: 'Set up your numbers',
  backToOwn: 'Back to {{agent}}’s numbers',
  back: 'You are back. The numbers of {{agent}} ring here again',
  trayHint: 'Show the tray hint again',
  trayHintNote: 'Once more, the next time you close the window',
  keysTaken: 'Another program uses these keys. Choose others',
} as const;

export const demo = {
  demoIntro:
    'Simulated customers with real audio. They can call you, or you can call them. Nothing leaves this computer.',
  demoInbound: 'Incoming calls',
  demoTeam: 'Calls for you and your team',
  demoOutbound: 'Outgoing calls',
  callMe: 'Call me',
  callingYou: 'Calling you…',
  does: {
    talks: 'Talks like a real customer',
    tone: 'Plays a steady tone, to test your audio',
    echo: 'Repeats what you say',
    'gives-up': 'Hangs up after a few rings',
    waits: 'Rings until it times out',
    'presses-keys': 'Presses keys on the phone during the call',
    'two-at-once': 'A second customer calls right after',
    'for-the-team': 'Hold her, transfer her to Bea or Leo, or talk to Bea first. She comes back',
    answers: 'Answers after a few rings',
    declines: 'Declines your call',
    'no-answer': 'Never answers',
    'no-permission': 'Has not allowed calls: ask for permission first',
    'declines-permission': 'Declines your permission request',
    revokes: 'Answers, then withdraws permission after the call',
  },
} as const;

/** What an organisation sets for its consoles. */
export const policy = {
  locked: 'Set by your organisation',
  sources: 'Your organisation’s policy is in use: {{sources, list}}',
  /** A key of the policy, and what is wrong with it. */
  problem: '{{key}}: {{why}}',
  several_one: '{{count}} key',
  several_other: '{{count}} keys',
  differ: {
    relay: 'the relay’s address',
    screenPop: 'the page about customers',
  },
  oneOf: 'must be one of {{known}}',
  flag: 'must be true or false',
  days: 'must be a number of days from 1 to 3650',
  percent: 'must be a share in per cent, above 0 and below 100',
  calls: 'must be a number of calls from 1 to 100000',
  time: 'must be a time of day, e.g. "18:00"',
  country: 'must be a country of two capital letters, e.g. "BR"',
  webAddress: 'must be an address that starts with http:// or https://',
  proxy:
    'must be "system", "none", or a proxy without a password, e.g. "http://proxy.example.com:3128"',
  screenPop: 'must be an address as the settings take it',
  notAGroup: 'must be a group of settings',
  unknown: 'is not known to this version; check the spelling or remove it',
  cannotRead: 'it cannot be read ({{why}})',
  writable:
    'everybody on this computer can write to it, so it is not followed (chmod o-w {{path}})',
  notAPlist: 'it is not a property list',
} as const;
