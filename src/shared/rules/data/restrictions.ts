import type { Sourced } from './sourced.ts';

/** What a restriction on the account blocks. */
export const restrictionMeanings: Sourced<
  Readonly<Record<string, { outbound: boolean; inbound: boolean }>>
> = {
  value: {
    RESTRICTED_BUSINESS_INITIATED_CALLING: { outbound: true, inbound: false },
    RESTRICTED_USER_INITIATED_CALLING: { outbound: false, inbound: true },
    RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING: { outbound: true, inbound: true },
    RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN: { outbound: false, inbound: true },
  },
  source: 'Meta, call settings and `account_update` webhooks',
  seen: '2026-11-22',
};
