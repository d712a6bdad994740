import { isolate, sentence } from '../../shared/lib/foreign-text.ts';
import { storageSaid } from './storage.ts';
import type { AppError, AppErrorCode } from '../../shared/ipc/errors.ts';
import type { Notice, NoticeCode } from '../../shared/ipc/model.ts';
import { errorWords as wordsOfProvider, messageOf } from '../../shared/providers/error-words.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import type { FindingCode } from '../../shared/rules/findings.ts';
import { findingWords, sentence as filled } from '../../shared/rules/words.ts';
import { showValueAt } from '../lib/show-value.ts';
import type { Said } from './said.ts';
import { numberWords, restrictionWords } from './numbers.ts';
import { mediaWords } from './media.ts';
import { refusalWords, revertWords } from './team.ts';

/** A refused request in words: what happened, and what to do next. */
export const appErrors: Record<AppErrorCode, Said> = {
  'bad-request': {
    what: 'Something failed inside Ringdesk',
    next: 'Try again. If it fails again, tell your admin',
  },
  'unknown-sender': {
    what: 'Something failed inside Ringdesk: a window asked for more than it may',
    next: 'Quit Ringdesk and open it again',
  },
  internal: {
    what: 'Something failed inside Ringdesk',
    next: 'Try again. If it fails again, tell your admin: the log has the details',
  },
  'no-such-call': { what: 'This call has already ended' },
  busy: { what: 'You are on another call', next: 'Hang up first' },
  'too-late': { what: 'Too late: the call has changed', next: 'Check the call, then try again' },
  'no-such-account': {
    what: 'This number is not set up on this computer',
    next: 'Import a profile that has it',
  },
  'no-profile': { what: 'No number is set up yet', next: 'Import a profile or try the demo' },
  'bad-number': { what: 'This number cannot be called', next: 'Check the digits' },
  'direct-route': {
    what: 'Hold and transfer are not available on this number',
    next: 'Ask your admin to route calls through the relay',
  },
  'relay-refused': { what: 'The relay refused this', next: 'Try again' },
  provider: { what: 'WhatsApp refused this', next: 'Try again' },
  offline: { what: 'You are offline', next: 'Try again when you are connected' },
  'profile-invalid': {
    what: 'This file is not a valid profile',
    next: 'Ask your admin for a new one',
  },
  'vault-unavailable': {
    what: 'The system’s key store is locked or not reachable',
    next: 'Unlock it, then try again',
  },
  'vault-needs-consent': { what: 'Choose first how to store access tokens' },
  'export-failed': { what: 'The file could not be saved', next: 'Choose another folder' },
  'not-offered': { what: 'This number does not support that' },
  'bad-file': { what: 'This file cannot be used', next: 'Correct it and import it again' },
  cancelled: { what: 'Cancelled' },
};

/** Words for a refused request. */
export function errorWords(error: AppError): Said {
  if (error.code === 'provider' && error.provider) return providerWords(error.provider);
  if (error.code === 'relay-refused') {
    const why = error.details?.[0] ?? '';
    return { what: refusalWords[why] ?? mediaWords(why).what };
  }
  const said = appErrors[error.code];
  // Main says it more exactly than the catalogue can.
  if (error.code === 'not-offered' && error.message !== '') return { what: error.message };
  const details = error.details ?? [];
  if (details.length > 1) return { ...said, list: details };
  if (details.length > 0) return { ...said, what: sentence`${said.what}: ${details.join('; ')}` };
  if (error.code === 'internal' && error.message !== '')
    return { ...said, what: sentence`${said.what}: ${error.message}` };
  return said;
}

/** A provider’s refusal in our words, with its code to look it up by; in its own where we have none. */
export function providerWords(error: ProviderError): Said {
  const known = wordsOfProvider(error.provider, error);
  const from = messageOf(error);
  // The relay's refusals have names of their own.
  const relays = error.code === 'relay' ? refusalWords[error.message] : undefined;
  const what = bare(
    relays ?? known?.words ?? (from === 'quote' ? error.message : 'The provider refused this'),
  );
  const next =
    from === 'explanation' ? error.message : (known?.next ?? unknownNext(error.transient));
  const isCode = /^\d+$/.test(error.code);
  return {
    what: isCode ? `${what} (${error.code})` : what,
    next: bare(next),
    quote: quoteOf(error, known !== undefined && from === 'quote'),
  };
}

/** What to do about a code that we know nothing of. */
function unknownNext(transient: boolean): string {
  const tell = 'tell your admin the code';
  return transient
    ? `Try again in a minute. If it fails again, ${tell}`
    : `If it happens again, ${tell}`;
}

