/** Writes numbers, dates and times for people. Every call asks for the locale anew. */
export interface Formats {
  /** `1,234.5`; with at most 3 decimals, or exactly as many as given. */
  number: (value: number, decimals?: number) => string;
  /** An exact decimal such as `0.0625`, without loss of digits. */
  decimal: (digits: string) => string;
  /** A share of 1 as `12%`; below ten percent with one decimal. */
  percent: (share: number) => string;
  /** Names joined as in a sentence. */
  list: (names: readonly string[]) => string;
  /** The name of a language, e.g. of `pt-BR`; its code if there is none. */
  language: (code: string) => string;
  /** The name of a country; its code if there is none. */
  country: (code: string) => string;
  /** Hours and minutes. This and the following take Unix ms. */
  time: (at: number) => string;
  /** With seconds. */
  exactTime: (at: number) => string;
  weekday: (at: number) => string;
  /** Where weeks begin here; 0 is Monday. */
  firstWeekday: () => number;
  /** A day without its year. */
  dayAndMonth: (at: number) => string;
  /** A month with its year. */
  month: (at: number) => string;
  /** A day with its year. */
  date: (at: number) => string;
  /** The full date, and the time to the second. */
  exactDate: (at: number) => string;
}

/** Creates the formats. @param locale the locale now, as a BCP 47 tag */
export function createFormats(locale: () => string): Formats {
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = perLocale(locale, (now) => new Intl.DateTimeFormat(now, options));
    return (at: number) => format().format(at);
  };
  const numbers = (options?: Intl.NumberFormatOptions) =>
    perLocale(locale, (now) => new Intl.NumberFormat(now, options));
  const plain = numbers();
  const fixed = Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) =>
    numbers({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  );
  const fixedTo = (decimals: number) => fixed[Math.min(decimals, MOST_DECIMALS)] ?? plain;
  const percents = numbers({ style: 'percent' });
  const smallPercents = numbers({ style: 'percent', minimumFractionDigits: 1 });
  const lists = perLocale(locale, (now) => new Intl.ListFormat(now, { type: 'conjunction' }));
  const languages = perLocale(locale, (now) => new Intl.DisplayNames(now, { type: 'language' }));
  const countries = perLocale(locale, (now) => new Intl.DisplayNames(now, { type: 'region' }));
  return {
    number: (value, decimals) =>
      (decimals === undefined ? plain : fixedTo(decimals))().format(value),
    decimal(digits) {
      const decimals = digits.split('.')[1]?.length ?? 0;
      // `Intl` reads a text exactly.
      return isNumeric(digits) ? fixedTo(decimals)().format(digits) : digits;
    },
    percent: (share) => (share > 0 && share < 0.1 ? smallPercents() : percents()).format(share),
    list: (names) => lists().format(names),
    language(code) {
      try {
        return languages().of(code) ?? code;
      } catch {
        // No language tag.
        return code;
      }
    },
    country(code) {
      try {
        return countries().of(code) ?? code;
      } catch {
        return code;
      }
    },
    time: dates({ timeStyle: 'short' }),
    exactTime: dates({ timeStyle: 'medium' }),
    weekday: dates({ weekday: 'long' }),
    firstWeekday: () => firstWeekdayOf(locale()),
    dayAndMonth: dates({ day: 'numeric', month: 'short' }),
    month: dates({ month: 'long', year: 'numeric' }),
    date: dates({ day: 'numeric', month: 'short', year: 'numeric' }),
    exactDate: dates({ dateStyle: 'full', timeStyle: 'medium' }),
  };
}

function isNumeric(text: string): text is Intl.StringNumericLiteral {
  return Number.isFinite(Number(text));
}

/** CLDR's week of the locale's region, Monday where nobody knows it. */
function firstWeekdayOf(locale: string): number {
  // Part of ECMA-402 that TypeScript's library does not have yet.
  const known: Intl.Locale & { getWeekInfo?: () => { firstDay: number } } = new Intl.Locale(locale);
  return ((known.getWeekInfo?.().firstDay ?? 1) + 6) % 7;
}

/** No amount has more decimals. */
const MOST_DECIMALS = 20;

/** Makes a format once for each locale. */
function perLocale<F>(locale: () => string, make: (locale: string) => F): () => F {
  const made = new Map<string, F>();
  return () => {
    const now = locale();
    const format = made.get(now) ?? make(now);
    made.set(now, format);
    return format;
  };
}
