import { z } from 'zod';
import type { ProviderError } from '../events.ts';
import { metaErrorOf, type CloudRoutes } from '../meta/api.ts';
import { isKnownCode } from '../error-words.ts';
import { metaCodeIn, metaTransient } from './meta-code.ts';

/**
 * 360dialog's calling endpoints (docs/providers/d360.md). Requests and answers are Meta's, under
 * other paths because the key identifies the number.
 */

export const D360_API_BASE = 'https://waba-v2.360dialog.io';

export const d360Routes: CloudRoutes = {
  headers: { 'D360-API-KEY': '{key}' },
  calls: '/calling/calls',
  messages: '/messages',
  settings: '/calling/settings',
  permission: ({ waId = '' }) => ({ path: `/calling/permissions/${encodeURIComponent(waId)}` }),
  templates: { path: '/v1/configs/templates' },
  media: (mediaId) => ({ path: `/${encodeURIComponent(mediaId)}` }),
};

/** `error` is text or Meta's object, whose code may have become text. */
const d360Error = z.object({
  error: z.union([
    z.string(),
    z.looseObject({
      message: z.string().optional().catch(undefined),
      code: z.union([z.number(), z.string()]).optional().catch(undefined),
    }),
  ]),
});

/**
 * Converts a refusal to our error.
 *
 * @param status HTTP status
 * @param body parsed JSON, or undefined if it was not JSON
 */
export function d360ErrorOf(status: number, body: unknown): ProviderError {
  const read = d360Error.safeParse(body);
  if (!read.success) return metaErrorOf(status, undefined);
  const { error } = read.data;
  const isMetas =
    typeof error === 'object' &&
    /^\d{1,9}$/.test(String(error.code)) &&
    (status !== 401 || isKnownCode('meta', String(error.code)));
  if (isMetas) {
    return metaErrorOf(status, { error: { ...error, code: Number(error.code) } });
  }
  const message = typeof error === 'string' ? error : error.message;
  const code = metaCodeIn(message ?? '');
  const plain = metaErrorOf(status, undefined);
  return {
    code: code ?? plain.code,
    message: message?.replace(/^\(#\d+\)\s*/, '') ?? plain.message,
    transient: code === undefined ? plain.transient : metaTransient(status, code),
  };
}
