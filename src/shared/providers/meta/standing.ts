import { z } from 'zod';
import type { ApiRequest } from '../api-request.ts';
import { flag, maybe, number } from '../fields.ts';

/*
 * What Meta tells about a number, its account and a token: docs/providers/meta.md#subscription,
 * #number, #token.
 */

const headers = { authorization: 'Bearer {key}' };
const get = (path: string, query?: Record<string, string>): ApiRequest => ({
  method: 'GET',
  path,
  ...(query && { query }),
  headers,
});

/** The limit's field has another name since v24.0. */
const limitField = (version: string): string =>
  Number.parseFloat(version.slice(1)) >= 24
    ? 'whatsapp_business_manager_messaging_limit'
    : 'messaging_limit_tier';

export const standingRequests = {
  number: (phoneNumberId: string, version: string) =>
    get(`/${encodeURIComponent(phoneNumberId)}`, {
      fields: `webhook_configuration,${limitField(version)}`,
    }),
  subscribedApps: (wabaId: string) => get(`/${encodeURIComponent(wabaId)}/subscribed_apps`),
  subscribe: (wabaId: string): ApiRequest => ({
    method: 'POST',
    path: `/${encodeURIComponent(wabaId)}/subscribed_apps`,
    headers,
  }),
  token: (token: string) => get('/debug_token', { input_token: token }),
} as const;

const text = z.string().min(1).optional().catch(undefined);

/** The most special address counts. */
export const numberAnswer = z
  .object({
    webhook_configuration: z
      .object({ phone_number: text, whatsapp_business_account: text, application: text })
      .optional()
      .catch(undefined),
    whatsapp_business_manager_messaging_limit: text,
    messaging_limit_tier: text,
  })
  .transform(({ webhook_configuration: set, ...limits }) => ({
    webhook: set?.phone_number ?? set?.whatsapp_business_account ?? set?.application,
    tier: limits.whatsapp_business_manager_messaging_limit ?? limits.messaging_limit_tier,
  }));

export const subscribedAppsAnswer = z
  .object({ data: z.array(z.unknown()) })
  .transform(({ data }) => data.length > 0);

/** `expires_at` 0: without end. Unix seconds. */
export const tokenAnswer = z
  .object({
    data: z.object({ is_valid: flag, expires_at: maybe(number).catch(undefined) }),
  })
  .transform(({ data: { is_valid, expires_at = 0 } }) => ({
    isValid: is_valid,
    ...(expires_at > 0 && { validUntil: expires_at * 1000 }),
  }));
