import type { ProviderError } from './events.ts';
import type { NumberFact, NumberFactKind } from '../rules/data/number-fact-kinds.ts';
import { ownValue } from '../lib/own-value.ts';

/** Codes about our number rather than about the request, from any provider. */
const kinds: Readonly<Record<string, NumberFactKind>> = {
  // Graph API error reference: the token expired or was revoked; its subcodes (458–467, 492) only
  // say why.
  '190': 'access',
  // The same for keys: 360dialog and Pilot Status answer 401, Zernio also names its type.
  'http-401': 'access',
  authentication_error: 'access',
  '131031': 'disabled',
  '131044': 'payment',
  META_CALLING_PAYMENT_REQUIRED: 'payment',
  '138018': 'unsubscribed',
  // Conversation Routing: another responder has this number's calls
  // (docs/providers/meta.md#conversation-routing).
  '138038': 'routing',
};

/**
 * The fact about the number behind a provider's refusal; undefined if it is only about the request
 * (docs/providers/meta.md#errors).
 */
export function factOfError(error: ProviderError): NumberFact | undefined {
  const kind = ownValue(kinds, error.code);
  // Meta says 190. A 401 without Meta's own message comes from a proxy on the way.
  if (kind === undefined || (error.code === 'http-401' && error.provider === 'meta')) {
    return undefined;
  }
  const quote = error.details ?? error.message;
  return { kind, code: error.code, ...(quote !== '' && { quote }) };
}

/**
 * Whether calling cannot be set up because the number is also used in the WhatsApp Business app. No
 * page names a code, so this matches the provider's message: a guess
 * (docs/providers/meta.md#errors).
 */
export function isCoexistence({ message, details = '' }: ProviderError): boolean {
  return /coexist|\bcoex\b|whatsapp business app|\bSMB\b/i.test(`${message} ${details}`);
}
