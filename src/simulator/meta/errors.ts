import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Refusal } from '../calls/call.ts';
import { type HttpReply, json } from '../http/server.ts';
import { newTraceId } from './ids.ts';

/**
 * Graph errors of calling by code: HTTP status and our wording of the meaning
 * (docs/providers/meta.md#errors).
 */
const ERRORS: Readonly<Record<number, readonly [status: number, message: string]>> = {
  4: [429, 'Application request limit reached'],
  100: [400, 'Invalid parameter'],
  190: [401, 'Invalid OAuth access token'],
  2500: [400, 'Unknown path components'],
  613: [429, 'Calls to this api have exceeded the rate limit'],
  131009: [400, 'Parameter value is not valid'],
  131026: [400, 'Message undeliverable'],
  131030: [400, 'Recipient phone number not in allowed list'],
  131044: [400, 'Business eligibility payment issue'],
  131047: [
    400,
    'Re-engagement message: more than 24 hours have passed since the customer last wrote',
  ],
  131055: [400, 'Method not allowed: the number uses SIP'],
  132000: [400, 'Number of parameters does not match the expected number of params'],
  132001: [404, 'Template name does not exist in the translation'],
  138000: [401, 'Calling not enabled'],
  138001: [400, 'Receiver uncallable'],
  138002: [429, 'Concurrent call limit reached'],
  138003: [400, 'Duplicate call'],
  138004: [500, 'Connection error'],
  138005: [429, 'Call rate limit exceeded'],
  138006: [401, 'No approved call permission from the recipient'],
  138007: [500, 'Connection timeout'],
  138009: [400, 'Call permission request limit reached'],
  138012: [400, 'Business-initiated call limit reached'],
  138013: [400, 'Business-initiated calling is not available'],
  138014: [400, 'Calling temporarily disabled'],
  138015: [400, 'Calling cannot be enabled'],
  138017: [400, 'Call permission already granted permanently'],
  138018: [400, 'Calling cannot be enabled: prerequisites missing'],
  138019: [400, 'WhatsApp client failed to set up the call'],
  138020: [400, 'WhatsApp client could not reach the relay'],
  138021: [400, 'WhatsApp client received no media for a long time'],
  138022: [400, 'WhatsApp client sent no media for a long time'],
  138023: [400, 'Call ended without media signals'],
  138038: [400, 'Another responder has the conversations of this number'],
};

/** The codes that an action can be made to fail with. */
export const graphErrorCodes: readonly number[] = Object.keys(ERRORS).map(Number);

export const errorMessage = (code: number): string =>
  `(#${code}) ${ERRORS[code]?.[1] ?? 'An error occurred'}`;

const graphErrorSchema = z.object({
  message: z.string(),
  code: z.number(),
  error_data: z.object({ details: z.string() }).optional(),
});

/**
 * A Graph error body with its HTTP status. Unknown codes are 400.
 *
 * @vendor documented meta-answers/error
 */
export function graphError(code: number, details?: string, subcode?: number): HttpReply {
  return json(ERRORS[code]?.[0] ?? 400, {
    error: {
      message: errorMessage(code),
      type: 'OAuthException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
      fbtrace_id: newTraceId(),
    },
  });
}

/**
 * Graph's answer for an object id it does not have, on any path.
 *
 * @vendor third-party
 */
export const unknownObject = (id: string): HttpReply =>
  graphError(
    100,
    `Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
    33,
  );

/**
 * The world's refusal in Meta's form. Only the fingerprint texts are published; for the other
 * families Meta gives no number (docs/providers/meta.md#unknown), so they are code 100 with details
 * of ours.
 *
 * @vendor guess
 */
export function refusalError(refusal: Refusal): HttpReply {
  switch (refusal.why) {
    case 'unknown-call':
      return graphError(100, 'Invalid call id');
    case 'wrong-direction':
      return graphError(100, 'The action is only allowed for user-initiated calls');
    case 'already-accepted':
      return graphError(100, 'Call is already in progress');
    case 'ended':
      return graphError(100, 'User already terminated: the call has ended');
    case 'sdp-differs':
      return graphError(100, 'The SDP in accept must be the same as in pre_accept');
    case 'duplicate':
      return graphError(138003, 'A call with this receiver is already in progress');
    case 'sdp':
      return graphError(100, refusal.fault.details, refusal.fault.subcode);
    case 'other-media':
      return graphError(100, 'session: required');
    default:
      return assertNever(refusal, 'refusal');
  }
}

/** The message of a Graph error, with its details; undefined if the reply is not one. */
export function errorOfReply(reply: HttpReply): string | undefined {
  const error =
    reply.kind === 'json' ? z.object({ error: graphErrorSchema }).safeParse(reply.body) : undefined;
  if (!error?.success) return undefined;
  const { message, error_data } = error.data.error;
  return error_data === undefined ? message : `${message}: ${error_data.details}`;
}

/** Meta's code in a Graph error. */
export function codeOfReply(reply: HttpReply): number | undefined {
  const error =
    reply.kind === 'json' ? z.object({ error: graphErrorSchema }).safeParse(reply.body) : undefined;
  return error?.success ? error.data.error.code : undefined;
}
