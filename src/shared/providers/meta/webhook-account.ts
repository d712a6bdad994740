import type { NumberChange } from '../events.ts';
import type { NumberFactKind } from '../../rules/data/number-fact-kinds.ts';
import { MOST_BESIDE, type Reader } from '../webhook.ts';
import { accountUpdateSchema, restrictionSchema, settingsSchema } from './webhook-schema.ts';

/**
 * Reads field `account_settings_update`: somebody changed a number's settings
 * (docs/providers/meta.md#settings-and-account-webhooks).
 */
export function readSettingsUpdate(reader: Reader, value: unknown, path: string): void {
  const payload = reader.read(settingsSchema, value, path);
  if (!payload) return;
  if (payload.type.toLowerCase() !== 'phone_number_settings') {
    return reader.unsupported(
      `${path}.type`,
      `settings of type ${payload.type} are not a number's`,
    );
  }
  const { phone_number_id: numberId, calling } = payload.phone_number_settings ?? {};
  // Two changes within a second differ in their contents.
  const set = [
    calling?.status,
    calling?.call_icon_visibility,
    calling?.callback_permission_status,
    calling?.sip?.status,
    calling?.srtp_key_exchange_protocol,
  ].map((one) => (typeof one === 'string' ? one : ''));
  reader.event({
    numberId,
    identity: `settings:${payload.timestamp ?? ''}:${set.join()}`,
    event: {
      kind: 'number',
      at: reader.at(payload.timestamp, path),
      change: { what: 'settings' },
    },
  });
}

/**
 * Reads field `account_update` (docs/providers/meta.md#settings-and-account-webhooks). It is about
 * the number it names, or about every number of the account
 * (docs/providers/meta.md#settings-and-account-webhooks).
 *
 * @param entry the surrounding entry, for the time (Unix ms) and the account's id, which the change
 * lacks
 */
export function readAccountUpdate(
  reader: Reader,
  value: unknown,
  path: string,
  entry: { reportedAt: number | undefined; owner: string | undefined },
): void {
  const payload = reader.read(accountUpdateSchema, value, path);
  if (!payload) return;
  const change = changeOf(reader, payload, path);
  if (!change) return;
  const { reportedAt } = entry;
  const owner = payload.messaging_account_id ?? payload.paid_messaging_account_id ?? entry.owner;
  const number = payload.phone_number?.replace(/\D/g, '');
  reader.event({
    numberId: undefined,
    identity: `number:${reportedAt ?? ''}:${number ?? ''}:${JSON.stringify(change)}`,
    event: {
      kind: 'number',
      at: reportedAt ?? reader.options.receivedAt,
      ...(number !== undefined && number !== '' && { number }),
      ...(owner !== undefined && { owner }),
      change,
    },
  });
}

/** Account events that lift an earlier one. */
const GONE: readonly NumberFactKind[] = ['deleted', 'offboarded', 'unshared'];

function changeOf(
  reader: Reader,
  payload: ReturnType<typeof accountUpdateSchema.parse>,
  path: string,
): NumberChange | undefined {
  switch (payload.event.toUpperCase()) {
    case 'ACCOUNT_VIOLATION': {
      const { violation_type: type, remediation } = payload.violation_info ?? {};
      if (type !== undefined) return { what: 'warning', type, remediation };
      reader.malformed(`${path}.violation_info`, 'does not say what was violated');
      return undefined;
    }
    case 'ACCOUNT_RESTRICTION': {
      const at = `${path}.restriction_info`;
      const restrictions = (payload.restriction_info ?? [])
        .slice(0, MOST_BESIDE)
        .flatMap((item, index) => {
          const one = reader.read(restrictionSchema, item, `${at}[${index}]`);
          if (!one) return [];
          const { restriction_type: type, expiration: expiresAt, remediation } = one;
          return [{ type, expiresAt, remediation }];
        });
      if (restrictions.length > 0) return { what: 'restricted', restrictions };
      reader.malformed(at, 'does not say what is restricted');
      return undefined;
    }
    case 'VOLUME_BASED_PRICING_TIER_UPDATE': {
      const tier = payload.volume_tier_info;
      if (tier?.pricing_category?.toUpperCase() === 'CALLING' && tier.tier !== undefined) {
        const { effective_month: month, region } = tier;
        return { what: 'price-tier', tier: tier.tier, month, region };
      }
      reader.unsupported(`${path}.volume_tier_info`, 'not about the price of calls');
      return undefined;
    }
    case 'DISABLED_UPDATE':
      return banOf(reader, payload, path);
    case 'ACCOUNT_DELETED':
      return { what: 'fact', fact: { kind: 'deleted' } };
    case 'ACCOUNT_OFFBOARDED':
      return { what: 'fact', fact: { kind: 'offboarded' } };
    case 'PARTNER_REMOVED':
    case 'PARTNER_APP_UNINSTALLED': {
      const { reason, initiated_by: by } = payload.disconnection_info ?? {};
      const quote = [reason, by].filter((one) => one !== undefined).join(', ');
      return { what: 'fact', fact: { kind: 'unshared', ...(quote !== '' && { quote }) } };
    }
    case 'ACCOUNT_RECONNECTED':
    case 'PARTNER_ADDED':
    case 'PARTNER_APP_INSTALLED':
      return { what: 'fact-over', kinds: GONE };
    default:
      reader.unsupported(`${path}.event`, `nothing is done with event ${payload.event}`);
      return undefined;
  }
}

/** A ban, its announcement or its end. */
function banOf(
  reader: Reader,
  { ban_info: ban }: ReturnType<typeof accountUpdateSchema.parse>,
  path: string,
): NumberChange | undefined {
  const states = ban?.waba_ban_state;
  const state = (typeof states === 'string' ? states : states?.[0])?.toUpperCase();
  const quote = ban?.waba_ban_date;
  const more = quote !== undefined && { quote };
  switch (state) {
    case 'DISABLE':
      return { what: 'fact', fact: { kind: 'disabled', ...more } };
    case 'SCHEDULE_FOR_DISABLE':
      return { what: 'fact', fact: { kind: 'disabling', ...more } };
    case 'REINSTATE':
      return { what: 'fact-over', kinds: ['disabled', 'disabling'] };
    default:
      reader.malformed(`${path}.ban_info.waba_ban_state`, `unknown state ${state ?? 'none'}`);
      return undefined;
  }
}
