import type { CloudNumber } from '../config.ts';
import type { Json } from './payload-parts.ts';

/**
 * The envelope around one change of `field`; only account updates have a time of their own.
 *
 * @vendor documented meta/connect-user
 */
export const envelope = (account: CloudNumber, field: string, value: Json, now: number): Json => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: account.wabaId,
      ...(field === 'account_update' ? { time: Math.floor(now / 1000) } : {}),
      changes: [{ field, value }],
    },
  ],
});
