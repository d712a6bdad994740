import type { Result } from './result.ts';
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { type Found, findNumbers } from './find-number.ts';
import { numberKey } from './person-key.ts';

/** A dialable number: E.164 with its `+`, and the ISO 3166-1 alpha-2 country it belongs to. */
export interface PhoneNumber {
  e164: string;
  country: string | undefined;
  /** International format as its country writes it, e.g. `+55 11 98765 4321`. */
  display: string;
}

/** Why an entry cannot be dialled. The texts are in the catalogue. */
export type PhoneProblem = 'empty' | 'not-a-number' | 'too-short' | 'too-long';

/** A hint to check before dialling. It never blocks. */
type PhoneHint =
  /** Outside the known numbering plan: mistyped, or our data is out of date. */
  | 'unusual'
  /** The text held more than one number; this is the first. */
  | 'first-of-several';

export type ParsedPhone = Result<
  { number: PhoneNumber; hint: PhoneHint | undefined },
  PhoneProblem
>;

/** E.164 allows 15 digits. With country code, fewer than 7 cannot be a WhatsApp number. */
const SHORTEST = 7;
const LONGEST = 15;

/**
 * Finds the number in what an agent typed or pasted: links, ids, sentences (see `find-number.ts`).
 * Without `+` it belongs to `country` unless it only makes sense abroad. Numbering plans advise and
 * never forbid.
 */
export function parsePhone(input: string, country?: string): ParsedPhone {
  const found = findNumbers(input, callingCodeOf(country) === '1');
  if (!found.ok) return found;
  const read = found.value.numbers.map((one) => readNumber(one, country));
  const best = read.find(({ usual }) => usual) ?? read.find(({ problem }) => problem === undefined);
  // Among words, digits outside every numbering plan are a date, an amount or a vanity number.
  const isDoubtful = found.value.amongWords && best?.usual === false && best.digits.length < 10;
  if (!best || isDoubtful) {
    return {
      ok: false,
      error: found.value.amongWords ? 'not-a-number' : (read[0]?.problem ?? 'not-a-number'),
    };
  }
  const others = read.filter(
    ({ usual, digits }) => usual && numberKey(digits) !== numberKey(best.digits),
  );
  return {
    ok: true,
    value: {
      number: phoneOf(best.digits),
      hint: !best.usual ? 'unusual' : others.length > 0 ? 'first-of-several' : undefined,
    },
  };
}

/** A number as a provider reports it, e.g. a `wa_id`: callable as it is, whatever the plans say. */
export function phoneOf(number: string): PhoneNumber {
  const digits = number.replace(/\D/g, '');
  return { e164: `+${digits}`, country: phoneCountry(digits), display: displayPhone(digits) };
}

/** Formats a provider's number (bare digits, e.g. a `wa_id`) without adding or dropping a digit. */
export function displayPhone(number: string | undefined): string {
  const digits = (number ?? '').replace(/\D/g, '');
  if (digits === '') return '';
  const today = numberKey(digits);
  const shown =
    today === digits || !isValid(today) ? format(digits) : spelledAsBefore(format(today), digits);
  return shown.replace(/\D/g, '') === digits ? shown : `+${digits}`;
}

/** ISO country of a provider's number, if known. */
export function phoneCountry(number: string | undefined): string | undefined {
  const digits = (number ?? '').replace(/\D/g, '');
  if (digits === '') return undefined;
  return parsePhoneNumberFromString(`+${digits}`)?.country;
}

/** The default country of typed numbers: the calling number's, else the one in the settings. */
export function dialCountry(
  account: { number: string } | undefined,
  { defaultCountry }: { defaultCountry: string },
): string {
  return phoneCountry(account?.number) ?? defaultCountry;
}

/** Every country with its calling code, for the country picker. */
export function callingCodes(): readonly { country: string; code: string }[] {
  return getCountries().map((country) => ({ country, code: getCountryCallingCode(country) }));
}

interface Read {
  /** Digits with the country code. */
  digits: string;
  /** Whether the numbering plan has it, in its current or an older spelling. */
  usual: boolean;
  problem: PhoneProblem | undefined;
}

/** Parses one run of digits. Of several readings the first within a numbering plan wins. */
function readNumber({ digits, international }: Found, country: string | undefined): Read {
  const code = callingCodeOf(country);
  const abroad = readings(`+${digits}`);
  const home = code === undefined ? [] : readings(digits, country, code);
  const tried = international ? abroad : [...home, ...abroad];
  const usual = tried.find(isValidSpelling);
  if (usual !== undefined) return { digits: usual, usual: true, problem: undefined };
  const possible = tried.find((one) => parsePhoneNumberFromString(`+${one}`)?.isPossible());
  // Too long for a national number, or written with the country code.
  const asItIs = international || code === undefined || digits.length > 10;
  const kept = possible ?? (asItIs ? digits : `${code}${digits.replace(/^0/, '')}`);
  return { digits: kept, usual: false, problem: lengthProblem(kept, digits) };
}

/** Possible readings of a text as digits with country code, most likely first. */
function readings(text: string, country?: string, code?: string): string[] {
  const known = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(text, known);
  if (!parsed) return [];
  const read = parsed.number.slice(1);
  const national = read.slice(parsed.countryCallingCode.length);
  // Prefixes for other areas and mobile numbers in Mexico until 2019.
  const old = code === '52' ? /^(?:04[45]|01)(\d{10})$/.exec(text)?.[1] : undefined;
  if (old !== undefined) return [`52${old}`];
  return [
    read,
    // A trunk prefix hidden from the parser by an older spelling: "+55 (0) 31 8888-7777".
    ...(national.startsWith('0') ? [`${parsed.countryCallingCode}${national.slice(1)}`] : []),
  ];
}

function lengthProblem(digits: string, typed: string): PhoneProblem | undefined {
  if (typed.length < SHORTEST) return 'too-short';
  return digits.length > LONGEST ? 'too-long' : undefined;
}

/** Whether a number is valid, now or in its older spelling. */
function isValidSpelling(digits: string): boolean {
  return isValid(digits) || (numberKey(digits) !== digits && isValid(numberKey(digits)));
}

function isValid(digits: string): boolean {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  // The parser corrects as it reads: "+54 11 15 …" is valid only as another number.
  return digits.length <= LONGEST && parsed?.number === `+${digits}` && parsed.isValid();
}

function format(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`;
}

/** Converts an older spelling to today's. */
function spelledAsBefore(today: string, digits: string): string {
  if (digits.startsWith('521')) return today.replace(/^\+52 /, '+52 1 ');
  if (digits.startsWith('55')) return today.replace(/^(\+55 \d\d )9/, '$1');
  return format(digits);
}

export function callingCodeOf(country: string | undefined): string | undefined {
  return country !== undefined && isSupportedCountry(country)
    ? getCountryCallingCode(country)
    : undefined;
}
