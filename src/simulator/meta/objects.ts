import { type HttpReply, json } from '../http/server.ts';
import { graphError } from './errors.ts';
import type { BusinessNumber } from './number.ts';
import { templates } from './templates.ts';

/*
 * What clients read about a number, its WABA and a token before they call. Shapes as on Meta's
 * reference pages (Phone Number, WhatsApp Business Account, Debug Token; read 2026-11-28); values are
 * ours.
 */

/** The app that owns the token here. */
const APP = { id: '1290871234567890', name: 'Ringdesk' };

/** The limits that there are, by Meta's names. */
const TIERS = [
  [250, 'TIER_250'],
  [2_000, 'TIER_2K'],
  [10_000, 'TIER_10K'],
  [100_000, 'TIER_100K'],
] as const;

function fieldsOf(number: BusinessNumber): Record<string, unknown> {
  const { account } = number;
  const tier = TIERS.findLast(([limit]) => number.messagingLimit() >= limit)?.[1] ?? 'TIER_250';
  return {
    verified_name: 'Demo Shop',
    code_verification_status: 'VERIFIED',
    display_phone_number: account.displayPhoneNumber,
    quality_rating: 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    whatsapp_business_manager_messaging_limit: tier,
    messaging_limit_tier: tier,
    ...(account.webhookUrl === undefined
      ? {}
      : { webhook_configuration: { application: account.webhookUrl } }),
    id: account.phoneNumberId,
  };
}

/** `GET /{phone number id}`. `fields`: only these, beside the id, as Graph does it. */
export function getNumber(number: BusinessNumber, fields: string | null): HttpReply {
  const all = fieldsOf(number);
  if (fields === null || fields === '') return json(200, all);
  const wanted = fields.split(',').map((field) => field.trim());
  return json(
    200,
    Object.fromEntries(
      Object.entries(all).filter(([name]) => name === 'id' || wanted.includes(name)),
    ),
  );
}

/** `GET /{WABA id}/phone_numbers`. */
export const getNumbers = (number: BusinessNumber): HttpReply =>
  json(200, { data: [fieldsOf(number)], paging: { cursors: { before: 'MQ', after: 'MQ' } } });

/** `GET /{WABA id}/subscribed_apps`. */
export const getSubscriptions = ({ subscribed }: BusinessNumber): HttpReply =>
  json(200, {
    data: subscribed
      ? [
          {
            whatsapp_business_api_data: {
              ...APP,
              link: `https://www.facebook.com/games/?app_id=${APP.id}`,
            },
          },
        ]
      : [],
  });

/** `POST` and `DELETE /{WABA id}/subscribed_apps`. */
export function setSubscription(number: BusinessNumber, subscribed: boolean): HttpReply {
  number.subscribed = subscribed;
  return json(200, { success: true });
}

/** `GET /debug_token?input_token=…`: what a token may do. */
export function debugToken(number: BusinessNumber, token: string | null, good: string): HttpReply {
  if (token === null) return graphError(100, 'input_token: required');
  if (token !== good) {
    const error = { code: 190, message: 'Invalid OAuth access token' };
    return json(200, { data: { error, is_valid: false, scopes: [] } });
  }
  const { wabaId } = number.account;
  const { tokenEndsAt } = number.world.switchboard.faultsOf(undefined).api;
  const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];
  return json(200, {
    data: {
      app_id: APP.id,
      type: 'SYSTEM_USER',
      application: APP.name,
      expires_at: Math.floor(tokenEndsAt / 1000),
      is_valid: true,
      scopes,
      granular_scopes: scopes.map((scope) => ({ scope, target_ids: [wabaId] })),
      user_id: '122100000000000001',
    },
  });
}

const TEMPLATE_FILTERS = ['name', 'status', 'language', 'category'] as const;
const DEFAULT_TEMPLATES = 25;

/** `GET /{WABA id}/message_templates`: filtered, and a page at a time by cursors. */
export function getTemplates(query: URLSearchParams): HttpReply {
  const limit = Number(query.get('limit') ?? DEFAULT_TEMPLATES);
  if (!Number.isInteger(limit) || limit < 1) return graphError(100, 'limit: must be a number');
  const fitting = templates.filter((template) =>
    TEMPLATE_FILTERS.every((name) => {
      const wanted = query.get(name);
      return wanted === null || template[name].toLowerCase() === wanted.toLowerCase();
    }),
  );
  const from = positionOf(query.get('after'));
  const page = fitting.slice(from, from + limit);
  const more = from + page.length < fitting.length;
  return json(200, {
    data: page,
    paging: {
      cursors: { before: cursorAt(from), after: cursorAt(from + page.length) },
      ...(more ? { next: `?after=${cursorAt(from + page.length)}&limit=${limit}` } : {}),
    },
  });
}

/** Opaque to clients: the position after it. */
const cursorAt = (position: number): string => Buffer.from(String(position)).toString('base64url');
const positionOf = (cursor: string | null): number =>
  Number(Buffer.from(cursor ?? '', 'base64url').toString()) || 0;
