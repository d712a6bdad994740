import type { ProviderError } from '../events.ts';
import type { Reader } from '../webhook.ts';
import { errorSchema } from './webhook-schema.ts';

/** Errors as they stand beside calls, in statuses of messages, and on their own. */
export function readErrors(
  reader: Reader,
  items: readonly unknown[],
  path: string,
): readonly ProviderError[] {
  return items.flatMap((item, index) => {
    const error = reader.read(errorSchema, item, `${path}[${index}]`);
    if (!error) return [];
    const details = error.error_data?.details;
    return {
      code: error.code ?? 'unknown',
      message: error.message ?? error.title ?? '',
      ...(details !== undefined && { details }),
      transient: error.is_transient ?? false,
    };
  });
}

/** For a problem that nobody else will show. */
export function errorWords(errors: readonly ProviderError[]): string {
  return errors.map(({ code, message }) => `${code} ${message}`).join('; ');
}
