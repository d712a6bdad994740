/** Texts used all over the windows. */

export const common = {
  app: 'Ringdesk',
  loading: 'Starting…',
  unreachable: 'Ringdesk stopped responding. Quit it and open it again.',
  accept: 'Accept',
  decline: 'Decline',
  hangUp: 'Hang up',
  mute: 'Mute',
  unmute: 'Unmute',
  call: 'Call',
  callBack: 'Call back',
  callAgain: 'Call again',
  dismiss: 'Dismiss',
  connecting: 'Connecting',
  liveCalls: 'Current calls',
  mainNavigation: 'Main',
  /** Names of parts of the window, for screen readers. */
  status: 'Your status',
  details: 'Details',
  customer: 'Customer',
  on: 'on',
  from: 'from',
  dnd: 'Do not disturb',
  available: 'Available',
  commands: 'Commands',
  quote: '“{{text}}”',
  demoShort: 'Demo',
  notices: 'Notices',
  messages: 'Messages',
  callNow: 'Call now',
  withDetails: '{{what}}: {{details}}',
  calls_one: '{{count}} call',
  calls_other: '{{count}} calls',
  waiting_one: '{{count}} customer waiting',
  waiting_other: '{{count}} customers waiting',
  missedCalls_one: '{{count}} missed call',
  missedCalls_other: '{{count}} missed calls',
} as const;

export const views = {
  /** Names the group of the three lists that follow. */
  lists: 'Lists',
  todo: 'To do',
  recent: 'Recent',
  history: 'All calls',
  calls: 'New call',
  contacts: 'Contacts',
  insight: 'Insight',
  team: 'Team',
  demo: 'Demo customers',
  start: 'Get started',
  ready: 'Ready to ring',
  settings: 'Settings',
} as const;

/** Where a narrow window has no room for more. */
export const shortViews = {
  demo: 'Demo',
  ready: 'Ready',
  settings: 'Settings',
} as const;

/** Forms with a bar to save or undo. */
export const saving = {
  save: 'Save',
  inProgress: 'Saving…',
  saved: 'Saved',
  unchanged: 'No changes to save',
  undo: 'Undo',
  overtaken:
    'Someone else changed these settings. You still see your own changes: undo them to see theirs.',
} as const;

/** What each key does, listed with `?`. */
export const keys = {
  title: 'Keys',
  text: 'They do nothing while you type in a field.',
  anywhere: 'Anywhere',
  inTodo: 'On the selected customer of To do',
  commands: 'Commands',
  search: 'Search calls',
  mute: 'Mute or unmute; hold it down to mute for a moment',
  note: 'Write the note of the call',
  outcome: 'Choose the outcome of the call',
  undoDecline: 'Undo a decline',
  back: 'Previous part of the window',
} as const;

export const palette = {
  palettePlaceholder: 'Search commands, people or type a number',
  noCommand: 'No results',
  goTo: 'Go to {{view}}',
  turnDndOn: 'Turn do not disturb on',
  turnDndOff: 'Turn do not disturb off',
  goDark: 'Use the dark theme',
  goSystem: 'Match the system’s theme',
  goLight: 'Use the light theme',
} as const;

/** Times and durations. */
export const time = {
  milliseconds: '{{ms}}\u00a0ms',
  seconds: '{{seconds}}\u00a0s',
  minutes: '{{minutes}}\u00a0min',
  hours: '{{hours}}\u00a0h',
  hoursMinutes: '{{hours}}\u00a0h {{minutes}}\u00a0min',
  hourPeriod_one: '{{count}} hour',
  hourPeriod_other: '{{count}} hours',
  dayPeriod_one: '{{count}} day',
  dayPeriod_other: '{{count}} days',
  justNow: 'just now',
  minutesAgo: '{{minutes}}\u00a0min ago',
  tomorrowAt: 'tomorrow {{time}}',
  yesterdayAt: 'yesterday {{time}}',
  today: 'Today',
  yesterday: 'Yesterday',
} as const;
