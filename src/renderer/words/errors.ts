import type { AppError, AppErrorCode } from '../../shared/ipc/errors.ts';
import type { Notice, NoticeCode } from '../../shared/ipc/model.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import type { Said } from './calls.ts';

/** A refused request in words: what happened, and what to do next. */
export const appErrors: Record<AppErrorCode, Said> = {
  'bad-request': { what: 'This window asked for something main does not know' },
  'unknown-sender': { what: 'This window is not allowed to ask that' },
  internal: { what: 'Ringdesk made a mistake; its log has the details' },
  'no-such-call': { what: 'This call is not there any more' },
  busy: { what: 'You are on another call', next: 'Hang up first' },
  'too-late': { what: 'The call had moved on before this arrived' },
  'no-such-account': { what: 'This number of yours is not set up here' },
  'no-profile': { what: 'No number is set up yet', next: 'Import a profile or try the demo' },
  'bad-number': { what: 'This is not a number that can be called' },
  provider: { what: 'WhatsApp refused' },
  offline: { what: 'There is no connection', next: 'It works again once the pill says Connected' },
  'profile-invalid': { what: 'This file is not a profile Ringdesk can use' },
  'vault-unavailable': {
    what: 'The system’s key store cannot be reached',
    next: 'Unlock it, then try again',
  },
  'vault-needs-consent': { what: 'Choose first how secrets are kept' },
  'export-failed': { what: 'The file could not be written', next: 'Choose another place' },
  cancelled: { what: 'Cancelled' },
};

/** Words for a refused request. */
export function errorWords(error: AppError): Said {
  if (error.code === 'provider' && error.provider) return providerWords(error.provider);
  const said = appErrors[error.code];
  const details = error.details ?? [];
  if (details.length > 0) return { ...said, what: `${said.what}: ${details.join('; ')}` };
  if (error.code === 'internal' && error.message !== '')
    return { ...said, what: `${said.what} (${error.message})` };
  return said;
}

/** What to do about an error of WhatsApp's; the wording of what it is comes from WhatsApp where we have none. */
const providerSaid: Readonly<Record<string, Said>> = {
  network: { what: 'WhatsApp could not be reached', next: 'Check the network, then try again' },
  timeout: { what: 'WhatsApp did not answer in time', next: 'Try again' },
  '100': { what: 'WhatsApp did not understand the request', next: 'Update Ringdesk' },
  '190': { what: 'WhatsApp no longer accepts the access token', next: 'Import a fresh profile' },
  '613': { what: 'Permissions were looked up too often', next: 'Wait a minute' },
  '131009': { what: 'WhatsApp does not allow this from our country' },
  '131026': { what: 'Their WhatsApp is too old for calls', next: 'Ask them by message to update' },
  '131030': {
    what: 'This number is not on the test number’s list',
    next: 'Add it in the dashboard',
  },
  '131044': { what: 'No valid payment method', next: 'Add one in WhatsApp Manager' },
  '131055': { what: 'This number takes calls over SIP', next: 'Switch SIP off for it' },
  '138000': { what: 'Calling is not enabled on our number', next: 'Enable it in WhatsApp Manager' },
  '138001': { what: 'This person cannot be called on WhatsApp', next: 'Write to them instead' },
  '138002': { what: 'Too many calls are going on from our number', next: 'Try again in a moment' },
  '138003': { what: 'There is already a call with this person', next: 'Wait until it is over' },
  '138004': { what: 'The connection to WhatsApp failed', next: 'Try again' },
  '138005': { what: 'Our number started too many calls', next: 'Try again later' },
  '138006': { what: 'No permission from this customer', next: 'Ask for permission' },
  '138007': { what: 'The connection took too long', next: 'Try again' },
  '138009': {
    what: 'Permission was asked for as often as WhatsApp allows',
    next: 'It frees up after a day, or after a call with them',
  },
  '138012': { what: 'This person was called as often as WhatsApp allows today' },
  '138013': { what: 'WhatsApp does not allow calls from our number’s country' },
  '138014': { what: 'WhatsApp has paused calls from our number because of feedback' },
  '138017': { what: 'This customer has given permission for good already', next: 'Just call' },
  '138019': { what: 'The customer’s WhatsApp could not set the call up', next: 'Call again' },
  '138020': { what: 'The customer’s phone could not reach WhatsApp', next: 'Call again later' },
  '138021': {
    what: 'WhatsApp heard nothing from us',
    next: 'Check that your network lets UDP out',
  },
  '138022': { what: 'The customer’s phone sent no sound', next: 'Call again' },
  '138023': { what: 'The call ended before any sound came through', next: 'Call again' },
};

/** WhatsApp’s refusal in our words, with its code to look it up by. */
export function providerWords(error: ProviderError): Said {
  const known = providerSaid[error.code];
  const what = known?.what ?? (error.message || 'WhatsApp refused');
  const next = known?.next ?? (error.transient ? 'Try again' : undefined);
  const isCode = /^\d+$/.test(error.code);
  return { what: isCode ? `${what} (${error.code})` : what, next };
}

/** What a notice says; `{placeholders}` are filled with its values. */
export const noticeWords: Record<NoticeCode, Said> = {
  'calls-interrupted': {
    what: 'Ringdesk was stopped during a call ({count})',
    next: 'The history has it; call back',
  },
  'softphone-restarted': { what: 'The window with the sound was restarted' },
  'relay-log-incomplete': {
    what: 'The relay no longer has everything that happened while we were away',
    next: 'Calls from that time may be missing in the history',
  },
  'profile-invalid': { what: 'The profile could not be used: {why}', next: 'Import another one' },
  'storage-newer': {
    what: 'The call log was written by a newer Ringdesk',
    next: 'Install that version again',
  },
  'microphone-denied': {
    what: 'The system does not let Ringdesk use the microphone',
    next: 'Allow it in the privacy settings of your system',
  },
  'provider-error': { what: 'WhatsApp: {message}' },
  'permission-granted': { what: '{name} allows calls now' },
  'permission-declined': { what: '{name} does not want to be called' },
  'shortcut-taken': {
    what: 'The shortcut {shortcut} belongs to another program',
    next: 'Choose another one under Settings',
  },
  'tray-missing': {
    what: 'This desktop shows no tray icons',
    next: 'Closing the window minimises it instead',
  },
};

/** A notice in words. A placeholder without a value leaves nothing behind. */
export function noticeSaid(notice: Notice): Said {
  const fill = (text: string) =>
    text
      .replace(/\{(\w+)\}/g, (_, name: string) => notice.values[name] ?? '')
      .replace(/ \(\)|: $/g, '')
      .trim();
  const { what, next } = noticeWords[notice.code];
  return { what: fill(what), next };
}
