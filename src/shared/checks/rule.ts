import type { Finding, FindingCode } from '../rules/findings.ts';
import { numberVerdict } from '../rules/number-facts.ts';
import { unknown, type CheckState } from './check.ts';
import type { ConsoleFacts, NumberChecksFacts, RelayFacts } from './facts.ts';

/** Everything that a check may look at. */
export interface Facts {
  console: ConsoleFacts;
  number: NumberChecksFacts;
  now: number;
}

export type Rule = (facts: Facts) => CheckState;

/** The finding of one of these kinds about the number itself, if there is one. */
export function found(
  { number, now }: Pick<Facts, 'number' | 'now'>,
  ...codes: readonly FindingCode[]
): Finding | undefined {
  return numberVerdict(number.business, now).findings.find(({ code }) => codes.includes(code));
}

/** Whether it is a number of the Cloud API, at Meta or behind a provider that passes it on. */
export const isCloud = ({ number: { provider } }: Pick<Facts, 'number'>): boolean =>
  provider === 'meta' || provider === 'd360' || provider === 'pilot-meta';

/** From what the relay knows, once it is asked. */
export function fromRelay({ console }: Facts, say: (relay: RelayFacts) => CheckState): CheckState {
  if (console.relay === 'older') return unknown('relay-older');
  return console.relay === undefined ? unknown('needs-relay') : say(console.relay);
}
