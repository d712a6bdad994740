import { formats, lookUp } from '../../shared/i18n/i18n.ts';
import type { ShowValue } from '../../shared/rules/finding-message.ts';
import { countryInSentence } from './country.ts';
import { hoursInWords, moment } from './format.ts';

const isOfToday = (at: number, now: number): boolean =>
  new Date(at).toDateString() === new Date(now).toDateString();

/** Formats the values in a finding's text: times, countries, regions and restrictions. */
export function showValueAt(now: number): ShowValue {
  return (name, value) => {
    // No “since 2 min ago”.
    if (typeof value === 'number' && name === 'sinceAt' && isOfToday(value, now))
      return formats.time(value);
    if (typeof value === 'number' && name.endsWith('At'))
      return moment(value, Math.max(now, value));
    if (typeof value === 'number' && name === 'hours') return hoursInWords(value);
    if (name === 'country' || name === 'region') return countryInSentence(String(value));
    if (name === 'restriction')
      return lookUp('numbers.restrictions', String(value)) ?? String(value);
    return typeof value === 'number' ? formats.number(value) : value;
  };
}
