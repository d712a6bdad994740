import { assertNever } from '../lib/assert-never.ts';
import { type ProviderId, providerIds } from '../rules/data/providers.ts';
import { d360ErrorWords } from './d360/errors.ts';
import type { ProviderError } from './events.ts';
import { type ErrorWords, metaErrorWords } from './meta/errors.ts';
import { ownErrorWords } from './own-errors.ts';
import { pilotErrorWords } from './pilot-status/errors.ts';
import { zernioErrorWords } from './zernio/errors.ts';

/**
 * What a provider's refusal means and what to do next, in our words; to be shown beside the provider's own. Undefined
 * where we know no more than the provider says.
 *
 * @param provider whose code it is; if undefined, the first who has such a code
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

/** Codes that our own side gives; the explanation with two of them says how to do it right. */
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

/** What our side writes where an answer had no words, or none was asked for. */
const ownMessage = /^(?:HTTP status \d+|The provider wants no requests for .*)$/;

/**
 * Whose the message of an error is: the provider's, to be quoted; our own explanation of what to do; or nobody's words,
 * such as the name of a network error, which only the log needs.
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
