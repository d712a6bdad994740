import type { ShowValue } from '../../shared/rules/words.ts';
import { countryName } from './country.ts';
import { moment } from './format.ts';

/** How the values of a rule's sentence are written: times as moments, countries and regions by name. */
export function showValueAt(now: number): ShowValue {
  return (name, value) => {
    if (typeof value === 'number' && name.endsWith('At'))
      return moment(value, Math.max(now, value));
    if (name === 'country' || name === 'region') return countryName(String(value));
    return String(value);
  };
}
