/** Calls, ringing and live. */

export const ring = {
  incomingCall: 'Incoming call',
  waitingCall: 'Call waiting',
  waitingNote: 'Waiting: you are on another call',
  cannotAcceptBusy: 'End your call first',
  lastTryFailed: 'Could not answer: {{why}}. Still ringing, try again',
  moreRing_one: '+{{count}} call ringing',
  moreRing_other: '+{{count}} calls ringing',
  ringingFor: 'Ringing {{time}}',
  timeLeft: 'Rings for {{seconds}} s more',
  silence: 'Silence',
  silenceHint: 'Stop ringing here. It keeps ringing for your teammates',
  silenced: 'Silenced here',
  declined: 'Declined',
  undo: 'Undo',
  undoDecline: 'Undo declining {{name}}',
  undoKeys: 'Escape',
  silentInWrapUp: 'Silent while you wrap up',
  onlyYou: 'Only you are being called',
  alsoRings: 'Also ringing: {{names}}',
  alsoRingsMore: 'Also ringing: {{names}} and {{more}} more',
} as const;

export const call = {
  costSoFar: 'Cost so far',
  costOf: '{{seconds}} s so far, at the rate for {{region}}. Estimate only',
  talked: 'Talk time',
  callActions: 'Call controls',
  muteLater: 'You can mute once the call connects',
  onCallMuted: 'On call, muted',
  noSoundYet: 'On call, no audio from the customer yet',
  interrupted: 'Audio interrupted',
  interruptedNext: 'Reconnecting audio…',
  microphoneLevel: 'Microphone level',
} as const;

export const callEnds = {
  youHungUp: 'You hung up',
  partyHungUp: '{{party}} hung up',
  callerHungUp: 'Caller hung up',
  callerHungUpFirst: 'Caller hung up before you were connected',
  answeredBy: 'Answered by {{name}}',
  answeredByTeammate: 'Answered by a teammate',
  youDeclined: 'You declined',
  notAnswered: 'Not answered',
  outOfDate: 'Stopped ringing before it reached you',
  partyDeclined: '{{party}} declined',
  noAnswer: 'No answer',
  youCancelled: 'You cancelled',
  transferredTo: 'Transferred to {{name}}',
  takenOverBy: '{{name}} took over this call',
  lostToTeam: 'You were offline too long; the call went to the team',
  lostTo: 'You were offline too long; {{name}} took the call',
  over: 'Call ended',
  interrupted: 'Ringdesk closed during the call',
  transferOff: {
    cancelled: {
      what: 'Your teammate cancelled the transfer',
    },
    'teammate-gone': {
      what: 'You lost the connection',
      next: 'The call went back',
    },
    refused: {
      what: 'Transfer failed',
      next: 'Your teammate still has the call',
    },
  },
} as const;

export const phases = {
  ringing: 'Ringing',
  accepting: 'Connecting',
  preparing: 'Preparing',
  placing: 'Calling',
  calling: 'Calling',
  'customer-ringing': 'Ringing',
  connected: 'On call',
  rejoining: 'Reconnecting',
  external: 'Forwarded',
  ended: 'Ended',
} as const;

export const external = {
  stages: {
    dialling: 'Dialling…',
    ringing: 'Ringing',
    talking: 'Answered at the destination',
  },
  note: 'This call is handled at the forwarding destination. End it there.',
  beginning: 'Dialling…',
  ongoing: 'In progress',
  play: 'Play audio',
  playUrlExample: 'https://',
  playUrl: 'Address of the audio file',
  playUrlNote: 'A public link to an .mp3, .wav or .opus file',
  playNow: 'Play',
  playing: 'Sent to the provider. The customer hears it during the call',
  dialOptions: 'Options for this call: destination, recording',
  forwardToExample: 'tel: sip: wss:',
  forwardTo: 'Connect this call to',
  forwardToNote: 'Leave empty to use this number’s usual destination.',
  record: 'Record this call',
  records: {
    usual: 'As set for this number',
    yes: 'Yes',
    no: 'No',
  },
} as const;

export const quality = {
  quality: 'Call quality',
  audioDevices: 'Audio devices',
  lossIn: 'Audio lost on the way to you',
  lossOut: 'Audio lost on the way to the customer',
  jitter: 'Jitter',
  /** One of several figures in a line. */
  stat: '{{name}} {{ms}} ms',
  roundTrip: 'Round-trip delay',
  mos: 'Audio quality (MOS)',
  route: 'Route',
  routes: {
    host: 'direct',
    srflx: 'direct, through your router',
    prflx: 'direct, through your router',
    relay: 'through a TURN server',
    provider: 'through the provider',
  },
  ofMos: 'of 4.5',
  grades: {
    good: 'Good',
    fair: 'Fair',
    poor: 'Poor',
    unknown: 'Measuring',
  },
  /** A provider's own message, never our words. */
  quoted: 'In the provider’s words: “{{words}}”',
  measuring: 'Measurements appear after a few seconds.',
  unknownYet: 'not known yet',
  onlyToProvider: 'Measured between you and the provider. The customer’s side cannot be measured.',
  verdicts: {
    good: {
      what: 'Good connection',
    },
    yours: {
      what: 'Your network is unstable',
      next: 'Try a cable or another Wi-Fi',
    },
    theirs: {
      what: 'The customer’s network is unstable',
      next: 'Ask the customer to move or to change network',
    },
    unclear: {
      what: 'Audio is breaking up',
      next: 'It is not clear yet on which side',
    },
  },
} as const;

