import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Refusal } from '../calls/call.ts';
import { type HttpReply, json } from '../http/server.ts';
import { codeOfReply, errorOfReply } from '../meta/errors.ts';

/**
 * Pilot Status's own code for a refusal of WhatsApp's, if it has one
 * (docs/providers/pilot-status.md#errors).
 */
const WRAPPED: Readonly<Record<number, string>> = {
  131044: 'META_CALLING_PAYMENT_REQUIRED',
  138006: 'META_CALL_PERMISSION_REQUIRED',
  138009: 'META_CALL_PERMISSION_REQUEST_LIMIT',
};

/**
 * Statuses of the codes sent without one; those of the `META_*` family are not documented, 400 is
 * our guess.
 */
const STATUSES: Readonly<Record<string, number>> = {
  WHATSAPP_INSTANCE_NOT_CONNECTED: 409,
  TENANT_SCOPE_NOT_ALLOWED: 403,
  NUMBER_SCOPE_NOT_ALLOWED: 403,
};

/**
 * Pilot Status' error body.
 *
 * @vendor documented pilot-status-answers/error
 */
export const pilotError = (
  code: string,
  error: string,
  status = STATUSES[code] ?? 400,
): HttpReply => json(status, { error, code });

/** @vendor guess */
export const badPayload = (why: string): HttpReply => pilotError('INVALID_PAYLOAD', why);

/** @vendor documented pilot-status-answers/error */
export const notSupported = (): HttpReply =>
  pilotError(
    'FEATURE_NOT_SUPPORTED',
    'Calling is only supported for Meta Cloud API and Pilot Status (web) numbers.',
  );

/**
 * A Graph error as Pilot Status passes it on; any other reply unchanged.
 *
 * @vendor guess
 */
export function passedOn(reply: HttpReply): HttpReply {
  const code = codeOfReply(reply);
  if (code === undefined || reply.kind !== 'json') return reply;
  const words = errorOfReply(reply) ?? '';
  return pilotError(WRAPPED[code] ?? 'META_API_ERROR', words, WRAPPED[code] ? 400 : reply.status);
}

/**
 * The world's refusal. Its codes are not documented; these are ours.
 *
 * @vendor guess
 */
export function refused(refusal: Refusal): HttpReply {
  switch (refusal.why) {
    case 'unknown-call':
      return pilotError('CALL_NOT_FOUND', 'Call not found', 404);
    case 'ended':
      return pilotError('CALL_ALREADY_ENDED', 'The call has already ended', 409);
    case 'already-accepted':
      return pilotError('CALL_ALREADY_ANSWERED', 'The call was already answered', 409);
    case 'duplicate':
      return pilotError('CALL_IN_PROGRESS', 'A call with this number is in progress', 409);
    case 'wrong-direction':
      return badPayload('Only inbound calls can be answered or rejected');
    case 'sdp-differs':
      return badPayload('sdp must be the same as in pre-accept');
    case 'other-media':
      return badPayload('sdp is required on Meta numbers and must be omitted on web numbers');
    case 'sdp':
      return badPayload(refusal.fault.details);
    default:
      return assertNever(refusal, 'refusal');
  }
}
