import { createInstance } from 'i18next';
import { englishLocale } from '../lib/english-locale.ts';
import { isolate } from '../lib/foreign-text.ts';
import { en } from './en/index.ts';
import type { Catalogue, Key, MessageKey, TableKey, Values, ValuesOf } from './keys.ts';
import type { Message } from './message.ts';

/** Every language with its catalogue. To add one, translate `en/` and list it here. */
const catalogues = { en } satisfies Record<string, Catalogue>;
export type Language = keyof typeof catalogues;

/** The texts of one process, in one language at a time. */
export interface I18n {
  /** A text with its values filled in. Strings among them keep their own direction. */
  t: <K extends Key>(key: K, ...values: ValuesOf<K>) => string;
  /** What happened and, where there is something to do, what to do next. */
  message: <K extends MessageKey>(key: K, ...values: ValuesOf<`${K}.what` & Key>) => Message;
  /** The text for a code from outside, or undefined where the table has none. */
  lookUp: (table: TableKey, code: string, values?: Values) => string | undefined;
  /** Whether there is such a text; for keys made of codes from outside. */
  isKey: (key: string) => key is Key;
  /** A text whose values are known only at run time. A placeholder without a value stays. */
  fill: (key: Key, values: Values) => string;
  language: () => Language;
  setLanguage: (language: Language) => void;
  /** Calls back after each change of language. @returns unsubscribes */
  onLanguageChange: (callback: () => void) => () => void;
}

/** Creates an instance; a process needs only the one below. */
export function createI18n(initial: Language = 'en'): I18n {
  const i18next = createInstance();
  void i18next.init({
    lng: initial,
    fallbackLng: 'en',
    initAsync: false,
    resources: Object.fromEntries(
      Object.entries(catalogues).map(([language, translation]) => [language, { translation }]),
    ),
    nsSeparator: false,
    returnNull: false,
    interpolation: { escape: isolate },
  });
  i18next.services.formatter?.add('list', (names: readonly string[], locale) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map(isolate)),
  );
  const locale = englishLocale(Intl.DateTimeFormat().resolvedOptions().locale);
  const clock = (timeStyle: 'short' | 'medium') => {
    const format = new Intl.DateTimeFormat(locale, { timeStyle });
    return (at: number) => format.format(at);
  };
  i18next.services.formatter?.add('time', clock('short'));
  i18next.services.formatter?.add('exactTime', clock('medium'));
  const fill = (key: string, values: Values = {}) => {
    const count = values['count'];
    const plural = typeof count === 'number' ? { count } : {};
    return i18next.t(key, { replace: values, nest: false, ...plural });
  };
  const lookUp = (table: string, code: string, values?: Values) => {
    const key = `${table}.${code}`;
    return isKey(key) ? fill(key, values) : undefined;
  };
  let language = initial;
  return {
    t: (key, ...[values]) => fill(key, values),
    message: (key, ...[values]) => ({
      what: fill(`${key}.what`, values),
      next: lookUp(key, 'next', values),
    }),
    lookUp,
    isKey,
    fill,
    language: () => language,
    setLanguage: (next) => {
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
  let table: unknown = en;
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
export const { t, message, lookUp, fill } = i18n;
