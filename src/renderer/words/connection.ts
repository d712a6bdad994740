import { isolating } from '../../shared/lib/foreign-text.ts';
import type { Loss, LossCode } from '../../shared/protocol/connection.ts';

/** Why there is no connection, after “Why:”; `about` is what the code names. */
const lossWords: Record<LossCode, (about: string) => string> = {
  dropped: () => 'The connection dropped.',
  silent: () => 'The relay stopped answering.',
  timeout: () => 'The relay did not answer in time.',
  'host-unknown': () => 'The relay’s address was not found. Check your network, or ask your admin.',
  unreachable: () => 'The relay cannot be reached. Check your network, or ask your admin.',
  http: (status) =>
    `Something other than the relay answered (HTTP ${status}): a proxy, a firewall or a sign-in page. Ask your network’s admin.`,
  'certificate-untrusted': (issuer) =>
    `Certificate not trusted: issued by ${issuer}. Ask your network’s admin to install its authority on this computer.`,
  'certificate-expired': () => 'The relay’s certificate has expired. Tell your admin.',
  'certificate-early': () =>
    'The relay’s certificate is not valid yet: this computer’s clock is probably wrong.',
  'certificate-name': (host) =>
    `The certificate is not for ${host}: something else answers at that address. Tell your admin.`,
  'not-tls': () => 'What answered does not speak TLS. Check the relay’s address with your admin.',
  'proxy-unreachable': (proxy) =>
    `The proxy ${proxy} cannot be reached. Check your network, or ask its admin.`,
  'proxy-password': (proxy) => `The proxy ${proxy} asks for a password.`,
  'proxy-sign-in': (proxy) =>
    `The proxy ${proxy} asks for a kind of sign-in that Ringdesk does not know. Ask its admin for a name and password (Basic).`,
  'proxy-refused': (proxy) =>
    `The proxy ${proxy} does not let Ringdesk through. Ask its admin to allow the relay’s address.`,
  insecure: (address) =>
    `${address} is not encrypted. Ask your admin for a profile with wss:// and https:// addresses.`,
  unreadable: () => 'What answered is not a relay of this version. Ask your admin.',
  'not-stored': () => 'What the relay told could not be stored on this computer.',
  'shutting-down': () => 'The relay is restarting.',
  renewed: () => 'Connecting again.',
};

/** A reason as a sentence. */
export function lossIn({ code, about = '' }: Loss): string {
  return lossWords[code](about);
}

/** What the bar above everything says while calls cannot come in. */
export const reachWords = isolating({
  cannotReach: (time: string) => `Calls cannot reach you since ${time}.`,
  retryIn: (seconds: number) => `Trying again in ${seconds} s`,
  retrying: 'Trying again now',
  tryNow: 'Try now',
  why: 'Why',
  offline: 'This computer has no network.',
  rejected: 'Your sign-in was rejected.',
  rejectedNext: 'Ask your admin for a new profile, then import it.',
  oldVersion: 'This version of Ringdesk and the relay’s do not fit.',
  oldVersionNext: 'Update Ringdesk, or tell your admin.',
  elsewhere: 'You are signed in on another computer.',
  elsewhereNext: 'Calls ring there.',
  takeOver: 'Use this one',
  noSignIn: 'Calls cannot reach you: this computer has no sign-in for the relay.',
  noSignInNext: 'Import your profile again.',
  importProfile: 'Import profile',
  relaySays: (message: string) => `The relay says: ${message}`,
  enterPassword: 'Enter password',
  proxyTitle: 'Proxy password',
  proxyText: (proxy: string) =>
    `The proxy ${proxy} asks who you are. Ask your network’s admin if you do not know.`,
  proxyWrong: (proxy: string) => `The proxy ${proxy} did not accept this name and password.`,
  proxyUser: 'User name',
  proxyPassword: 'Password',
  signIn: 'Sign in',
  notReachable: 'Not reachable',
} as const);
