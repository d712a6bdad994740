import { formats, lookUp } from '../../shared/i18n/i18n.ts';
import { isoDate } from '../../shared/rules/zoned-time.ts';
import type { ShowValue } from '../../shared/rules/finding-message.ts';
import { countryInSentence } from './country.ts';
import { dateName, hoursInWords, moment, momentSince } from './format.ts';

/** Formats the values in a finding's text: times, countries, regions and restrictions. */
export function showValueAt(now: number): ShowValue {
  return (name, value) => {
    // The day from which prices hold, in UTC.
    if (typeof value === 'number' && name === 'fromAt') return dateName(isoDate(value));
    if (typeof value === 'number' && name.endsWith('At'))
      return (name === 'sinceAt' ? momentSince : moment)(value, Math.max(now, value));
    if (typeof value === 'number' && name === 'hours') return hoursInWords(value);
    if (name === 'country' || name === 'region') return countryInSentence(String(value));
    if (name === 'restriction')
      return lookUp('numbers.restrictions', String(value)) ?? String(value);
    return typeof value === 'number' ? formats.number(value) : value;
  };
}
