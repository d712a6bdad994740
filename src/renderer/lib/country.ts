import { formats } from '../../shared/i18n/i18n.ts';
import { callingCodes } from '../../shared/lib/phone.ts';

/** Countries whose English name takes an article in a sentence. */
const withArticle: ReadonlySet<string> = new Set(
  'AE BS CC CD CF CG CK CX DO FK FO GB GM GS IM IO KM KY MH MP MV NL PH SB SC TC TF UM US VA VG VI'.split(
    ' ',
  ),
);

/** A country's name within a sentence: `the United States`, `Brazil`. */
export function countryInSentence(code: string): string {
  const name = formats.country(code);
  return withArticle.has(code) ? `the ${name}` : name;
}

export interface CountryChoice {
  code: string;
  name: string;
  callingCode: string;
}

/** All countries by name, for a picker. */
export function countryChoices(): readonly CountryChoice[] {
  return callingCodes()
    .map(({ country, code }) => ({
      code: country,
      name: formats.country(country),
      callingCode: code,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
