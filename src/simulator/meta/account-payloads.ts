import { assertNever } from '../../shared/lib/assert-never.ts';
import type { CloudNumber } from '../config.ts';
import type { Notice } from '../providers.ts';
import { digits, given, type Json, seconds } from './payload-parts.ts';

/**
 * docs/providers/meta.md#settings-and-account-webhooks.
 *
 * @vendor documented meta/settings
 */
export const settingsUpdate = (account: CloudNumber, calling: Json, now: number): Json => ({
  messaging_product: 'whatsapp',
  timestamp: seconds(now),
  type: 'phone_number_settings',
  phone_number_settings: { phone_number_id: account.phoneNumberId, calling },
});

/**
 * docs/providers/meta.md#settings-and-account-webhooks: `account_update`.
 *
 * @vendor documented meta/account-restriction meta/account-violation meta/account-tier
 */
export function accountUpdate(account: CloudNumber, notice: Notice, now: number): Json {
  const phone_number = digits(account.displayPhoneNumber);
  switch (notice.what) {
    case 'restriction': {
      const { type, expiresAt, remediation } = notice;
      const one = {
        restriction_type: type,
        ...given('expiration', expiresAt === undefined ? undefined : Math.floor(expiresAt / 1000)),
        ...given('remediation', remediation),
      };
      return { phone_number, event: 'ACCOUNT_RESTRICTION', restriction_info: [one] };
    }
    case 'violation': {
      const violation_info = {
        violation_type: notice.type,
        ...given('remediation', notice.remediation),
      };
      return { phone_number, event: 'ACCOUNT_VIOLATION', violation_info };
    }
    case 'price-tier': {
      const volume_tier_info = {
        tier_update_time: Math.floor(now / 1000),
        pricing_category: 'CALLING',
        tier: notice.tier,
        ...given('effective_month', notice.month),
        ...given('region', notice.region),
      };
      return { event: 'VOLUME_BASED_PRICING_TIER_UPDATE', volume_tier_info };
    }
    default:
      return assertNever(notice, 'notice');
  }
}
