import { logMessages } from '../error-words.ts';
import { z } from 'zod';
import type { Recipient } from '../client.ts';
import type { ProviderError } from '../events.ts';
import type { ApiRequest } from '../api-request.ts';
import { flag, maybe, text } from '../fields.ts';
import { messageBodies, product, whom, type CallButton } from './messages.ts';
import type { TemplateUse } from '../requests.ts';
import type { CallingSettings } from './settings.ts';

/**
 * Meta's calling endpoints as data: paths, request bodies, answers.
 * docs/providers/meta.md#endpoints, #errors. Where Meta's pages contradict each other this follows
 * production code: an accept has the `sdp_type` `answer`, and the wire value is `pre_accept`.
 */

/**
 * v23.0 is the version of Meta's own OpenAPI (docs/providers/meta.md#sources); v20.0 expired in
 * September 2026. Configurable per account.
 */
export const DEFAULT_API_VERSION = 'v23.0';
export const DEFAULT_API_BASE = 'https://graph.facebook.com';

/** Paths for Meta's bodies: 360dialog takes the same bodies under its own. */
export interface CloudRoutes {
  headers: ApiRequest['headers'];
  calls: string;
  messages: string;
  settings: string;
  permission: (to: Recipient) => Pick<ApiRequest, 'path' | 'query'>;
  templates: Pick<ApiRequest, 'path' | 'query'>;
  media: (mediaId: string) => Pick<ApiRequest, 'path' | 'query'>;
}

/**
 * Meta records and transcribes calls if each request asks for it
 * (docs/providers/meta.md#recording). Both sides hear a notice.
 */
export interface RecordingUse {
  /** The stated purpose, at most 250 characters. */
  purpose: string;
  /** Language of the notice, e.g. `pt`. */
  language?: string | undefined;
  transcript?: boolean | undefined;
}

/** Requests to Meta and to providers that forward them unchanged. */
export function cloudRequests(routes: CloudRoutes, recording?: () => RecordingUse | undefined) {
  const { headers } = routes;
  const post = (path: string, body: object): ApiRequest => ({
    method: 'POST',
    path,
    headers,
    body,
  });
  const get = ({ path, query }: Pick<ApiRequest, 'path' | 'query'>): ApiRequest => ({
    method: 'GET',
    path,
    ...(query && { query }),
    headers,
  });
  const answering = (callId: string, action: 'pre_accept' | 'accept', sdp: string) => ({
    ...product,
    call_id: callId,
    action,
    session: { sdp_type: 'answer', sdp },
  });
  const ending = (callId: string, action: 'reject' | 'terminate') =>
    post(routes.calls, { ...product, call_id: callId, action });
  return {
    connect: (call: { to: Recipient; sdp: string; callbackData: string }) =>
      post(routes.calls, {
        ...product,
        ...whom(call.to),
        action: 'connect',
        session: { sdp_type: 'offer', sdp: call.sdp },
        biz_opaque_callback_data: call.callbackData,
        ...recordingParts(recording?.()),
      }),
    preAccept: (callId: string, sdp: string) =>
      post(routes.calls, answering(callId, 'pre_accept', sdp)),
    accept: (callId: string, sdp: string) =>
      post(routes.calls, { ...answering(callId, 'accept', sdp), ...recordingParts(recording?.()) }),
    reject: (callId: string) => ending(callId, 'reject'),
    terminate: (callId: string) => ending(callId, 'terminate'),
    permission: (to: Recipient) => get(routes.permission(to)),
    /**
     * Requires an open customer service window (docs/providers/meta.md#permission-request). An
     * empty text omits the body.
     */
    requestPermission: (to: Recipient, text: string) =>
      post(routes.messages, messageBodies.permissionRequest(to, text)),
    sendText: (to: Recipient, text: string, replyTo?: string) =>
      post(routes.messages, messageBodies.text(to, text, replyTo)),
    sendTemplate: (to: Recipient, template: TemplateUse) =>
      post(routes.messages, messageBodies.template(to, template)),
    sendCallButton: (to: Recipient, button: CallButton) =>
      post(routes.messages, messageBodies.callButton(to, button)),
    sendContactRequest: (to: Recipient, text: string) =>
      post(routes.messages, messageBodies.contactRequest(to, text)),
    templates: (after?: string) => {
      const { path, query } = routes.templates;
      return get({ path, query: { ...query, ...(after !== undefined && { after }) } });
    },
    /** The file's URL, valid for 5 minutes (docs/providers/meta.md#recording, #files). */
    media: (mediaId: string) => get(routes.media(mediaId)),
    /** Never uses `include_sip_credentials`. */
    settings: () => get({ path: routes.settings }),
    updateSettings: (calling: CallingSettings) => post(routes.settings, { calling }),
  } as const;
}

