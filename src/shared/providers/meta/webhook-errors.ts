import type { ProviderError } from '../events.ts';
import { MOST_BESIDE, type Reader } from '../webhook.ts';
import { errorSchema } from './webhook-schema.ts';

/** Errors as found beside calls, in message statuses and on their own, each once. */
export function readErrors(
  reader: Reader,
  items: readonly unknown[],
  path: string,
): readonly ProviderError[] {
  const errors = items.slice(0, MOST_BESIDE).flatMap((item, index): ProviderError[] => {
    const error = reader.read(errorSchema, item, `${path}[${index}]`);
    if (!error) return [];
    const details = error.error_data?.details;
    const one = {
      code: error.code ?? 'unknown',
      message: error.message ?? error.title ?? '',
      ...(details !== undefined && { details }),
      transient: error.is_transient ?? false,
    };
    return [one];
  });
  return eachOnce(errors);
}

/** The same error often appears in two places, with more detail in one (case W2). */
export function eachOnce(errors: readonly ProviderError[]): readonly ProviderError[] {
  const byCode = new Map<string, ProviderError>();
  for (const error of errors) {
    const known = byCode.get(error.code);
    byCode.set(error.code, known ? fuller(known, error) : error);
  }
  return [...byCode.values()];
}

function fuller(one: ProviderError, other: ProviderError): ProviderError {
  const details = one.details ?? other.details;
  return {
    ...one,
    message: one.message === '' ? other.message : one.message,
    ...(details !== undefined && { details }),
  };
}

/** For a problem that is not shown anywhere else. */
export function errorWords(errors: readonly ProviderError[]): string {
  return errors.map(({ code, message }) => `${code} ${message}`).join('; ');
}
