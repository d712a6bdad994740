/** In Node and in windows; types of neither are here. */
declare const navigator: { readonly language: string } | undefined;

/** The date format for texts of a language when the computer uses another one. */
const usual: Readonly<Record<string, string>> = {
  en: 'en-GB',
  'en-XA': 'en-GB',
  ar: 'ar-u-nu-latn',
};

/** As dates and telephone numbers are entered everywhere: our own texts have these digits, too. */
const enteredAs = { calendar: 'gregory', numberingSystem: 'latn' };

/** The language of this computer, as a BCP 47 tag. */
export function systemLanguage(): string {
  return typeof navigator === 'undefined'
    ? new Intl.DateTimeFormat().resolvedOptions().locale
    : navigator.language;
}

/**
 * The locale for numbers, dates and times in texts of `language`, following the habits of the
 * computer: its own locale if it has the same language, else at least its 12 or 24 hour clock.
 *
 * @param language of the texts, e.g. `en`
 * @param system BCP 47 tag of the computer's language
 */
export function localeFor(language: string, system: string): string {
  const fallback = usual[language] ?? language;
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(system);
  } catch {
    return fallback;
  }
  if (locale.language === new Intl.Locale(language).language && language !== 'en-XA')
    return (language === 'ar' ? new Intl.Locale(locale, enteredAs) : locale).toString();
  const { hourCycle } = new Intl.DateTimeFormat(locale.toString(), {
    hour: 'numeric',
  }).resolvedOptions();
  if (hourCycle === undefined) return fallback;
  return new Intl.Locale(fallback, { hourCycle }).toString();
}
