import { phoneCountry } from '../lib/phone.ts';
import {
  blockedForOutbound,
  sanctioned,
  sanctionedPrefixes,
  unreliable,
} from './data/countries.ts';
import type { Facts } from './facts.ts';
import { finding, type Finding } from './findings.ts';
import { ruling, type Ruling } from './ruling.ts';

type Side = 'business' | 'customer';

/**
 * Whether the business number's country may call customers at all. The provider's own answer
 * overrides the lists: +1 alone covers many countries, and lists change
 * (docs/providers/zernio.md#countries).
 */
export function outboundCountryRuling(facts: Facts): Ruling {
  const { number, outboundDisabled } = facts.business;
  const country = phoneCountry(number);
  if (outboundDisabled === false) return ruling([]);
  if (outboundDisabled === true) {
    return ruling([finding('country-blocked', { country: country ?? '' })]);
  }
  const blocked = blockedForOutbound[facts.provider].value;
  if (blocked.length === 0) return ruling([]);
  if (country === undefined) return ruling([finding('country-unknown', {})]);
  return ruling(blocked.includes(country) ? [finding('country-blocked', { country })] : []);
}

/** Sanctioned regions are refused on either side and with every provider; unreliable ones are warned about. */
export function regionRuling(facts: Facts): Ruling {
  return ruling([
    ...regionFindings(facts.business.number, 'business'),
    ...regionFindings(facts.customer.number, 'customer'),
  ]);
}

function regionFindings(number: string | undefined, party: Side): Finding[] {
  const country = phoneCountry(number);
  const digits = number?.replace(/\D/g, '') ?? '';
  const area = sanctionedPrefixes.value.find(({ prefix }) => digits.startsWith(prefix));
  if (area) {
    const values = { region: area.region, party };
    return [finding(area.sure ? 'region-sanctioned' : 'region-doubtful', values)];
  }
  if (country === undefined) return [];
  if (sanctioned.value.includes(country)) {
    return [finding('region-sanctioned', { region: country, party })];
  }
  return unreliable.value.includes(country)
    ? [finding('region-unreliable', { country, party })]
    : [];
}
