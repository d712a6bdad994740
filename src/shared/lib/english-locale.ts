/**
 * The locale in which our English sentences write days and times: as this computer's people do, English being the only
 * language so far. An English one stays; for others days stand before months, and hours are counted as they count them.
 *
 * @param language a BCP 47 tag, e.g. of the window or the system
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
