import type { CloudNumber } from '../config.ts';
import type { Customer } from '../customers/directory.ts';

// What all of Meta's webhook bodies share (docs/providers/meta.md#webhooks).

export type Json = Record<string, unknown>;

/** A time as Meta writes it: a string of Unix seconds. */
export const seconds = (ms: number): string => String(Math.floor(ms / 1000));
/** The key with its value, or nothing without one. */
export const given = (key: string, value: unknown): Json =>
  value === undefined ? {} : { [key]: value };
/** A phone number without anything but its digits. */
export const digits = (number: string): string => number.replaceAll(/\D/g, '');

/** The start of a change's value: which of our numbers it is about. */
export const base = (account: CloudNumber): Json => ({
  messaging_product: 'whatsapp',
  metadata: {
    display_phone_number: digits(account.displayPhoneNumber),
    phone_number_id: account.phoneNumberId,
  },
});

/** The customer; a hidden number is omitted. */
export const contacts = ({ name, username, waId, bsuid }: Customer): Json => ({
  contacts: [
    { profile: { name, ...given('username', username) }, ...given('wa_id', waId), user_id: bsuid },
  ],
});
