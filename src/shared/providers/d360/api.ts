import { z } from 'zod';
import type { ProviderError } from '../events.ts';
import { metaErrorOf, metaRequests, type MetaRequest } from '../meta/api.ts';
import { metaCodeIn, metaTransient } from './meta-code.ts';
import type { CallingSettings } from './settings.ts';

/**
 * 360dialog's calling endpoints as data (facts of Meta, section 7). The bodies are Meta's; the paths are its own,
 * because the key names the number. Answers are Meta's too: `meta/api.ts`, `meta/permission.ts`.
 */

export const D360_API_BASE = 'https://waba-v2.360dialog.io';

/** One request; `body` is serialised as it stands. */
export interface D360Request {
  method: 'GET' | 'POST';
  path: string;
  /** `{key}` stands for the secret. */
  headers: Readonly<Record<string, string>>;
  body?: object;
}

const headers = { 'D360-API-KEY': '{key}' };
const CALLS = '/calling/calls';
const SETTINGS = '/calling/settings';

/** Meta's request at another path; the number in Meta's path is not used. */
function post(path: string, { body }: MetaRequest): D360Request {
  return { method: 'POST', path, headers, ...(body && { body }) };
}

export const d360Requests = {
  connect: (call: { to: string; sdp: string; opaque: string }): D360Request =>
    post(CALLS, metaRequests.connect('', call)),
  preAccept: (callId: string, sdp: string): D360Request =>
    post(CALLS, metaRequests.preAccept('', callId, sdp)),
  accept: (callId: string, sdp: string): D360Request =>
    post(CALLS, metaRequests.accept('', callId, sdp)),
  reject: (callId: string): D360Request => post(CALLS, metaRequests.reject('', callId)),
  terminate: (callId: string): D360Request => post(CALLS, metaRequests.terminate('', callId)),
  permission: (to: string): D360Request => ({
    method: 'GET',
    path: `/calling/permissions/${encodeURIComponent(to)}`,
    headers,
  }),
  requestPermission: (to: string, text: string): D360Request =>
    post('/messages', metaRequests.requestPermission('', to, text)),
  settings: (): D360Request => ({ method: 'GET', path: SETTINGS, headers }),
  updateSettings: (calling: CallingSettings): D360Request => ({
    method: 'POST',
    path: SETTINGS,
    headers,
    body: { calling },
  }),
} as const;

/** `error` is text, or Meta's object, whose code may have become text on the way. */
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
 * The provider's refusal in our terms.
 *
 * @param status the HTTP status
 * @param body the parsed JSON, or undefined when it was none
 */
export function d360ErrorOf(status: number, body: unknown): ProviderError {
  const read = d360Error.safeParse(body);
  if (!read.success) return metaErrorOf(status, undefined);
  const { error } = read.data;
  if (typeof error === 'object' && /^\d{1,9}$/.test(String(error.code))) {
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
