/**
 * What is wrong with a number of ours, or with the account it belongs to, until the opposite is told or proven. In the
 * order in which they stand where several are shown.
 *
 * - `access`: its token or key is not taken any more (Meta 190; 401 elsewhere)
 * - `relay-access`: the same of the relay's token, for the calls that it carries
 * - `disabled`, `disabling`: the account is banned, or will be
 * - `deleted`, `offboarded`, `unshared`: the account is gone, has left, or is no longer shared with us
 * - `routing`: another responder has its calls (Conversation Routing; Meta 138038)
 * - `unsubscribed`: nothing receives its calls (138018)
 * - `coexistence`: it is used in the WhatsApp Business app as well, which cannot go with calls
 * - `key-exchange`: its calls come with SDES keys, which no browser takes
 * - `payment`: the account has no valid payment method (131044)
 * - `provider-error`: another error that the provider told of the number itself
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
  /** The provider's code, where it came as an error. */
  code?: string | undefined;
  /** The provider's own words. */
  quote?: string | undefined;
}
