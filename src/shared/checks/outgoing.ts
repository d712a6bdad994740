import { tierRuling } from '../rules/account.ts';
import { outboundCountryRuling } from '../rules/countries.ts';
import type { Facts as RuleFacts } from '../rules/facts.ts';
import type { Finding } from '../rules/findings.ts';
import {
  button,
  fault,
  line,
  notApplicable,
  ok,
  unknown,
  warning,
  type CheckState,
} from './check.ts';
import type { checkRows } from './ids.ts';
import { found, type Facts, type Rule } from './rule.ts';

/** A token that ends is warned about from then on, in ms: time to make and hand out another. */
const TOKEN_WARNING_MS = 14 * 86_400_000;

/** The rules about a customer, of whom there is none here. */
const asRuleFacts = ({ number }: Facts): RuleFacts => ({
  provider: number.provider,
  business: {
    ...number.business,
    ...tierOf(number.readings.tier),
    outboundDisabled: number.settings?.outboundDisabled,
  },
  customer: {},
  permission: 'unchecked',
  history: [],
});

/** The provider's word on the tier counts more than what an agent entered. */
const tierOf = (tier: Facts['number']['readings']['tier']): { messagingTier?: string } =>
  tier && !('error' in tier) && tier.value !== undefined ? { messagingTier: tier.value } : {};

const first = (findings: readonly Finding[]): Finding | undefined => findings[0];

/** Whether we can call out. */
export const outgoing: Readonly<Record<(typeof checkRows)['out'][number], Rule>> = {
  key: (facts) => {
    const { hasKey, readings } = facts.number;
    if (!hasKey) return fault({ key: 'key-unreadable' }, button('import-profile'));
    const refused = found(facts, 'access-refused');
    if (refused) return fault(refused, button('import-profile'));
    const relays = found(facts, 'relay-access-refused');
    if (relays) return fault(relays, line('relay-token'));
    const { token } = readings;
    const validUntil = token && !('error' in token) ? token.value.validUntil : undefined;
    if (validUntil === undefined) return keyWorks(facts);
    const values = { endsAt: validUntil };
    if (validUntil <= facts.now) return fault({ key: 'key-ended', values }, line('new-token'));
    return validUntil - facts.now < TOKEN_WARNING_MS
      ? warning({ key: 'key-ends', values }, line('new-token'))
      : ok('key-until', values);
  },
  payment: (facts) => {
    if (facts.number.provider === 'pilot-web') return notApplicable('free');
    const missing = found(facts, 'payment-missing');
    return missing ? fault(missing, line('payment')) : ok('payment-ok');
  },
  country: (facts) => {
    if (facts.number.provider === 'pilot-web') return notApplicable('any-country');
    const refused = found(facts, 'country-refused');
    if (refused) return fault(refused, line('other-country'));
    const finding = first(outboundCountryRuling(asRuleFacts(facts)).findings);
    if (!finding) return ok('country-ok');
    const say = finding.severity === 'block' ? fault : warning;
    return say(finding, line('other-country'));
  },
  tier: (facts) => {
    if (facts.number.provider === 'pilot-web') return notApplicable('no-tier');
    const refused = found(facts, 'tier-refused');
    if (refused) return fault(refused, line('raise-tier'));
    const rules = asRuleFacts(facts);
    const finding = first(tierRuling(rules).findings);
    if (finding) {
      const say = finding.code === 'tier-disputed' ? warning : fault;
      return say(finding, line('raise-tier'));
    }
    const { messagingTier } = rules.business;
    if (messagingTier !== undefined) return ok('tier-ok', { tier: messagingTier });
    // Calls could not be switched on below it.
    return facts.number.settings?.calling ? ok('tier-enough') : unknown('tier-untold');
  },
  prices: (facts) => {
    const { console, now } = facts;
    if (facts.number.provider === 'pilot-web') return notApplicable('free');
    if (facts.number.provider === 'zernio') return notApplicable('prices-by-provider');
    const { prices } = console;
    if (!prices) return unknown('prices-none', undefined, button('import-prices'));
    const { name, from } = prices;
    return from < quarterOf(now)
      ? warning({ key: 'prices-old', values: { name, fromAt: from } }, button('import-prices'))
      : ok('prices-ok', { name, fromAt: from });
  },
};

function keyWorks({ number }: Facts): CheckState {
  const { settings, settingsError, readings } = number;
  if (settingsError) return ok('key-not-refused');
  return (settings ?? readings.phone ?? readings.token) ? ok('key-ok') : unknown('not-asked');
}

/** The day from which Meta may have changed its prices last (docs/providers/meta.md#pricing), Unix ms. */
function quarterOf(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1);
}
