/**
 * Problems of a number or its account, until the opposite is reported or proven. In display order.
 *
 * - `access`: its token or key is rejected (Meta 190; 401 elsewhere)
 * - `relay-access`: the relay's token is rejected, for the calls it handles
 * - `disabled`, `disabling`: the account is banned or will be
 * - `deleted`, `offboarded`, `unshared`: the account is gone, has left or is no longer shared with
 *   us
 * - `routing`: another responder has its calls (Conversation Routing; Meta 138038)
 * - `unsubscribed`: nothing receives its calls (138018)
 * - `coexistence`: it is also used in the WhatsApp Business app, which rules out calls
 * - `key-exchange`: its calls come with SDES keys, which no browser accepts
 * - `payment`: the account has no valid payment method (131044)
 * - `provider-error`: another error that the provider reported for the number
 */
export const numberFactKinds = [
  'access',
  'relay-access',
  'disabled',
  'deleted',
  'offboarded',
  'unshared',
  'routing',
  'unsubscribed',
  'coexistence',
  'key-exchange',
  'payment',
  'disabling',
  'provider-error',
] as const;
export type NumberFactKind = (typeof numberFactKinds)[number];

export interface NumberFact {
  kind: NumberFactKind;
  /** The provider's code, if it came as an error. */
  code?: string | undefined;
  /** The provider's own words. */
  quote?: string | undefined;
}
