import { z } from 'zod';
import { metaCodeIn, metaTransient } from '../d360/meta-code.ts';
import type { ProviderError } from '../events.ts';
import { metaErrorOf } from '../meta/api.ts';
import { isKnownCode } from '../error-words.ts';

/**
 * Zernio mostly reports an error by HTTP status alone, and a status means different things for
 * different operations (docs/providers/zernio.md#http-statuses). `update` includes disabling,
 * `request` is the consent prompt, `read` is the list, a call and the estimate.
 */
export type ZernioOperation =
  | 'config'
  | 'enable'
  | 'update'
  | 'permission'
  | 'request'
  | 'dial'
  | 'recording'
  | 'read';

const code = z
  .union([z.string().min(1), z.number().transform(String)])
  .optional()
  .catch(undefined);

const platformError = z.object({ code, message: z.string().optional().catch(undefined) });

/** `error` is text or an object with a message (docs/providers/zernio.md#error-body). */
const zernioError = z.object({
  error: z
    .union([z.string(), z.object({ message: z.string(), code }).partial()])
    .optional()
    .catch(undefined),
  code,
  type: code,
  platformError: platformError.optional().catch(undefined),
});

/**
 * Converts a refusal to our error. Its code is the first of: Meta's if forwarded, Zernio's own, the
 * operation with its status where documented (`dial-409`), the plain status.
 *
 * @param status HTTP status
 * @param body parsed JSON, or undefined if it was not JSON
 */
export function zernioErrorOf(
  status: number,
  body: unknown,
  operation: ZernioOperation,
): ProviderError {
  const plain = metaErrorOf(status, undefined);
  const read = zernioError.safeParse(body);
  const payload = read.success ? read.data : {};
  const error = typeof payload.error === 'string' ? { message: payload.error } : payload.error;
  const message = error?.message ?? plain.message;
  const details = payload.platformError?.message;
  const meta =
    metaOf(payload.platformError?.code) ?? metaCodeIn(`${message} ${details ?? ''}`, 'zernio');
  const own = [payload.code ?? error?.code, `${operation}-${status}`, payload.type].find(
    (one) => one !== undefined && isKnownCode('zernio', one),
  );
  // For a rejected key the status says more than an unknown code.
  const other = status === 401 ? undefined : (payload.code ?? error?.code);
  const found = meta ?? own ?? other ?? plain.code;
  return {
    code: found,
    message,
    ...(details !== undefined && { details }),
    transient: meta === undefined ? plain.transient : metaTransient(status, meta),
  };
}

function metaOf(code: string | undefined): string | undefined {
  return code !== undefined && /^\d+$/.test(code) && isKnownCode('zernio', code) ? code : undefined;
}
