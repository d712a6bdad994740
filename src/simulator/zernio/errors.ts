import { type HttpReply, json } from '../http/server.ts';
import { codeOfReply, errorOfReply } from '../meta/errors.ts';

type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'not_found'
  | 'rate_limit_error'
  | 'platform_error'
  | 'api_error';

const TYPES: Readonly<Record<number, ErrorType>> = {
  401: 'authentication_error',
  404: 'not_found',
  429: 'rate_limit_error',
  502: 'api_error',
};

/**
 * Zernio's error body (docs/providers/zernio.md#error-body).
 *
 * @vendor documented zernio-answers/error
 */
export const zernioError = (
  status: number,
  error: string,
  more: { code?: string; platformError?: object } = {},
): HttpReply =>
  json(status, {
    error,
    type: more.platformError ? 'platform_error' : (TYPES[status] ?? 'invalid_request_error'),
    ...more,
  });

/**
 * Many calling operations answer errors as plain text.
 *
 * @vendor documented zernio-answers/error-plain
 */
export const plainError = (status: number, error: string): HttpReply => json(status, { error });

/**
 * A Graph error as Zernio passes it on.
 *
 * @vendor documented zernio-answers/error
 */
export function passedOn(reply: HttpReply): HttpReply {
  const code = codeOfReply(reply);
  if (code === undefined || reply.kind !== 'json') return reply;
  const message = errorOfReply(reply) ?? '';
  return zernioError(reply.status, message, { platformError: { code, message } });
}

/**
 * Too many requests (docs/providers/zernio.md#rate-limits).
 *
 * @vendor documented zernio-answers/error
 */
export const tooOften = (now: number): HttpReply => {
  const reply = zernioError(429, 'Rate limit exceeded');
  const headers = {
    'x-ratelimit-limit': '60',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(now / 1000) + 1),
    'retry-after': '1',
  };
  return reply.kind === 'json' ? { ...reply, headers } : reply;
};
