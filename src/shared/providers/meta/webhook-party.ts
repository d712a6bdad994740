import type { Party } from '../events.ts';
import type { Reader } from '../webhook.ts';
import { contactSchema, type MetaContact, type MetaValue } from './webhook-schema.ts';

export function readContacts(
  reader: Reader,
  value: MetaValue,
  path: string,
): readonly MetaContact[] {
  return (value.contacts ?? []).flatMap((item, index) => {
    const contact = reader.read(contactSchema, item, `${path}.contacts[${index}]`);
    return contact ? [contact] : [];
  });
}

interface Ends {
  from?: string | undefined;
  from_user_id?: string | undefined;
  to?: string | undefined;
  to_user_id?: string | undefined;
}

/**
 * The customer of a call or message. `side` tells at which end they are. Number and business-scoped user id may
 * each be missing (facts 2.1); the contact that comes along adds what it knows.
 */
export function findParty(
  reader: Reader,
  ends: Ends,
  side: 'from' | 'to',
  around: { contacts: readonly MetaContact[] },
  path: string,
): Party {
  const number = side === 'from' ? ends.from : ends.to;
  const user = side === 'from' ? ends.from_user_id : ends.to_user_id;
  const { contacts } = around;
  const contact =
    contacts.find((one) => user !== undefined && one.user_id === user) ??
    contacts.find((one) => number !== undefined && digits(one.wa_id) === digits(number)) ??
    loneContact(contacts, number, user);
  const waId = digits(number) ?? digits(contact?.wa_id);
  const userId = user ?? contact?.user_id;
  const name = contact?.profile?.name;
  if (number !== undefined && digits(number) === undefined) {
    reader.malformed(`${path}.${side}`, 'is not a phone number');
  }
  if (waId === undefined && userId === undefined) {
    reader.malformed(path, 'neither a number nor a user id of the customer');
  }
  return {
    ...(waId !== undefined && { waId }),
    ...(userId !== undefined && { userId }),
    ...(name !== undefined && { name }),
  };
}

/** A lone contact is the customer, unless it says that it is somebody else. */
function loneContact(
  contacts: readonly MetaContact[],
  number: string | undefined,
  user: string | undefined,
): MetaContact | undefined {
  const [contact, second] = contacts;
  if (!contact || second) return undefined;
  const otherNumber = number !== undefined && contact.wa_id !== undefined;
  const otherUser = user !== undefined && contact.user_id !== undefined;
  return otherNumber || otherUser ? undefined : contact;
}

/** WhatsApp writes numbers as digits; a leading `+` is forgiven. */
function digits(number: string | undefined): string | undefined {
  const match = /^\+?(\d{3,20})$/.exec(number?.trim() ?? '');
  return match?.[1];
}