export const devices = {
  deviceMissing: 'Not connected',
  microphone: 'Microphone',
  speaker: 'Speaker',
  systemDefault: 'System default',
  micFailed: 'The customer cannot hear you: {{why}}',
  ringer: 'Ringer',
  lost: '{{device}} is disconnected. {{roles, list}}: now {{now}}',
  back: '{{device}} is connected. Now used for: {{roles, list}}',
  order: 'Order of preference',
  orderNote: 'The best device that is connected is used, also during a call.',
  inUse: 'In use',
  up: 'Prefer {{device}}',
  down: 'Move {{device}} down',
  forget: 'Forget {{device}}',
} as const;

export const mediaFailures = {
  unknown: 'The audio failed: {{why}}',
  callBack: 'Call back',
  'no-microphone': {
    what: 'No microphone was found',
    next: 'Plug one in, or choose one under Settings',
  },
  'microphone-denied': {
    what: 'The system does not let Ringdesk use the microphone',
    next: 'Allow it in the privacy settings of your system',
  },
  'microphone-busy': {
    what: 'Another program is using the microphone',
    next: 'Close it, or choose another microphone under Settings',
  },
  'sdp-rejected': {
    what: 'The audio could not be set up: WhatsApp’s offer was not understood',
    next: 'Try again. If it fails again, tell your admin',
  },
  'sdp-sdes': {
    what: 'This number’s key exchange is SDES, which Ringdesk does not support',
    next: 'Ask your admin to set it to DTLS in the number’s calling settings',
  },
  'ice-failed': {
    what: 'The audio could not reach WhatsApp',
    next: 'Ask your admin whether the network allows UDP',
  },
  'connection-lost': {
    what: 'The audio connection was lost',
    next: 'Check your network, then call back',
  },
  'leg-refused': {
    what: 'The relay did not accept the audio',
    next: 'Try again. If it fails again, tell your admin',
  },
  'no-media': {
    what: 'The audio of this call was lost',
    next: 'Call back',
  },
  'window-lost': {
    what: 'The audio stopped because its window was closed',
    next: 'Call back',
  },
} as const;

export const dialpad = {
  dial: 'Dial',
  number: 'Number',
  numberPlaceholder: 'Number or name',
  numberHelp: 'Type or paste a number, or type a name',
  people: 'Contacts and calls',
  lastCall: 'Last call {{what}}',
  country: 'Country',
  searchCountry: 'Country or code',
  noSuchCountry: 'No country found',
  keypad: 'Keypad',
  erase: 'Erase last digit',
  callFrom: 'Call from',
  blockNoAccount: 'No number is set up. Import a profile under Settings',
  blockNoToken: 'This number has no readable access token. Import the profile again',
  blockBusy: 'You are on a call. Hang up first',
  blockOffline: 'No network: calls cannot be placed. Check your cable or Wi-Fi',
  blockNoRelay: 'Offline: calls cannot be placed until you are connected',
  blockLookingUp: 'Checking the calling rules…',
  firstDemoCallTitle: 'Try a practice call',
  firstDemoCall:
    'Simulated customers call, talk and listen like real ones. Nothing leaves this computer.',
  openDemo: 'Demo customers',
  firstCallTitle: 'Call a customer',
  firstCall: 'Enter a number. Ringdesk checks whether you may call this customer before it dials.',
  lookupFailed: 'Could not check permission: {{why}}',
  lookupFailedNext: 'You can still try to call.',
  problems: {
    empty: 'Enter a number first',
    'not-a-number': 'Type a number, or a contact’s name',
    'too-short': 'This number is too short. Check the digits',
    'too-long': 'This number is too long. Check the digits',
  },
  hints: {
    unusual: 'Unusual number. Check it before you call',
    'first-of-several': 'You pasted several numbers. This is the first one',
  },
} as const;

/** The pane beside the work while a customer is on the phone. */
export const customer = {
  why: 'Why they call',
  before: 'Before this call',
  more: 'Show more',
  less: 'Show less',
  hide: 'Hide customer',
  show: 'Show customer',
  /** After a call; the rest counts down. */
  wrapUp: 'Wrap-up',
  ready: 'Ready',
  moreTime: '+30 s',
  moreTimeHint: '30 seconds more',
  followUp: 'Send follow-up',
} as const;

export const lastCall = {
  cameFrom: 'Came from: {{payload}}',
  /** The customer's last message. */
  message: '“{{text}}”, {{when}}',
  /** E.g. “Picture, 5 min ago”: a message without words. */
  messageKind: '{{kind}}, {{when}}',
  promised: 'You promised to call back: {{when}}',
  promisedBy: '{{name}} promised to call back: {{when}}',
  last: 'Last call: {{outcome}}, {{when}}',
  lastWithLength: 'Last call: {{outcome}}, {{when}} ({{length}})',
  missedToday: '{{missed}} missed today',
  first: 'First call with this customer',
  outcomes: {
    answered: 'answered',
    missed: 'missed',
    declined: 'declined by you',
    elsewhere: 'answered by a teammate',
    unanswered: 'no answer',
    rejected: 'declined by the customer',
    cancelled: 'cancelled',
    failed: 'failed',
    interrupted: 'interrupted',
  },
} as const;
