import { createInstance, type FormatFunction, type FormatterModule } from 'i18next';
import { isolate, isolateAlways } from '../lib/foreign-text.ts';
import { catalogueOf, english } from './catalogues.ts';
import { createFormats, type Formats } from './formats.ts';
import type { Key, MessageKey, TableKey, Value, Values, ValuesOf } from './keys.ts';
import { isRightToLeft, type Language } from './languages.ts';
import { localeFor, systemLanguage } from './locale.ts';
import type { Message } from './message.ts';

/** Plural rules have a form of their own for millions, which no text of ours needs. */
const MOST_COUNTED = 999_999;

/** The texts of one process, in one language at a time. */
export interface I18n {
  /** A text with its values filled in. Strings among them keep their own direction. */
  t: <K extends Key>(key: K, ...values: ValuesOf<K>) => string;
  /** What happened and, if anything can be done, what to do next. */
  message: <K extends MessageKey>(key: K, ...values: ValuesOf<`${K}.what` & Key>) => Message;
  /** The text for a code from outside, or undefined if the table has none. */
  lookUp: (table: TableKey, code: string, values?: Values) => string | undefined;
  /** Whether there is such a text; for keys made of codes from outside. */
  isKey: (key: string) => key is Key;
  /** A text whose values are known only at run time. A placeholder without a value stays. */
  fill: (key: Key, values: Values) => string;
  /** A foreign text, or a number, to stand beside ours in its own direction. */
  isolated: (text: string) => string;
  /** Numbers, dates and times in this language. */
  formats: Formats;
  language: () => Language;
  /** The BCP 47 tag by which numbers, dates and times are written and typed. */
  locale: () => string;
  /** Reads its texts first, unless it has been spoken before; of several, the last one asked for is spoken. */
  setLanguage: (language: Language) => Promise<void>;
  /** Calls back after each change of language. @returns unsubscribes */
  onLanguageChange: (callback: () => void) => () => void;
}

/** Creates an instance; a process needs only the one below. */
export function createI18n(): I18n {
  let language: Language = 'en';
  let wanted: Language = language;
  const locale = () => localeFor(language, systemLanguage());
  const formats = createFormats(locale);
  /** In text from right to left even a telephone number needs a direction of its own. */
  const escape = (text: string) => (isRightToLeft(language) ? isolateAlways : isolate)(text);
  /** @param format the one that the text names, e.g. `{{at, time}}` */
  const formatValue = (value: Value | undefined, format?: string) => {
    // An undefined value leaves its placeholder.
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value !== 'number') return formats.list(value.map(escape));
    return format === 'time' || format === 'exactTime' || format === 'date'
      ? formats[format](value)
      : formats.number(value);
  };
  const i18next = createInstance().use({
    type: 'formatter',
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it handles undefined, untyped
    format: formatValue as FormatFunction,
    init: () => undefined,
    add: () => undefined,
    addCached: () => undefined,
  } satisfies FormatterModule);
  void i18next.init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    resources: { en: { translation: english } },
    nsSeparator: false,
    returnNull: false,
    interpolation: { escape, alwaysFormat: true },
  });
  const fill = (key: string, values: Values = {}) => {
    const count = values['count'];
    const plural = typeof count === 'number' ? { count: Math.min(count, MOST_COUNTED) } : {};
    return i18next.t(key, { replace: values, nest: false, ...plural });
  };
  const lookUp = (table: string, code: string, values?: Values) => {
    const key = `${table}.${code}`;
    return isKey(key) ? fill(key, values) : undefined;
  };
  return {
    t: (key, ...[values]) => fill(key, values),
    message: (key, ...[values]) => ({
      what: fill(`${key}.what`, values),
      next: lookUp(key, 'next', values),
    }),
    lookUp,
    isKey,
    fill,
    isolated: escape,
    formats,
    language: () => language,
    locale,
    setLanguage: async (next) => {
      wanted = next;
      if (!i18next.hasResourceBundle(next, 'translation'))
        i18next.addResourceBundle(next, 'translation', await catalogueOf(next));
      if (wanted !== next) return;
      language = next;
      void i18next.changeLanguage(next);
    },
    onLanguageChange: (callback) => {
      i18next.on('languageChanged', callback);
      return () => i18next.off('languageChanged', callback);
    },
  };
}

/** English has every key: other languages fall back to it. */
function isKey(key: string): key is Key {
  const parts = key.split('.');
  const last = parts.pop() ?? '';
  let table: unknown = english;
  for (const part of parts) table = own(table, part);
  return typeof (own(table, last) ?? own(table, `${last}_other`)) === 'string';
}

function own(table: unknown, key: string): unknown {
  return typeof table === 'object' && table !== null
    ? Object.getOwnPropertyDescriptor(table, key)?.value
    : undefined;
}

/** This process's texts. */
export const i18n = createI18n();
export const { t, message, lookUp, fill, isolated, formats } = i18n;
