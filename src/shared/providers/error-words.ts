import { lookUp } from '../i18n/i18n.ts';
import type { Message } from '../i18n/message.ts';
import { type ProviderId, providerIds } from '../rules/data/providers.ts';
import type { ProviderError } from './events.ts';
import { ownValue } from '../lib/own-value.ts';

/** Providers with error codes of their own. All pass Meta's on. */
type Table = 'meta' | 'd360' | 'pilot-status' | 'zernio';

/** Each provider's codes, and its name where it gave no answer. */
const providers: Readonly<Record<ProviderId, { table: Table; provider: string }>> = {
  meta: { table: 'meta', provider: 'WhatsApp' },
  d360: { table: 'd360', provider: '360dialog' },
  'pilot-meta': { table: 'pilot-status', provider: 'Pilot Status' },
  'pilot-web': { table: 'pilot-status', provider: 'Pilot Status' },
  zernio: { table: 'zernio', provider: 'Zernio' },
};

/**
 * What a provider's refusal means and what to do next, in our words; shown beside the provider's
 * own. Undefined where we know no more than the provider says.
 *
 * @param provider whose code it is; if undefined, the first with such a code
 */
export function providerErrorMessage(
  provider: ProviderId | undefined,
  { code }: Pick<ProviderError, 'code'>,
): Message | undefined {
  for (const id of provider === undefined ? providerIds : [provider]) {
    const { table, provider: name } = providers[id];
    const found =
      entry(`providerErrors.${table}`, code) ??
      entry('providerErrors.noAnswer', code, { provider: name }) ??
      entry('providerErrors.meta', code);
    if (found) return found;
  }
  const own = entry('providerErrors.own', code);
  if (own) return own;
  return /^http-5\d\d$/.test(code) ? entry('providerErrors.general', 'broken') : undefined;
}

/** Whether a provider's own table, or Meta's, has such a code. */
export function isKnownCode(table: Table, code: string): boolean {
  return (
    entry(`providerErrors.${table}`, code) !== undefined ||
    entry('providerErrors.meta', code) !== undefined ||
    entry('providerErrors.noAnswer', code) !== undefined
  );
}

function entry(
  table: `providerErrors.${Table | 'noAnswer' | 'own' | 'general'}`,
  code: string,
  values?: { provider: string },
): Message | undefined {
  const what = lookUp(table, `${code}.what`, values);
  return what === undefined ? undefined : { what, next: lookUp(table, `${code}.next`, values) };
}

/** Reasons for a missing answer that have words of their own, by the code of the failure. */
const networkReasons = [
  'proxy-unreachable',
  'proxy-password',
  'proxy-sign-in',
  'proxy-refused',
  'certificate-untrusted',
  'certificate-early',
] as const;

/**
 * The error code of a request without an answer: the reason if there are texts for it, else
 * its kind.
 *
 * @param why the name of the failure, as in `HttpOutcome`
 */
export function noAnswerCode({
  kind,
  why,
}: {
  kind: 'network' | 'timeout' | 'too-large';
  why: string;
}): string {
  return networkReasons.find((reason) => reason === why) ?? kind;
}

/** Codes of our own. Two of them come with instructions. */
const ownCodes: Readonly<Record<string, { explained: boolean }>> = {
  relay: { explained: false },
  untold: { explained: false },
  failed: { explained: false },
  unexpected: { explained: false },
  network: { explained: false },
  ...Object.fromEntries(networkReasons.map((reason) => [reason, { explained: false }])),
  timeout: { explained: false },
  unreadable: { explained: false },
  'too-large': { explained: false },
  'no-account': { explained: false },
  'no-number': { explained: false },
  'no-recording': { explained: false },
  interrupted: { explained: false },
  'foreign-media': { explained: false },
  'config-404': { explained: false },
  'not-supported': { explained: true },
  'forward-to': { explained: true },
};

/** What our side writes if an answer had no message, or none was requested. For the log only. */
export const logMessages = {
  httpStatus: (status: number) => `HTTP status ${status}`,
  tooLarge: 'The answer was too large.',
  busyFor: (seconds: number) => `The provider wants no requests for another ${seconds} s.`,
};
const logMessage = /^(?:HTTP status \d+|The provider wants no requests for .*)$/;

/**
 * Whether an error's message is the provider's, to be quoted, our own instructions, or meant for
 * the log only, such as the name of a network error.
 */
export function messageOf({ code, message }: ProviderError): 'quote' | 'explanation' | 'none' {
  const own = ownValue(ownCodes, code);
  if (own) return own.explained && message !== '' ? 'explanation' : 'none';
  return message === '' || logMessage.test(message) ? 'none' : 'quote';
}
