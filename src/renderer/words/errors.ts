import { isolate, sentence } from '../../shared/lib/foreign-text.ts';
import type { AppError, AppErrorCode } from '../../shared/ipc/errors.ts';
import type { Notice, NoticeCode } from '../../shared/ipc/model.ts';
import { errorWords as wordsOfProvider } from '../../shared/providers/error-words.ts';
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
  'bad-request': { what: 'This window asked for something main does not know' },
  'unknown-sender': { what: 'This window is not allowed to ask that' },
  internal: { what: 'Ringdesk made a mistake; its log has the details' },
  'no-such-call': { what: 'This call is not there any more' },
  busy: { what: 'You are on another call', next: 'Hang up first' },
  'too-late': { what: 'The call had moved on before this arrived' },
  'no-such-account': { what: 'This number of yours is not set up here' },
  'no-profile': { what: 'No number is set up yet', next: 'Import a profile or try the demo' },
  'bad-number': { what: 'This is not a number that can be called' },
  'direct-route': {
    what: 'This call is connected to this window',
    next: 'Only calls that the relay carries can be held or moved',
  },
  'relay-refused': { what: 'The relay said no' },
  provider: { what: 'WhatsApp refused' },
  offline: { what: 'There is no connection', next: 'It works again once the pill says Connected' },
  'profile-invalid': { what: 'This file is not a profile Ringdesk can use' },
  'vault-unavailable': {
    what: 'The system’s key store cannot be reached',
    next: 'Unlock it, then try again',
  },
  'vault-needs-consent': { what: 'Choose first how secrets are kept' },
  'export-failed': { what: 'The file could not be written', next: 'Choose another place' },
  'not-offered': { what: 'This number cannot do that' },
  'bad-file': { what: 'This file cannot be used' },
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
    return { ...said, what: sentence`${said.what} (${error.message})` };
  return said;
}

/** A provider’s refusal in our words, with its code to look it up by; in its own where we have none. */
export function providerWords(error: ProviderError): Said {
  const known = wordsOfProvider(error.provider, error);
  const what = bare(known?.words ?? (error.message || 'WhatsApp refused'));
  const next = known?.next ?? (error.transient ? 'Try again' : undefined);
  const isCode = /^\d+$/.test(error.code);
  return {
    what: isCode ? `${what} (${error.code})` : what,
    next: next === undefined ? undefined : bare(next),
    quote: known ? quoteOf(error) : error.details,
  };
}

function quoteOf({ message, details }: ProviderError): string | undefined {
  const parts = [message, details].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** Sentences are joined in several ways, so none brings its own full stop. */
function bare(sentence: string): string {
  return sentence.replace(/\.$/, '');
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
  'number-restricted': {
    what: 'WhatsApp restricted {label}: {what}',
    next: 'Its settings say for how long',
  },
  'webhooks-late': {
    what: 'WhatsApp’s news of {label} arrives {seconds} s late',
    next: 'Calls ring all the same. Ask whoever runs the relay: its clock is wrong, or a firewall holds news back',
  },
  'relay-clock-behind': {
    what: 'The relay’s clock is {seconds} s behind WhatsApp’s',
    next: 'Calls ring all the same. Ask whoever runs the relay to set it',
  },
  'number-warned': {
    what: 'WhatsApp warns {label}: {what}',
    next: 'A restriction may follow',
  },
  // The rule's own words stand for it: see `noticeSaid`.
  'number-fact': { what: '{label}: {what}' },
  'shortcut-taken': {
    what: 'The shortcut {shortcut} belongs to another program',
    next: 'Choose another one under Settings',
  },
  'transfer-reverted': {
    what: '{name} did not take the call',
    next: 'The call is yours again',
  },
  'tray-missing': {
    what: 'This desktop shows no tray icons',
    next: 'Closing the window minimises it instead',
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
