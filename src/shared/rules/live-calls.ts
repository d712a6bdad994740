import { providers } from './data/providers.ts';
import type { Facts } from './facts.ts';
import { finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

/** One call at a time per person: the provider refuses a second (error 138003). */
export function duplicateRuling({ customer }: Facts): Ruling {
  if (customer.inCallWith === undefined) return silent;
  return ruling([
    finding(customer.inCallWith === 'me' ? 'already-in-call' : 'colleague-in-call', {}),
  ]);
}

/**
 * Concurrent calls per number (Meta) or per WhatsApp Business Account (360dialog), error 138002.
 */
export function concurrencyRuling({ provider, business }: Facts): Ruling {
  const limit = providers[provider].concurrentCalls.value;
  if (!limit || !business.live) return silent;
  const { max, per } = limit;
  if (per === 'number') {
    return business.live.onNumber >= max ? ruling([finding('concurrent-limit', { max })]) : silent;
  }
  return business.live.onAccount >= max
    ? ruling([finding('concurrent-limit-account', { max })])
    : silent;
}