function recordingParts(recording: RecordingUse | undefined) {
  if (!recording) return {};
  const { purpose, language, transcript } = recording;
  const wanted = {
    status: 'ENABLED',
    purpose,
    ...(language !== undefined && { announcement_language: language }),
  };
  return { recording: wanted, ...(transcript && { transcription: wanted }) };
}

const headers = { authorization: 'Bearer {key}' };

/** Meta's own paths. The version is part of the root. */
export function metaRoutes(phoneNumberId: string, wabaId: string): CloudRoutes {
  const number = `/${encodeURIComponent(phoneNumberId)}`;
  return {
    headers,
    calls: `${number}/calls`,
    messages: `${number}/messages`,
    settings: `${number}/settings`,
    permission: ({ waId, userId }) => ({
      path: `${number}/call_permissions`,
      query: { [waId === undefined ? 'recipient' : 'user_wa_id']: waId ?? userId ?? '' },
    }),
    templates: {
      path: `/${encodeURIComponent(wabaId)}/message_templates`,
      query: {
        fields: 'name,language,category,status,parameter_format,components',
        status: 'APPROVED',
        limit: '100',
      },
    },
    media: (mediaId) => ({
      path: `/${encodeURIComponent(mediaId)}`,
      query: { phone_number_id: phoneNumberId },
    }),
  };
}

/** Requests that only Meta itself offers. */
export const metaRequests = {
  /** The announcement of a voicemail, Ogg/Opus (docs/providers/meta.md#voicemail). */
  uploadAnnouncement: (phoneNumberId: string, sound: Uint8Array): ApiRequest => ({
    method: 'POST',
    path: `/${encodeURIComponent(phoneNumberId)}/media`,
    headers,
    form: {
      fields: { ...product, type: 'audio/ogg', use_case: 'call_voicemail_announcement' },
      file: { name: 'announcement.ogg', type: 'audio/ogg', bytes: sound },
    },
  }),
  /**
   * Daily totals by direction and country of one number (docs/providers/meta.md#analytics). `from`
   * and `to`: Unix seconds; `number`: digits.
   */
  analytics: (wabaId: string, span: { from: number; to: number; number: string }): ApiRequest => ({
    method: 'GET',
    path: `/${encodeURIComponent(wabaId)}`,
    query: {
      fields: [
        'call_analytics',
        `start(${span.from})`,
        `end(${span.to})`,
        'granularity(DAILY)',
        `phone_numbers(${JSON.stringify([span.number])})`,
        'country_codes([])',
        'directions([])',
        'dimensions(["direction","country"])',
        'metric_types(["COUNT","COST","AVERAGE_DURATION"])',
      ].join('.'),
    },
    headers,
  }),
} as const;

/** Answer to `connect`. */
export const placedAnswer = z.object({
  calls: z.tuple([z.object({ id: text })], z.unknown()),
});

/**
 * Answer to the other four actions. The walk-through shows no more
 * (docs/providers/meta.md#call-actions).
 */
export const successAnswer = z.object({ success: flag.pipe(z.literal(true)) });

/** Answer to an upload; the id is text, and read as a number too. */
export const uploadedAnswer = z.object({
  id: z.union([z.string().min(1), z.number().int().transform(String)]),
});

/** Answer to a message. */
export const messageAnswer = z.object({
  messages: z.tuple([z.object({ id: text })], z.unknown()),
});

const graphError = z.object({
  error: z.object({
    message: z.string().nullish().catch(undefined),
    code: z.union([
      z.number().int(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ]),
    error_data: maybe(z.object({ details: maybe(z.string()) })).catch(undefined),
    error_user_msg: maybe(z.string()).catch(undefined),
    is_transient: maybe(flag).catch(undefined),
  }),
});

/**
 * Temporary errors: too many requests or calls, or a failure at Meta
 * (docs/providers/meta.md#errors).
 */
const TRANSIENT = new Set([613, 138002, 138004, 138005, 138007]);

/**
 * Converts a refusal to our error.
 *
 * @param status HTTP status
 * @param body parsed JSON, or undefined if it was not JSON
 */
export function metaErrorOf(status: number, body: unknown): ProviderError {
  const read = graphError.safeParse(body);
  const byStatus = status === 429 || status >= 500;
  if (!read.success) {
    return {
      code: `http-${status}`,
      message: logMessages.httpStatus(status),
      transient: byStatus,
    };
  }
  const { message, code, error_data, error_user_msg, is_transient } = read.data.error;
  return {
    code: String(code),
    // Drops the `(#138006)` prefix, because the code is shown beside the message anyway.
    message: (message ?? '').replace(/^\(#\d+\)\s*/, ''),
    details: error_data?.details ?? error_user_msg,
    transient: is_transient === true || TRANSIENT.has(code) || byStatus,
  };
}
