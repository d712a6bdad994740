import { z } from 'zod';
import { metaErrorOf } from '../meta/api.ts';
import type { ProviderError } from '../events.ts';
import { metaCodeIn, metaTransient } from '../d360/meta-code.ts';
import { permissionAnswer } from '../meta/permission.ts';
import type { CallingSettings } from '../meta/settings.ts';
import { type ApiRequest, quietAnswer } from '../api-request.ts';
import { pilotCall } from './call-events.ts';
import { isKnownCode } from '../error-words.ts';
import { e164, maybe, text } from '../fields.ts';

/**
 * Pilot Status’ calling endpoints as data (docs/providers/pilot-status.md#base, #endpoints,
 * #errors). A number-scoped key identifies the number. Calls are answered as `pilotCall` of
 * `call-events.ts`, settings as Meta’s, in `meta/settings.ts`.
 */

export const PILOT_API_BASE = 'https://pilotstatus.com.br';

const headers = { 'x-api-key': '{key}' };
const CALLS = '/v1/calls';

function get(path: string, query?: Record<string, string>): ApiRequest {
  return { method: 'GET', path, ...(query && { query }), headers };
}

function post(path: string, body?: object): ApiRequest {
  return { method: 'POST', path, headers, ...(body && { body }) };
}

/** `callId` is Pilot Status' own id or WhatsApp's. */
function of(callId: string, action = ''): string {
  return `${CALLS}/${encodeURIComponent(callId)}${action}`;
}

export const pilotRequests = {
  /** For a Meta number. */
  place: (call: { to: string; sdp: string; callbackData: string }): ApiRequest =>
    post(CALLS, {
      to: e164(call.to),
      sdp: call.sdp,
      sdpType: 'offer',
      bizOpaqueCallbackData: call.callbackData,
    }),
  /** For a web number, without an SDP. */
  placeStreamed: (to: string): ApiRequest => post(CALLS, { to: e164(to) }),
  /** Newest first. `before`: ISO 8601, only calls created strictly earlier. `limit`: 1 to 100. */
  list: (page: { limit: number; before?: string | undefined }): ApiRequest =>
    get(CALLS, {
      limit: String(page.limit),
      ...(page.before !== undefined && { before: page.before }),
    }),
  call: (callId: string): ApiRequest => get(of(callId)),
  /** For a Meta number whose SDP no webhook brought. */
  callWithSdp: (callId: string): ApiRequest => get(of(callId), { includeSdp: '1' }),
  preAccept: (callId: string, sdp: string): ApiRequest =>
    post(of(callId, '/pre-accept'), { sdp, sdpType: 'answer' }),
  accept: (callId: string, sdp: string): ApiRequest =>
    post(of(callId, '/accept'), { sdp, sdpType: 'answer' }),
  /** For a web number, without a body. */
  acceptStreamed: (callId: string): ApiRequest => post(of(callId, '/accept')),
  reject: (callId: string): ApiRequest => post(of(callId, '/reject')),
  terminate: (callId: string): ApiRequest => post(of(callId, '/terminate')),
  settings: (): ApiRequest => get(`${CALLS}/settings`),
  updateSettings: (settings: CallingSettings): ApiRequest => ({
    method: 'PUT',
    path: `${CALLS}/settings`,
    headers,
    body: settings,
  }),
  permission: (to: string): ApiRequest => get(`${CALLS}/permissions`, { to: e164(to) }),
  /** Requires an open service window. An empty text omits the reason. */
  requestPermission: (to: string, reason: string): ApiRequest =>
    post(`${CALLS}/permissions/request`, { to: e164(to), ...(reason !== '' && { text: reason }) }),
  /**
   * `mediaUrl`: public URL of an .mp3, .wav or .opus file. Playback waits for the call to connect.
   */
  play: (callId: string, mediaUrl: string): ApiRequest => post(of(callId, '/play'), { mediaUrl }),
  /** Both directions; `listen` would only receive. */
  realtimeSession: (callId: string): ApiRequest =>
    post(of(callId, '/realtime-session'), { mode: 'talk' }),
} as const;

/** Answer to placing a call. */
export const pilotPlacedAnswer = z.object({ id: text, externalCallId: maybe(text) });

/** Answer to every other action; documented for accept, pre-accept, play and the settings. */
export const pilotDoneAnswer = quietAnswer;

/**
 * The URL already contains the token, which is valid for one connection. Neither may be logged
 * (docs/providers/pilot-status.md#realtime-session).
 */
export const realtimeAnswer = z.object({
  wsUrl: z.string().regex(/^wss?:\/\/\S+$/),
  expiresInSeconds: z.number().positive().default(120).catch(120),
});

/** REST writes permissions in lower case, webhooks in upper case; both are read. */
export const pilotPermissionAnswer = z.preprocess((input) => {
  const read = z
    .looseObject({ permission: z.looseObject({ status: z.string() }) })
    .safeParse(input);
  if (!read.success) return input;
  const { permission } = read.data;
  return { ...read.data, permission: { ...permission, status: permission.status.toLowerCase() } };
}, permissionAnswer);

export const pilotListAnswer = z.object({ calls: z.array(z.unknown()) }).transform(({ calls }) => {
  const read = calls.flatMap((item) => {
    const call = pilotCall.safeParse(item);
    return call.success ? [call.data] : [];
  });
  return { calls: read, unreadable: calls.length - read.length };
});

const pilotError = z.object({
  error: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  code: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  details: z.unknown().optional(),
});

/**
 * Converts a refusal to our error: by code, never by HTTP status, which is undocumented for the
 * `META_*` codes. An unknown code gives way to Meta's if the message names one.
 *
 * @param status HTTP status
 * @param body parsed JSON, or undefined if it was not JSON
 */
export function pilotErrorOf(status: number, body: unknown): ProviderError {
  const plain = metaErrorOf(status, undefined);
  const read = pilotError.safeParse(body);
  if (!read.success) return plain;
  const { error, message = error, code, details } = read.data;
  const known = code !== undefined && isKnownCode('pilot-status', code) ? code : undefined;
  const words = [message, typeof details === 'string' ? details : undefined];
  // For a rejected key the status says more than an unknown code.
  const own = code === '' || status === 401 ? undefined : code;
  const found = known ?? metaCodeIn(words.join(' ')) ?? own ?? plain.code;
  return {
    code: found,
    message: message ?? plain.message,
    ...(typeof details === 'string' && { details }),
    transient: /^\d+$/.test(found) ? metaTransient(status, found) : plain.transient,
  };
}
