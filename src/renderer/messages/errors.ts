import { fill, lookUp, message, t } from '../../shared/i18n/i18n.ts';
import type { Message } from '../../shared/i18n/message.ts';
import { storageMessage } from './storage.ts';
import type { AppError } from '../../shared/ipc/errors.ts';
import type { Notice } from '../../shared/ipc/notices.ts';
import { messageOf, providerErrorMessage } from '../../shared/providers/error-words.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import { type FindingCode, findingKinds } from '../../shared/rules/findings.ts';
import { findingMessage } from '../../shared/rules/finding-message.ts';
import { showValueAt } from '../lib/show-value.ts';
import { mediaMessage } from './media.ts';
import { revertText } from './team.ts';

/** Codes whose errors say everything themselves. */
const isInWords: ReadonlySet<string> = new Set(['not-offered', 'invitation', 'set-up']);

/** The message for a refused request. */
export function errorMessage(error: AppError): Message {
  if (error.code === 'provider' && error.provider) return providerMessage(error.provider);
  if (error.code === 'relay-refused') {
    const why = error.details?.[0] ?? '';
    return { what: lookUp('team.refusals', why) ?? mediaMessage(why).what };
  }
  if (error.code === 'todo-refused') {
    const [why = '', name = ''] = error.details ?? [];
    return { what: lookUp('todo.refusals', why, { name }) ?? t('errors.todo-refused.what') };
  }
  const found = message(`errors.${error.code}`);
  // Main's text is more specific than the catalogue's.
  const details = error.details ?? [];
  if (isInWords.has(error.code) && error.message !== '') {
    return { what: error.message, ...(details.length > 0 && { list: details }) };
  }
  if (details.length > 1) return { ...found, list: details };
  if (details.length > 0) return { ...found, what: withDetails(found.what, details.join('; ')) };
  if (error.code === 'internal' && error.message !== '')
    return { ...found, what: withDetails(found.what, error.message) };
  return found;
}

const withDetails = (what: string, details: string) => t('common.withDetails', { what, details });

/**
 * A provider's refusal in our words, with its code for reference, or in the provider's words if we
 * have none.
 */
export function providerMessage(error: ProviderError): Message {
  const known = providerErrorMessage(error.provider, error);
  const from = messageOf(error);
  // The relay's refusals have their own codes.
  const relays = error.code === 'relay' ? lookUp('team.refusals', error.message) : undefined;
  const what = bare(
    relays ?? known?.what ?? (from === 'quote' ? error.message : t('providerErrors.refused')),
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

/** The next step for an unknown code. */
function unknownNext(transient: boolean): string {
  return transient ? t('providerErrors.nextTransient') : t('providerErrors.nextUnknown');
}

/** What to quote from the provider: its message, if our text replaces it, and its details. */
function quoteOf({ message, details }: ProviderError, withMessage: boolean): string | undefined {
  const parts = [withMessage ? message : '', details].filter(
    (part) => part !== undefined && part !== '',
  );
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** Removes the full stop, because callers add their own punctuation. */
function bare(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** The message of a notice. Placeholders without a value become empty. */
export function noticeMessage(notice: Notice): Message {
  const fact = notice.code === 'number-fact' ? factMessage(notice.values) : undefined;
  if (fact) return fact;
  const ofFile = storageMessage(notice);
  if (ofFile) return ofFile;
  const { problems } = notice.values;
  const next = lookUp(`notices.${notice.code}`, 'next');
  if (notice.code === 'transfer-reverted') return { what: revertText(notice), next };
  const what = fill(`notices.${notice.code}.what`, { ...noValues, ...valuesOf(notice) })
    .replace(/ \(\)|: $/g, '')
    .trim();
  return { what, next, ...(problems && { list: problems.split('\n') }) };
}

const noValues = {
  count: '',
  label: '',
  message: '',
  name: '',
  path: '',
  seconds: '',
  shortcut: '',
  what: '',
  why: '',
};

/** A finding about a number, in the same words as on its settings page. */
function factMessage({ what: code = '', ...values }: Notice['values']): Message | undefined {
  if (!isFindingCode(code)) return undefined;
  const show = showValueAt(Date.now());
  const { what, next } = findingMessage({ code, values }, (name, value) =>
    show(name, name.endsWith('At') ? Number(value) : value),
  );
  return { what: bare(what), next: bare(next) };
}

function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(findingKinds, code);
}

/** Replaces WhatsApp's identifiers with our texts. */
function valuesOf({ code, values }: Notice): Notice['values'] {
  const { what = '' } = values;
  if (code === 'number-restricted')
    return { ...values, what: lookUp('numbers.restrictions', what) ?? what };
  if (code === 'number-warned')
    return { ...values, what: lookUp('numbers.warnings', what) ?? what };
  return values;
}
