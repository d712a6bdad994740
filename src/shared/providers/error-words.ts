import { assertNever } from '../lib/assert-never.ts';
import { type ProviderId, providerIds } from '../rules/data/providers.ts';
import { d360ErrorWords } from './d360/errors.ts';
import type { ProviderError } from './events.ts';
import { type ErrorWords, metaErrorWords } from './meta/errors.ts';
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
  return /^http-5\d\d$/.test(code) ? broken : undefined;
}

const broken: ErrorWords = {
  words: 'The provider has a problem of its own.',
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
