import { z } from 'zod';
import type { ProviderError } from '../events.ts';

/**
 * Meta's calling endpoints as data: paths, request bodies, answers. Facts 1.1, 1.2, 1.4 and 4. Where Meta's pages contradict
 * each other, what production code sends was taken: `sdp_type` of an accept is `answer`, the wire value is `pre_accept`.
 */

/** v23.0 is the version of Meta's own OpenAPI (facts 0); v20.0 expired in September 2026. A setting of each account. */
export const DEFAULT_API_VERSION = 'v23.0';
export const DEFAULT_API_BASE = 'https://graph.facebook.com';

/** One request; `body` is serialised as it stands. */
export interface MetaRequest {
  method: 'GET' | 'POST';
  /** After `<base>/<version>`. */
  path: string;
  body?: object;
}

const product = { messaging_product: 'whatsapp' } as const;

export const metaRequests = {
  connect: (from: string, call: { to: string; sdp: string; opaque: string }): MetaRequest => ({
    method: 'POST',
    path: callsOf(from),
    body: {
      ...product,
      to: call.to,
      action: 'connect',
      session: { sdp_type: 'offer', sdp: call.sdp },
      biz_opaque_callback_data: call.opaque,
    },
  }),
  preAccept: (from: string, callId: string, sdp: string): MetaRequest =>
    answering(from, callId, 'pre_accept', sdp),
  accept: (from: string, callId: string, sdp: string): MetaRequest =>
    answering(from, callId, 'accept', sdp),
  reject: (from: string, callId: string): MetaRequest => ending(from, callId, 'reject'),
  terminate: (from: string, callId: string): MetaRequest => ending(from, callId, 'terminate'),
  permission: (from: string, to: string): MetaRequest => ({
    method: 'GET',
    path: `/${encodeURIComponent(from)}/call_permissions?user_wa_id=${encodeURIComponent(to)}`,
  }),
  /** Works only inside an open customer service window (facts 1.4). An empty text leaves the body out. */
  requestPermission: (from: string, to: string, text: string): MetaRequest => ({
    method: 'POST',
    path: `/${encodeURIComponent(from)}/messages`,
    body: {
      ...product,
      recipient_type: 'individual',
      to,
      type: 'interactive',
      interactive: {
        type: 'call_permission_request',
        action: { name: 'call_permission_request' },
        ...(text !== '' && { body: { text } }),
      },
    },
  }),
} as const;

function callsOf(from: string): string {
  return `/${encodeURIComponent(from)}/calls`;
}

function answering(
  from: string,
  callId: string,
  action: 'pre_accept' | 'accept',
  sdp: string,
): MetaRequest {
  const session = { sdp_type: 'answer', sdp };
  const body = { ...product, call_id: callId, action, session };
  return { method: 'POST', path: callsOf(from), body };
}

function ending(from: string, callId: string, action: 'reject' | 'terminate'): MetaRequest {
  return { method: 'POST', path: callsOf(from), body: { ...product, call_id: callId, action } };
}

/** Answer to `connect`. */
export const placedAnswer = z.object({
  calls: z.array(z.object({ id: z.string().min(1) })).min(1),
});

/** Answer to the other four actions; the walk-through shows no more than this (facts 1.1). */
export const successAnswer = z.object({ success: z.literal(true) });

/** Answer to a message. */
export const messageAnswer = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) });

const graphError = z.object({
  error: z.object({
    message: z.string().default(''),
    code: z.number().int(),
    error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
    error_user_msg: z.string().optional().catch(undefined),
    is_transient: z.boolean().optional().catch(undefined),
  }),
});

/** Codes that say "not now": too many requests or calls, or a failure on Meta's side (facts 4). */
const TRANSIENT = new Set([613, 138002, 138004, 138005, 138007]);

/**
 * The provider's refusal in our terms.
 *
 * @param status the HTTP status
 * @param body the parsed JSON, or undefined when it was none
 */
export function metaErrorOf(status: number, body: unknown): ProviderError {
  const read = graphError.safeParse(body);
  const byStatus = status === 429 || status >= 500;
  if (!read.success) {
    return { code: `http-${status}`, message: `HTTP status ${status}`, transient: byStatus };
  }
  const { message, code, error_data, error_user_msg, is_transient } = read.data.error;
  return {
    code: String(code),
    // `(#138006) …`: the code is shown beside the words anyway.
    message: message.replace(/^\(#\d+\)\s*/, ''),
    details: error_data?.details ?? error_user_msg,
    transient: is_transient === true || TRANSIENT.has(code) || byStatus,
  };
}
