import { metaErrorOf } from '../meta/api.ts';
import { isKnownCode } from '../error-words.ts';

/**
 * Meta's code in a reseller's message, e.g. `(#138006) …` or `Meta error 131044`. Only known codes,
 * and short ones only after `#`, because a text may contain any number.
 */
export function metaCodeIn(text: string, table: 'meta' | 'zernio' = 'meta'): string | undefined {
  const found = text.match(/#\d{3}\b|\b1[0-9]{5}\b/g) ?? [];
  return found.map((code) => code.replace('#', '')).find((code) => isKnownCode(table, code));
}

/** Whether a retry may help, as for the same code from Meta. */
export function metaTransient(status: number, code: string): boolean {
  return metaErrorOf(status, { error: { code: Number(code) } }).transient;
}
