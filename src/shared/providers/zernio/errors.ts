import { z } from 'zod';
import { metaCodeIn, metaTransient } from '../d360/meta-code.ts';
import type { ProviderError } from '../events.ts';
import { metaErrorOf } from '../meta/api.ts';
import { type ErrorWords, metaErrorWords } from '../meta/errors.ts';

/**
 * Zernio mostly tells an error by HTTP status alone, and the same status means other things elsewhere (section 9).
 * `update` includes disabling; `read` is the list, a call and the estimate.
 */
export type ZernioOperation =
  | 'config'
  | 'enable'
  | 'update'
  | 'permission'
  | 'dial'
  | 'recording'
  | 'read';

const code = z
  .union([z.string().min(1), z.number().transform(String)])
  .optional()
  .catch(undefined);

const platformError = z.object({ code, message: z.string().optional().catch(undefined) });

/** `error` is text or an object with a message (section 10). */
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
 * The provider's refusal in our terms. Its code is, in this order: Meta's where it is passed on, Zernio's own, the
 * operation with its status where we know what that means (`dial-409`), the plain status.
 *
 * @param status the HTTP status
 * @param body the parsed JSON, or undefined when it was none
 */
export function zernioErrorOf(
  status: number,
  body: unknown,
  operation: ZernioOperation,
): ProviderError {
  const plain = metaErrorOf(status, undefined);
  const read = zernioError.safeParse(body);
  const told = read.success ? read.data : {};
  const error = typeof told.error === 'string' ? { message: told.error } : told.error;
  const message = error?.message ?? plain.message;
  const details = told.platformError?.message;
  const meta =
    metaOf(told.platformError?.code) ?? metaCodeIn(`${message} ${details ?? ''}`, zernioErrorWords);
  const own = [told.code ?? error?.code, `${operation}-${status}`, told.type].find(
    (one) => one !== undefined && Object.hasOwn(zernioErrorWords, one),
  );
  const found = meta ?? own ?? told.code ?? error?.code ?? plain.code;
  return {
    code: found,
    message,
    ...(details !== undefined && { details }),
    transient: meta === undefined ? plain.transient : metaTransient(status, meta),
  };
}

function metaOf(told: string | undefined): string | undefined {
  return told !== undefined && /^\d+$/.test(told) && Object.hasOwn(zernioErrorWords, told)
    ? told
    : undefined;
}

const rest = {
  words: 'Zernio does not know this number.',
  next: 'Ask an administrator to check the account’s settings.',
};

/** Every status that the facts tell of (section 9), Zernio's own types (10), and Meta's codes where it passes them on. */
export const zernioErrorWords: Readonly<Record<string, ErrorWords>> = {
  ...metaErrorWords,
  '131047': {
    words: 'The customer has not written or called within 24 hours.',
    next: 'Wait until they write, or send a template message first.',
  },
  'config-404': rest,
  'enable-400': {
    words: 'Zernio cannot forward calls to this destination.',
    next: 'Use another phone number, SIP or wss address; it must not be the number itself.',
  },
  'enable-404': rest,
  'enable-409': {
    words: 'Calling cannot be switched on: a SIP trunk has this number.',
    next: 'Take the number off the SIP trunk in Zernio first.',
  },
  'enable-422': {
    words:
      'Calling cannot be switched on: the plan is not the usage-based one, or the number may not yet write to 2,000 customers a day.',
    next: 'Ask an administrator to check the plan in Zernio and the messaging limit in WhatsApp Manager.',
  },
  'update-400': {
    words: 'Zernio did not accept the change.',
    next: 'Check the destination; it must not be the number itself.',
  },
  'update-404': rest,
  'permission-404': rest,
  'dial-409': {
    words: 'The customer has not allowed calls, or this very call is being placed already.',
    next: 'Look at the permission, and ask for it if it is missing.',
  },
  'dial-422': {
    words:
      'Zernio cannot place this call: calling is off, the number’s country does not allow it, or SIP credentials are missing.',
    next: 'Ask an administrator to check the number’s calling settings.',
  },
  'dial-502': {
    words: 'Zernio’s carrier could not place the call.',
    next: 'Try again in a minute.',
  },
  'recording-404': {
    words: 'There is no recording of this call.',
    next: 'If the call has just ended, look again in a minute.',
  },
  'recording-502': {
    words: 'The recording could not be fetched.',
    next: 'Try again in a minute.',
  },
  'read-404': {
    words: 'Zernio does not know this call.',
    next: 'Check that it belongs to this number.',
  },
  invalid_resource_state: {
    words: 'The number is in a state in which this cannot be done.',
    next: 'Ask an administrator whether a SIP trunk has the number.',
  },
  FEATURE_NOT_AVAILABLE: {
    words: 'The Zernio plan does not include this.',
    next: 'Ask an administrator to check the plan.',
  },
  invalid_request_error: {
    words: 'Zernio did not accept the request.',
    next: 'Try once more. If it stays, give the details below to whoever runs this console.',
  },
  authentication_error: {
    words: 'Zernio did not accept the key.',
    next: 'Ask an administrator for a new key.',
  },
  permission_error: {
    words: 'The key may not do this.',
    next: 'Ask an administrator for a key that may handle calls.',
  },
  not_found: rest,
  rate_limit_error: {
    words: 'Zernio was asked too often.',
    next: 'Wait a minute, then try again.',
  },
  platform_error: {
    words: 'WhatsApp refused.',
    next: 'The details below say why.',
  },
  api_error: {
    words: 'Zernio made a mistake.',
    next: 'Try again in a minute.',
  },
  'http-401': {
    words: 'Zernio did not accept the key.',
    next: 'Ask an administrator for a new key.',
  },
  'http-404': rest,
  'http-429': {
    words: 'Zernio was asked too often.',
    next: 'Wait a minute, then try again.',
  },
};
