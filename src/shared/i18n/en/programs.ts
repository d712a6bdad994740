/** Other programs: links, the selected number. */

export const links = {
  title: 'Links and other programs',
  intro:
    'A link or a selected number fills New call and shows the calling rules. Nothing is dialled before you press Call.',
  schemes: {
    ringdesk: 'Open ringdesk: links here',
    tel: 'Open tel: links here',
    callto: 'Open callto: links here',
    whatsapp: 'Open whatsapp: links here',
  },
  states: {
    ours: 'This computer opens them with Ringdesk',
    other: 'This computer opens them with {{program}}',
    nobody: 'No program opens them',
    'unknown-program':
      'This computer cannot open links with this copy of Ringdesk. Install it from its package',
  },
  whatsappNote: '{{state}}. Browsers pass wa.me links on as whatsapp:',
  chooseAnother: 'Choose another program for these links in the settings of your system',
  refused: 'The system refused the change. Choose Ringdesk for these links in its settings',
  noAnswer: 'The system did not say which program opens links. To ask again, open Settings again',
  key: 'Call the selected number from any app',
  keyNote: 'Select a number in any program, then press the keys',
  keyNoteCopy: 'Copy a number in any program, then press the keys',
  keysTwice: 'You use these keys for a call that rings. Choose others',
  nothingFilled: 'New call was not filled',
  quiet: '{{number}} is in New call, for after this call',
  unknownFrom: '“{{from}}” is none of your numbers. Choose which one calls',
  extension: 'The link has the extension {{extension}}. Ask for it, because it cannot be dialled',
  several: 'There were several numbers. This is the first one',
  /** Why nothing is filled. */
  problems: {
    'not-a-link': 'This is no link to a number',
    malformed: 'The link is damaged. Copy the number instead',
    'too-long': 'The link is too long. Copy the number instead',
    'no-number': 'The link has no number that can be called',
    'short-link':
      'This link has a code, not a number. Open it in WhatsApp and copy the number from there',
    'service-code': 'The link has a code for the telephone network, not a number',
    'several-numbers': 'The link has several numbers. Copy the one you want to call',
    'unknown-action': 'The link asks for something that Ringdesk does not do',
    'nothing-selected': 'No text is selected. Select a number, then press the keys',
    'nothing-copied': 'No text is copied. Copy a number, then press the keys',
    'none-in-selection': 'There is no number in this text',
  },
} as const;

export const screenPop = {
  title: 'Customer’s page',
  intro:
    'A page about the customer in another program, such as your CRM. It opens in your browser when you accept a call, or from the customer’s pane.',
  locked: 'Your admin has set this page for the whole workspace.',
  address: 'Address',
  addressExample: 'https://crm.example.com/search?phone={number}',
  addressNote: 'Filled in for each call: {{known}}',
  example: 'For example:',
  exampleName: 'Ana Souza',
  name: 'Name of the program',
  nameExample: 'CRM',
  onAccept: 'Open it when I accept a call',
  onAcceptLocked: 'It opens when you accept a call',
  byHandLocked: 'It opens when you choose it in the customer’s pane',
  /** A button, with the program's name or without. */
  openIn: 'Open in {{name}}',
  open: 'Open customer’s page',
  none: 'No address of a customer’s page is set. See Settings',
  notOpened: 'The customer’s page could not be opened: {{why}}',
  /** What is wrong with the address. */
  problems: {
    'not-an-address': 'must be a whole address that starts with https://',
    'not-https': 'must start with https://',
    'holds-password': 'must not hold a user name or password',
    'placeholder-in-host': 'must name the server without placeholders',
    'unknown-placeholder': 'has a placeholder that does not exist; there are {{known}}',
    'too-long': 'is too long',
  },
  /** With what is wrong. */
  wrong: 'The address {{problem}}. It is not saved yet',
} as const;

export const localApi = {
  title: 'Programs on this computer',
  on: 'Let programs dial and read your state',
  note: 'Programs on this computer that have the token can dial by the calling rules, see your presence and calls, and write notes. Pages in a browser and other computers cannot',
  address: 'Address',
  token: 'Token',
  copyAddress: 'Copy address',
  copyToken: 'Copy token',
  showToken: 'Show token',
  renew: 'Renew token',
  renewTitle: 'Renew the token?',
  renewText: 'Programs that have the old token can do nothing until you give them the new one.',
  renewed: 'The token is renewed. Give it to your programs',
  cancel: 'Keep the token',
  copied: 'Copied',
  notKept: 'This computer keeps no secrets, so the token is another one after each start.',
  /** Why it is not offered. */
  states: {
    off: 'Starting…',
    locked: 'Paused while the screen is locked',
  },
  failed: 'It cannot be offered: {{why}}. Turn it off and on again',
  /** For programs. */
  notChecked: 'Whether the customer may be called could not be checked',
} as const;