/** The provider's own words beside ours: its message where ours stand in its place, and its details. */
function quoteOf({ message, details }: ProviderError, withMessage: boolean): string | undefined {
  const parts = [withMessage ? message : '', details].filter(
    (part) => part !== undefined && part !== '',
  );
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** Sentences are joined in several ways, so none brings its own full stop. */
function bare(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** What a notice says; `{placeholders}` are filled with its values. */
export const noticeWords: Record<NoticeCode, Said> = {
  'calls-interrupted': {
    what: 'Ringdesk closed during a call ({count})',
    next: 'Find it in History and call back',
  },
  'softphone-restarted': {
    what: 'Ringdesk’s audio restarted',
    next: 'If a call was cut off, call back',
  },
  'relay-log-incomplete': {
    what: 'You were offline too long to get all calls',
    next: 'Some may be missing in History',
  },
  'profile-invalid': {
    what: 'This profile cannot be used: {why}',
    next: 'Ask your admin for a new one, then import it',
  },
  // Their words are in `storage.ts`.
  'file-trouble': { what: '{path}' },
  'folder-read-only': {
    what: 'Ringdesk cannot write to its folder {path}, so it keeps nothing when you quit',
    next: 'Let your user write that folder, then start Ringdesk again',
  },
  'storage-trouble': { what: '{path}' },
  'storage-set-aside': { what: '{path}' },
  'storage-left-out': {
    what: 'Something stored could not be read and was left out: {what}',
    next: 'Look whether your settings and the history are as you left them',
  },
  'microphone-denied': {
    what: 'The system does not let Ringdesk use the microphone',
    next: 'Allow it in the privacy settings of your system',
  },
  'provider-error': { what: 'WhatsApp: {message}' },
  'permission-granted': { what: '{name} allows calls now' },
  'permission-declined': { what: '{name} declined your call request' },
  'number-restricted': {
    what: 'WhatsApp restricted {label}: {what}',
    next: 'See the number’s settings for how long',
  },
  'webhooks-late': {
    what: 'WhatsApp’s messages about {label} arrive {seconds} s late',
    next: 'Calls ring all the same. Tell your admin: the relay’s clock is wrong, or a firewall holds messages back',
  },
  'relay-clock-behind': {
    what: 'The relay’s clock is {seconds} s behind WhatsApp’s',
    next: 'Calls ring all the same. Ask your admin to set it',
  },
  'number-warned': {
    what: 'WhatsApp warning for {label}: {what}',
    next: 'A restriction may follow',
  },
  // The rule's own words stand for it: see `noticeSaid`.
  'number-fact': { what: '{label}: {what}' },
  'shortcut-taken': {
    what: 'Another program uses the shortcut {shortcut}',
    next: 'Choose another under Settings',
  },
  'transfer-reverted': {
    what: '{name} did not take the call',
    next: 'The call is yours again',
  },
  'tray-missing': {
    what: 'This desktop has no tray',
    next: 'Closing the window minimises Ringdesk',
  },
};

/** A notice in words. A placeholder without a value leaves nothing behind. */
export function noticeSaid(notice: Notice): Said {
  const values = valuesOf(notice);
  const fill = (text: string) =>
    text
      .replace(/\{(\w+)\}/g, (_, name: string) => isolate(values[name] ?? ''))
      .replace(/ \(\)|: $/g, '')
      .trim();
  const fact = notice.code === 'number-fact' ? factSaid(notice.values) : undefined;
  if (fact) return fact;
  const ofFile = storageSaid(notice);
  if (ofFile) return ofFile;
  const { what, next } = noticeWords[notice.code];
  if (notice.code === 'transfer-reverted') return { what: revertWords(notice), next };
  const { problems } = notice.values;
  return { what: fill(what), next, ...(problems && { list: problems.split('\n') }) };
}

/** A finding about a number, in the words that its page has for it. */
function factSaid({ what = '', ...values }: Notice['values']): Said | undefined {
  if (!isFindingCode(what)) return undefined;
  const show = showValueAt(Date.now());
  const said = findingWords[what];
  const fill = (text: string) =>
    filled(text, values, (name, value) => show(name, name.endsWith('At') ? Number(value) : value));
  return { what: bare(fill(said.what)), next: bare(fill(said.next)) };
}

function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(findingWords, code);
}

/** What WhatsApp calls by names of its own has words here. */
function valuesOf({ code, values }: Notice): Notice['values'] {
  const { what = '' } = values;
  if (code === 'number-restricted') return { ...values, what: restrictionWords[what] ?? what };
  if (code === 'number-warned') return { ...values, what: numberWords.warnings[what] ?? what };
  return values;
}
