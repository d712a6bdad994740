import { perPulse, nextEditionAt, rateOf } from './cost/rate-card.ts';
import { providers } from './data/providers.ts';
import { decimalText, trimmed } from './decimal.ts';
import type { Facts } from './facts.ts';
import { finding, type Finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

/** The price of a minute, and whether the provider may bill whole minutes. Never blocks a call. */
export function costRuling({ provider, customer, cost }: Facts, now: number): Ruling {
  const billing = providers[provider].billing.value;
  if (billing === 'free') return silent;
  const byMinute: Finding[] = billing === 'minute' ? [finding('cost-by-minute', {})] : [];
  if (!cost || customer.number === undefined) return ruling(byMinute);
  const { card, currency, monthSeconds } = cost;
  const found = rateOf(card, { number: customer.number, currency, at: now, monthSeconds }, 1);
  const changesAt = nextEditionAt(card, currency, now);
  if (!found.ok) return ruling([...byMinute, finding('cost-unknown', { currency })], changesAt);
  const { value } = found;
  const values = {
    perMinute: decimalText(trimmed(value.perMinute)),
    perPulse: decimalText(trimmed(perPulse(value))),
    currency,
    region: value.region,
  };
  return ruling([...byMinute, finding('cost-rate', values)], changesAt);
}
