/** Tray, notifications, dialogs and the ring window’s title. */

export const desktop = {
  /** Why no call can come in, for the tray. */
  connection: {
    connecting: 'Ringdesk: connecting to the relay',
    reconnecting: 'Ringdesk: offline, reconnecting',
    offline: 'Ringdesk: offline, this computer has no network',
    refused: 'Ringdesk: sign-in rejected: {{message}}',
    unconfigured: 'Ringdesk: not set up, import a profile',
  },
  app: 'Ringdesk',
  ring: 'Ringdesk – incoming call',
  accept: 'Accept',
  decline: 'Decline',
  undo: 'Undo',
  undoDecline: 'Undo decline',
  declined: 'Declined: {{caller}}',
  declinedNext: 'You have a moment to undo this',
  show: 'Show Ringdesk',
  doNotDisturb: 'Do not disturb',
  backToOwn: 'Back to {{agent}}’s numbers',
  quit: 'Quit',
  ringsOn: {
    title: 'Ringdesk is still running',
    body: 'Calls keep ringing here. Click the tray icon to open it; to stop calls, choose Quit in the icon’s menu.',
  },
  unknownCaller: 'Unknown caller',
  wrote: '{{name}} wrote',
  wroteWhileAway_one: '{{count}} customer wrote while you were away',
  wroteWhileAway_other: '{{count}} customers wrote while you were away',
  callbackDue: 'You promised to call {{name}} now',
  incomingCall: '{{caller}} is calling',
  handedOver: 'Transfer from {{agent}}: {{caller}}',
  waiting: '{{caller}} is on hold',
  /** A clock time without seconds, for texts outside the windows. */
  waitingSince: 'since {{at, exactTime}} · {{agent}} lost connection. Pick up',
  note: '“{{text}}”',
  /** Which of our numbers is called. */
  onNumber: 'on {{label}}',
  moreRinging_one: '+{{count}} call ringing',
  moreRinging_other: '+{{count}} calls ringing',
  unreachable: 'Calls have not been able to reach you since {{since, time}}',
  unreachableNext: 'Open Ringdesk to see why.',
  tooltip: {
    unreachable: 'Ringdesk: calls have not been able to reach you since {{since, time}}',
    ringing: 'Ringdesk: {{what}}',
    active: 'Ringdesk: on a call with {{name}}',
    /** After any of the others. */
    inDemo: '{{state}} (demo: your numbers do not ring here)',
    dnd: 'Ringdesk: do not disturb',
    ready: 'Ringdesk: ready for calls',
    missed_one: 'Ringdesk: ready, {{count}} missed call',
    missed_other: 'Ringdesk: ready, {{count}} missed calls',
  },
  unreadableToken: 'the access token of “{{label}}” is missing or cannot be read',
  insecureAddress:
    'the address of “{{label}}” is not encrypted. Ask your admin for a profile with https:// addresses',
  nothingSetUp: 'what was set up here is no longer in its file',
  unreadableRelayToken: 'the relay’s token is missing or cannot be used',
  rateCardTitle: 'Import a rate card',
  rateCardFilter: 'Rate card (CSV)',
  provisionTitle: 'Set up Ringdesk again?',
  provision:
    'Another program wants Ringdesk to use the profile {{file}}. It would replace the agent, the numbers and the keys that are set up here. Agree only if you or your admin started it.',
  provisionYes: 'Use this profile',
  provisionNo: 'Keep the current setup',
  importTitle: 'Import a profile',
  importFilter: 'Ringdesk profile',
  saveFileTitle: 'Save the customer’s file',
  exportTitle: 'Export calls',
  refusedSwitches:
    'Ringdesk does not accept {{names}}, which could let other programs into your calls. Start it without.',
  folderReadOnly:
    'Ringdesk cannot write to its folder {{folder}}. Calls still ring, but nothing is kept when you quit.',
  noFolder:
    'Ringdesk can write neither to its folder {{folder}} nor to a temporary one: {{why}}. Give your user write access to one of them.',
  demoShop: 'Demo shop',
  demoOutcomes: { solved: 'Solved', callAgain: 'Call again', passedOn: 'Passed on' },
  demoTags: { delivery: 'Delivery', refund: 'Refund' },
  demoAgent: 'You',
  ready: 'Ringdesk is ready. Its log: {{log}}',
  fatalTitle: 'Ringdesk cannot start',
} as const;
