import { z } from 'zod';
import { e164, flag, forgiving, maybe, text } from '../fields.ts';
import type { ApiRequest } from '../api-request.ts';
import { zernioCall } from './call-events.ts';

/**
 * Zernio's WhatsApp calling endpoints as data (docs/providers/zernio.md#base, #endpoints,
 * #configuration, #permission, #calls). Permission answers are Meta's: `meta/permission.ts`.
 */

export const ZERNIO_API_BASE = 'https://zernio.com/api';

/** Where calls go and how they are handled. `forwardTo`: as returned by `readForwardTo`. */
export interface Enabling {
  forwardTo: string;
  recordingEnabled?: boolean | undefined;
  sipAuthUsername?: string | undefined;
  sipAuthPassword?: string | undefined;
  callIconCountries?: readonly string[] | undefined;
  /** In seconds. */
  maxCallDurationSeconds?: number | undefined;
  /** Whose number the destination sees. */
  forwardCallerId?: 'business' | 'caller' | undefined;
}

/** The changes only; null clears. */
export interface Changing extends Partial<
  Omit<Enabling, 'callIconCountries' | 'maxCallDurationSeconds'>
> {
  callIconCountries?: readonly string[] | null | undefined;
  maxCallDurationSeconds?: number | null | undefined;
}

export interface Listing {
  accountId: string;
  status?: 'ringing' | 'answered' | 'ended' | 'failed' | undefined;
  direction?: 'inbound' | 'outbound' | undefined;
  /** ISO 8601; both may be combined with a cursor. */
  since?: string | undefined;
  until?: string | undefined;
  /** 1 to 200. */
  limit?: number | undefined;
  /** The previous page's `next`. */
  before?: string | undefined;
}

const headers = { authorization: 'Bearer {key}' };
const CALLS = '/v1/whatsapp/calls';

/**
 * The older path. Newer pages have `/v1/phone-numbers/{id}/whatsapp/calling` with the same contract
 * (docs/providers/zernio.md#endpoints).
 */
const callingOf = (numberId: string) =>
  `/v1/whatsapp/phone-numbers/${encodeURIComponent(numberId)}/calling`;

const callOf = (callId: string) => `${CALLS}/${encodeURIComponent(callId)}`;

/** `numberId` is the `phoneNumberDocId` of the configuration. */
export const zernioRequests = {
  config: (accountId: string): ApiRequest => get('/v1/whatsapp/calling', { accountId }),
  enable: (numberId: string, accountId: string, how: Enabling): ApiRequest =>
    send('POST', callingOf(numberId), { accountId, ...how }),
  update: (numberId: string, accountId: string, change: Changing): ApiRequest =>
    send('PATCH', callingOf(numberId), { accountId, ...change }),
  /** Keeps the destination for next time. */
  disable: (numberId: string, accountId: string): ApiRequest => ({
    method: 'DELETE',
    path: callingOf(numberId),
    query: { accountId },
    headers,
  }),
  permission: (accountId: string, to: string): ApiRequest =>
    get('/v1/whatsapp/call-permissions', { accountId, to: e164(to) }),
  /** Requires an open window. At most 1,024 characters; an empty text uses Zernio's. */
  requestPermission: (accountId: string, to: string, words: string): ApiRequest =>
    send('POST', CALLS, {
      accountId,
      to: e164(to),
      action: 'send_call_permission_request',
      ...(words !== '' && { bodyText: words }),
    }),
  /**
   * `once`: an idempotency key; the same key never dials twice. `forwardTo` and `record` apply to
   * this call only. Callback data is not echoed (docs/providers/zernio.md#calls), so none is sent.
   */
  place: (call: {
    accountId: string;
    to: string;
    once?: string | undefined;
    forwardTo?: string | undefined;
    record?: boolean | undefined;
  }): ApiRequest => {
    const { accountId, to, forwardTo, record: recordOverride, once } = call;
    const request = send('POST', CALLS, {
      accountId,
      to: e164(to),
      ...(forwardTo !== undefined && { forwardTo }),
      ...(recordOverride !== undefined && { recordOverride }),
    });
    if (once === undefined) return request;
    return { ...request, headers: { ...headers, 'idempotency-key': once } };
  },
  list: (wanted: Listing): ApiRequest => get(CALLS, textOf({ ...wanted })),
  call: (callId: string, accountId: string): ApiRequest => get(callOf(callId), { accountId }),
  /** Fetched when somebody presses play: the URL is valid for about 10 minutes. */
  recording: (callId: string, accountId: string): ApiRequest =>
    get(`${callOf(callId)}/recording`, { accountId, as: 'json' }),
  estimate: (
    accountId: string,
    to: string,
    wanted: { minutes?: number | undefined; recording?: boolean | undefined },
  ): ApiRequest => get(`${CALLS}/estimate`, textOf({ accountId, to: e164(to), ...wanted })),
} as const;

function get(path: string, query: Record<string, string>): ApiRequest {
  return { method: 'GET', path, query, headers };
}

function send(method: 'POST' | 'PATCH', path: string, body: object): ApiRequest {
  return { method, path, headers, body };
}

/** Builds a query without undefined values. */
function textOf(wanted: Record<string, string | number | boolean | undefined>) {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    ),
  );
}

export const zernioConfigAnswer = z.object({
  phoneNumberDocId: maybe(text).catch(undefined),
  phoneNumber: maybe(text).catch(undefined),
  callingEnabled: flag.catch(false),
  callDeepLink: maybe(z.string()).catch(undefined),
  forwardTo: maybe(z.string()).catch(undefined),
  recordingEnabled: flag.catch(false),
  sipAuthUsername: maybe(z.string()).catch(undefined),
  sipAuthPasswordConfigured: flag.catch(false),
  callIconCountries: maybe(z.array(z.string())).catch(undefined),
  callerIdMode: z.enum(['business', 'platform']).optional().catch(undefined),
  callerIdVerified: maybe(flag).catch(undefined),
  maxCallDurationSeconds: maybe(z.number().positive()).catch(undefined),
  forwardCallerId: z.enum(['business', 'caller']).optional().catch(undefined),
  /** Only some reads report it: whether the number's country blocks business calls. */
  outboundDisabled: maybe(flag).catch(undefined),
});

/**
 * Answer to enabling. Answers to update, disable and the permission request are undocumented: any
 * 2xx is a success.
 */
export const zernioEnabledAnswer = z.object({
  callingEnabled: flag,
  forwardTo: maybe(z.string()).catch(undefined),
  sipHostname: maybe(z.string()).catch(undefined),
});

/** Zernio is dialling. Everything else arrives by webhook or read. */
export const zernioPlacedAnswer = z.object({ callId: text });

const readable = forgiving(zernioCall);

/**
 * One page. Unreadable rows are counted. The cursor is a time, so a call may appear on two pages,
 * and the reader drops known ids (docs/providers/zernio.md#calls).
 */
export const zernioListAnswer = z
  .object({ calls: z.array(z.unknown()), nextCursor: maybe(text).catch(undefined) })
  .transform(({ calls, nextCursor: next }) => {
    const read = calls.flatMap((item) => {
      const call = readable.safeParse(item);
      return call.success ? [call.data] : [];
    });
    return { calls: read, unreadable: calls.length - read.length, next };
  });

export const zernioCallAnswer = z.object({ call: readable });

export const zernioRecordingAnswer = z.object({ url: z.string().regex(/^https?:\/\/\S+$/) });
