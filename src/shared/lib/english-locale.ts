/**
 * The locale for dates and times in English sentences, following the habits of this computer's
 * language: English locales stay, others put the day before the month and keep their 12 or 24 hour
 * clock.
 *
 * @param language BCP 47 tag, e.g. of the window or the system
 */
export function englishLocale(language: string): string {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(language);
  } catch {
    return 'en-GB';
  }
  if (locale.language === 'en') return locale.toString();
  const { hourCycle } = new Intl.DateTimeFormat(locale.toString(), {
    hour: 'numeric',
  }).resolvedOptions();
  return hourCycle === undefined ? 'en-GB' : `en-GB-u-hc-${hourCycle}`;
}
