import { callingCodes } from '../../shared/lib/phone.ts';

const names = new Intl.DisplayNames('en', { type: 'region' });

/** A country's English name; its code if there is none. */
export function countryName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

export interface CountryChoice {
  code: string;
  name: string;
  callingCode: string;
}

/** All countries by name, for a picker. */
export function countryChoices(): readonly CountryChoice[] {
  return callingCodes()
    .map(({ country, code }) => ({ code: country, name: countryName(country), callingCode: code }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
