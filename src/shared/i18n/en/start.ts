/** From nothing to the first call: the start page, invitations, and the files that an admin gets. */

export const start = {
  intro:
    'Four steps to your first call. Leave whenever you like: you find this page in the strip of the demo and in the settings.',
  steps: {
    practise: 'Practise with a demo customer',
    connect: 'Connect your number',
    checks: 'Check that calls can come in',
    call: 'Call your number now',
  },
  done: 'Done',
  next: 'Next: call your number',
  finish: 'Go to your desk',
  leave: 'Leave for now',
  practiseText:
    'A simulated customer calls you in a moment, with real sound. Accept, talk, and hang up. Nothing leaves this computer.',
  practiseNow: 'Call me',
  practised:
    'You have taken a practice call. There are more customers, and teammates to transfer to.',
  practiseInDemo: 'Practice calls ring in the demo. You find it under Settings, Workspace.',
  moreCustomers: 'More customers',
  demoStarts: 'The demo is still starting',
  connectFirst: 'Connect your number first.',
  connected: 'You are {{agent}}. Here ring: {{numbers, list}}',
  how: 'How do you want to connect?',
  ways: {
    invitation: 'I have an invitation',
    file: 'I have a profile file',
    admin: 'I am the admin: set up a relay',
  },
  dropHere: 'Drop the profile file here',
  chooseFile: 'Choose a file…',
  copy: 'Copy',
  copyWhat: 'Copy: {{what}}',
  copied: 'Copied: {{what}}',
  relayReached: 'Ringdesk reaches the relay',
  relayWaits: 'Ringdesk does not reach the relay yet. It keeps trying',
  numberReady: '{{label}}: its access is stored here',
  numberWaits: '{{label}}: its access is missing here',
  callNow: 'Take a phone and call {{numbers, list}} in WhatsApp.',
  callNowNote:
    'This page waits for the ring. WhatsApp on a computer cannot call businesses. If nothing happens, look at the checks above.',
  rang: '{{label}} rang here, within {{seconds}} s of the customer’s press. You are ready.',
} as const;

export const invitation = {
  textLabel: 'Invitation link or code',
  textNote: 'From your admin. It works once',
  relayLabel: 'Relay address',
  relayNote: 'It stands beside the code, such as calls.example.com',
  opened: 'An invitation was opened. Use it only if it is from your admin.',
  join: 'Set up this console',
  joining: 'Setting up…',
  empty: 'Paste the link or type the code first',
  dismiss: 'Do not use it',
  joined: 'You are signed in as {{agent}}',
  waits: 'An invitation was opened. It waits on the page Get started',
  replaceTitle: 'Replace what is set up here?',
  replaceText:
    'This computer is set up for {{agent}}. Their numbers would no longer ring here, and their keys are deleted. The call history stays.',
  replaceYes: 'Replace it',
  unfit: 'This invitation does not fit this version of Ringdesk. Update it, or ask your admin',
  unreachable:
    'There is no answer from {{host}}. Check the address, and that the relay is running. ({{why}})',
  noRelay: 'There is no relay at {{host}}, or something stands before it (status {{status}})',
  oldRelay: 'This relay knows no invitations. Ask your admin to update it',
  problems: {
    'not-an-invitation': 'This is not the link of an invitation',
    'no-relay': 'The relay’s address is missing or is no address. It looks like calls.example.com',
    'bad-code': 'A code has 12 letters and digits, such as K7QF-3MRA-9TWX. Check each of them',
    insecure: 'This address is not encrypted. Ask your admin for one that starts with wss://',
  },
} as const;

export const setUp = {
  intro:
    'You get a folder for your server, with the relay’s config, and an invitation for each agent. Add as many numbers as you have, here or in relay.json later.',
  fields: {
    relay: 'Address of your server',
    provider: 'Provider of the number',
    label: 'Name of the number',
    number: 'Phone number',
    phoneNumberId: 'Phone number ID',
    wabaId: 'WhatsApp Business Account ID',
    appSecret: 'App secret',
    accessToken: 'Access token',
    apiKey: 'API key',
    zernioAccountId: 'Account ID at Zernio',
    mediaAddress: 'Public IP address of your server',
    apiBase: 'Address of the provider’s API',
    admin: 'Your name',
    agents: 'Other agents, one per line',
  },
  notes: {
    relay:
      'A name that leads to your server, such as calls.example.com. To try it on this computer: http://127.0.0.1:8787',
    number: 'With + and the country code',
    phoneNumberId: 'In Meta’s App Dashboard under WhatsApp, API Setup',
    wabaId: 'Beside the phone number ID',
    appSecret: 'In Meta’s App Dashboard under App settings, Basic',
    accessToken:
      'Of a system user, with whatsapp_business_messaging and whatsapp_business_management',
    apiBase: 'Leave it empty for the provider’s own',
  },
  problems: {
    missing: 'Fill in this field',
    address: 'This is no address. It looks like calls.example.com',
    insecure: 'This address is not encrypted. It must start with https://',
    number: 'Write + and the country code, such as +551150201234',
    digits: 'Use digits only',
    ip: 'An IP address looks like 203.0.113.7',
    characters: 'This has a space or a character that keys never have. Copy it again',
    twice: 'This number is entered twice',
    'too-many': 'Up to 100 agents. Invite the others with “relay invite”',
  },
  numberTitle: 'Number {{position}}',
  addNumber: 'Add another number',
  removeNumber: 'Remove this number',
  relayed: 'Calls go through the relay',
  relayedNote:
    'For hold, transfer and listening. The UDP ports 40000 to 40999 of your server must be open',
  more: 'More settings',
  save: 'Save to a folder…',
  saving: 'Saving…',
  incomplete: 'Some fields need your attention',
  folderTaken: 'There is a relay.json in {{folder}} already. Choose another folder',
  notWritten: 'The files could not be saved in {{folder}}: {{why}}. Choose another folder',
  savedIn: 'Saved in {{folder}}',
  savedNote: 'Copy this folder to your server. It holds secrets, so nobody else may read it.',
  startRelay: 'Start the relay on your server:',
  inContainers: 'In this folder, with Docker',
  withoutContainers: 'Or in Ringdesk’s folder, with Node',
  atProvider: 'Enter this at the provider of {{label}} ({{provider}}):',
  webhook: 'Webhook address',
  verifyToken: 'Verify token',
  webhookSecret: 'Webhook secret',
  forwardTo: 'Forward calls to',
  subscribe:
    'In Meta’s App Dashboard under WhatsApp, Configuration. Subscribe the fields calls and messages.',
  sendInvitations: 'Send each agent their invitation. Each works once, within 14 days:',
  useMine: 'Once the relay runs, set up this console with your own invitation:',
  joinHere: 'Set up this console for {{name}}',
  again: 'Change what you typed',
  /** A file that an admin sends to an agent; the link, the address and the code follow. */
  letter:
    'Hello {{name}},\n\nthis is your invitation to Ringdesk. It works once, until {{until, date}}. Open the link below. Or open the page Get started in Ringdesk, and type the relay address and the code.',
} as const;
