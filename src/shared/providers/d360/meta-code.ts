import { metaErrorOf } from '../meta/api.ts';
import { metaErrorWords } from '../meta/errors.ts';

/**
 * Meta's code in a reseller's words, e.g. `(#138006) …` or `Meta error 131044`. Only codes that are known,
 * and the short ones only with their `#`: any number may be in a text.
 */
export function metaCodeIn(
  text: string,
  known: Readonly<Record<string, unknown>> = metaErrorWords,
): string | undefined {
  const found = text.match(/#\d{3}\b|\b1[0-9]{5}\b/g) ?? [];
  return found.map((code) => code.replace('#', '')).find((code) => Object.hasOwn(known, code));
}

/** Whether trying again may help, as for the same code from Meta itself. */
export function metaTransient(status: number, code: string): boolean {
  return metaErrorOf(status, { error: { code: Number(code) } }).transient;
}
