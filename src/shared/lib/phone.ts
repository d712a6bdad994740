import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/** A dialable number: E.164 with its `+`, and the ISO 3166-1 alpha-2 country it belongs to. */
export interface PhoneNumber {
  e164: string;
  country: string | undefined;
  /** As people of that country write it for others abroad, e.g. `+55 11 98765 4321`. */
  display: string;
}

/** Why an entry cannot be dialled. The words are in the renderer's catalogue. */
export type PhoneProblem = 'empty' | 'not-a-number' | 'too-short' | 'too-long' | 'invalid';

/**
 * Reads what an agent typed or pasted (`tel:` links and separators allowed) as a number of `country`
 * unless it starts with `+` or `00`.
 */
export function parsePhone(
  input: string,
  country?: string,
): { ok: true; number: PhoneNumber } | { ok: false; problem: PhoneProblem } {
  const text = input.trim().replace(/^tel:/i, '').replace(/^00/, '+');
  if (text === '') return { ok: false, problem: 'empty' };
  if (!/\d/.test(text) || /[A-Za-z]/.test(text)) return { ok: false, problem: 'not-a-number' };
  const parsed = parsePhoneNumberFromString(
    text,
    country !== undefined && isSupportedCountry(country) ? country : undefined,
  );
  const digits = text.replace(/\D/g, '').length;
  if (!parsed) return { ok: false, problem: digits < 7 ? 'too-short' : 'invalid' };
  if (!parsed.isPossible()) return { ok: false, problem: digits < 8 ? 'too-short' : 'too-long' };
  if (!parsed.isValid()) return { ok: false, problem: 'invalid' };
  return {
    ok: true,
    number: {
      e164: parsed.number,
      country: parsed.country,
      display: parsed.formatInternational(),
    },
  };
}

/** A provider's number (bare digits, e.g. a `wa_id`) for the screen; left as it is when it cannot be read. */
export function displayPhone(digits: string | undefined): string {
  if (digits === undefined || digits === '') return '';
  const bare = digits.replace(/\D/g, '');
  return parsePhoneNumberFromString(`+${bare}`)?.formatInternational() ?? `+${bare}`;
}

/** ISO country of a provider's number, if it can be told. */
export function phoneCountry(digits: string | undefined): string | undefined {
  if (digits === undefined || digits === '') return undefined;
  return parsePhoneNumberFromString(`+${digits.replace(/\D/g, '')}`)?.country;
}

/** Every country with its calling code, for the country picker. */
export function callingCodes(): readonly { country: string; code: string }[] {
  return getCountries().map((country) => ({ country, code: getCountryCallingCode(country) }));
}
