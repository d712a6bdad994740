import { audio } from './audio.ts';
import type { Check } from './check.ts';
import type { ConsoleFacts, NumberChecksFacts } from './facts.ts';
import { checkIds, type CheckId } from './ids.ts';
import { incoming } from './incoming.ts';
import { outgoing } from './outgoing.ts';
import type { Rule } from './rule.ts';
import { withoutSound } from './without-sound.ts';
import { ownValue } from '../lib/own-value.ts';

const rules: Readonly<Record<CheckId, Rule>> = { ...incoming, ...audio, ...outgoing };

/** All checks of a number as they stand, in their order. */
export function checksOf(
  console: ConsoleFacts,
  number: NumberChecksFacts,
  now: number,
): readonly Check[] {
  return checkIds.map((id) => ({ id, ...rules[id]({ console, number, now }) }));
}

/** The checks of one number, as screens show them. */
export interface NumberChecks {
  accountId: string;
  checks: readonly Check[];
}

/** The check that says why a call failed, by the code it failed with; undefined if it was the customer. */
export function checkOfError(code: string): CheckId | undefined {
  return ownValue(byCode, code);
}

/** docs/providers/meta.md#errors, docs/providers/pilot-status.md#errors. */
export const byCode: Readonly<Record<string, CheckId>> = {
  '190': 'key',
  'http-401': 'key',
  authentication_error: 'key',
  '131031': 'restriction',
  '131044': 'payment',
  META_CALLING_PAYMENT_REQUIRED: 'payment',
  '131055': 'sip',
  '138000': 'calling',
  '138008': 'key-exchange',
  '138013': 'country',
  '138014': 'restriction',
  '138015': 'tier',
  '138018': 'subscription',
  '138038': 'routing',
  ...Object.fromEntries(withoutSound.map((code) => [code, 'udp'] as const)),
  WHATSAPP_INSTANCE_NOT_CONNECTED: 'phone',
};
