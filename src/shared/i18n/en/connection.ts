/** The link to the relay, and why calls cannot come in. */

export const connection = {
  connection: 'Connection',
  reconnectingIn: 'Reconnecting in {{seconds}} s',
  reconnectingNow: 'Reconnecting now',
  connectedSince: 'Connected since',
  lastProof: 'Last checked',
  ago: '{{length}} ago',
  cannotRing: 'Calls cannot reach you until you are connected.',
  lostFor: 'Offline for',
  tries: 'Attempts',
  why: 'Reason',
  connectingToRelay: 'Connecting to the relay. Calls cannot reach you yet.',
  offlineSince: 'No network since {{when}}. Calls cannot reach you. Check your cable or Wi-Fi.',
  relayRefused:
    'The relay refused your sign-in. Retrying will not help: ask your admin for a new profile. The relay says:',
  noRelay: 'No relay is set up, so calls cannot reach you. Import a profile or try the demo.',
  whileAway: '{{calls}} came in while you were offline',
  showHistory: 'Show in All calls',
  openSettings: 'Open Settings',
  /** `about`: what the code names. */
  losses: {
    dropped: 'The connection dropped.',
    silent: 'The relay stopped answering.',
    timeout: 'The relay did not answer in time.',
    'host-unknown': 'The relay’s address was not found. Check your network, or ask your admin.',
    'no-route':
      'This computer’s network does not lead to the relay. Check your cable, Wi-Fi or VPN.',
    unreachable: 'The relay cannot be reached. Check your network, or ask your admin.',
    http: 'Something other than the relay answered (HTTP {{about}}): a proxy, a firewall or a sign-in page. Ask your network’s admin.',
    'certificate-untrusted':
      'Certificate not trusted: issued by {{about}}. Ask your network’s admin to install its authority on this computer.',
    'certificate-expired': 'The relay’s certificate has expired. Tell your admin.',
    'certificate-early':
      'The relay’s certificate is not valid yet: this computer’s clock is probably wrong.',
    'certificate-name':
      'The certificate is not for {{about}}: something else answers at that address. Tell your admin.',
    'not-tls': 'The server there does not use TLS. Check the relay’s address with your admin.',
    'proxy-unreachable':
      'The proxy {{about}} cannot be reached. Check your network, or ask its admin.',
    'proxy-password': 'The proxy {{about}} asks for a password.',
    'proxy-sign-in':
      'The proxy {{about}} asks for a kind of sign-in that Ringdesk does not support. Ask its admin for a name and password (Basic, Digest, NTLM).',
    'proxy-refused':
      'The proxy {{about}} does not let Ringdesk through. Ask its admin to allow the relay’s address.',
    insecure:
      '{{about}} is not encrypted. Ask your admin for a profile with wss:// and https:// addresses.',
    unreadable: 'The answer is not from a relay of this version. Ask your admin.',
    'not-stored': 'What the relay sent could not be stored on this computer.',
    'shutting-down': 'The relay is restarting.',
    renewed: 'Connecting again.',
  },
  states: {
    connecting: 'Connecting',
    connected: 'Connected',
    reconnecting: 'Reconnecting',
    offline: 'Offline',
    refused: 'Sign-in refused',
    unconfigured: 'Not set up',
  },
} as const;

export const reach = {
  cannotReach: 'Calls have not been able to reach you since {{time}}.',
  retryIn: 'Trying again in {{seconds}} s',
  retrying: 'Trying again now',
  tryNow: 'Try now',
  why: 'Why',
  offline: 'This computer has no network.',
  rejected: 'Your sign-in was refused.',
  rejectedNext: 'Ask your admin for a new profile, then import it.',
  oldVersion: 'This version of Ringdesk does not work with the relay’s version.',
  oldVersionNext: 'Update Ringdesk, or tell your admin.',
  elsewhere: 'You are signed in on another computer.',
  elsewhereNext: 'Calls ring there.',
  takeOver: 'Use this one',
  noSignIn: 'Calls cannot reach you: this computer has no sign-in for the relay.',
  noSignInNext: 'Import your profile again, or ask your admin for a new invitation.',
  importProfile: 'Import profile',
  relaySays: 'The relay says: {{message}}',
  enterPassword: 'Enter password',
  portal: 'This network wants you to sign in on a page first. Ringdesk then connects by itself.',
  openPortal: 'Open the sign-in page',
  proxyTitle: 'Proxy password',
  proxyText: 'The proxy {{proxy}} asks who you are. Ask your network’s admin if you do not know.',
  proxyWrong: 'The proxy {{proxy}} did not accept this name and password.',
  proxyUser: 'Username',
  proxyPassword: 'Password',
  signIn: 'Sign in',
  causes: {
    silent: 'The console does not answer the relay.',
    window: 'The window that rings does not answer.',
    ringer: 'The ring cannot be played.',
    microphone: 'This computer has no microphone that Ringdesk may use.',
    connection: 'The relay cannot be reached.',
  },
  notReachable: 'Not reachable',
} as const;
