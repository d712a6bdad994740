import { assertNever } from '../lib/assert-never.ts';
import { type ProviderId, providerIds } from '../rules/data/providers.ts';
import { d360ErrorWords } from './d360/errors.ts';
import type { ProviderError } from './events.ts';
import { type ErrorWords, metaErrorWords } from './meta/errors.ts';
import { ownErrorWords } from './own-errors.ts';
import { pilotErrorWords } from './pilot-status/errors.ts';
import { zernioErrorWords } from './zernio/errors.ts';

/**
 * What a provider's refusal means and what to do next, shown beside the provider's own message.
 * Undefined if we know no more than the provider says.
 *
 * @param provider whose code it is; if undefined, the first provider that has the code
 */
export function errorWords(
  provider: ProviderId | undefined,
  { code }: Pick<ProviderError, 'code'>,
): ErrorWords | undefined {
  const tables = (provider === undefined ? providerIds : [provider]).map(tableOf);
  const table = tables.find((one) => Object.hasOwn(one, code));
  if (table) return table[code];
  if (Object.hasOwn(ownErrorWords, code)) return ownErrorWords[code];
  return /^http-5\d\d$/.test(code) ? broken : undefined;
}

/** Codes of our own. Two of them come with instructions. */
const ownCodes: Readonly<Record<string, { explained: boolean }>> = {
  ...Object.fromEntries(Object.keys(ownErrorWords).map((code) => [code, { explained: false }])),
  network: { explained: false },
  timeout: { explained: false },
  unreadable: { explained: false },
  'no-account': { explained: false },
  'no-number': { explained: false },
  'no-recording': { explained: false },
  'foreign-media': { explained: false },
  'config-404': { explained: false },
  'not-supported': { explained: true },
  'forward-to': { explained: true },
};

/** Our message for an answer without one. */
const ownMessage = /^(?:HTTP status \d+|The provider wants no requests for .*)$/;

/**
 * Whether an error's message is the provider's, to be quoted, our own instructions, or meant for
 * the log only, such as the name of a network error.
 */
export function messageOf({ code, message }: ProviderError): 'quote' | 'explanation' | 'none' {
  const own = Object.hasOwn(ownCodes, code) ? ownCodes[code] : undefined;
  if (own) return own.explained && message !== '' ? 'explanation' : 'none';
  return message === '' || ownMessage.test(message) ? 'none' : 'quote';
}

const broken: ErrorWords = {
  words: 'The provider has a problem.',
  next: 'Try again in a minute.',
};

function tableOf(provider: ProviderId): Readonly<Record<string, ErrorWords>> {
  switch (provider) {
    case 'meta':
      return metaErrorWords;
    case 'd360':
      return d360ErrorWords;
    case 'pilot-meta':
    case 'pilot-web':
      return pilotErrorWords;
    case 'zernio':
      return zernioErrorWords;
    default:
      return assertNever(provider, 'provider');
  }
}
