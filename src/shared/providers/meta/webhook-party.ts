import { nameWorthShowing } from '../../lib/foreign-text.ts';
import { numberKey, personKey, personKeys } from '../../lib/person-key.ts';
import type { Party } from '../events.ts';
import { digitsIn } from '../fields.ts';
import { MOST_BESIDE, type Reader } from '../webhook.ts';
import { contactSchema, type MetaContact, type MetaValue } from './webhook-schema.ts';

/** The contacts of a delivery, which are looked up for each of its calls and messages. */
export interface Contacts {
  all: readonly MetaContact[];
  /** By each of `personKeys`. */
  byKey: ReadonlyMap<string, MetaContact>;
}

/** @param notThis our own number, where it is never the customer's */
export function readContacts(
  reader: Reader,
  value: MetaValue,
  path: string,
  notThis?: string,
): Contacts {
  const byKey = new Map<string, MetaContact>();
  const all = (value.contacts ?? []).slice(0, MOST_BESIDE).flatMap((item, index) => {
    const contact = reader.read(contactSchema, item, `${path}.contacts[${index}]`);
    return contact && !isSameNumber(contact.wa_id, notThis) ? [contact] : [];
  });
  for (const contact of all) {
    for (const key of personKeys(contactIds(contact))) {
      if (!byKey.has(key)) byKey.set(key, contact);
    }
  }
  return { all, byKey };
}

interface Ends {
  from?: string | undefined;
  from_user_id?: string | undefined;
  to?: string | undefined;
  to_user_id?: string | undefined;
}

/** Whether two numbers are the same in any spelling. An absent number equals no other. */
export function isSameNumber(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const key = numberKey(one);
  return key !== '' && key === numberKey(other);
}

/**
 * Which end is the customer's. The direction says so, but our own number is never the customer's:
 * Meta's pages contradict each other (docs/providers/meta.md#user-initiated-connect; case V7).
 */
export function customerSide(
  ends: Pick<Ends, 'from' | 'to'>,
  stated: 'from' | 'to',
  ourNumber: string | undefined,
): 'from' | 'to' {
  const other = stated === 'from' ? 'to' : 'from';
  return isSameNumber(ends[stated], ourNumber) && !isSameNumber(ends[other], ourNumber)
    ? other
    : stated;
}

/**
 * The customer of a call or message. `side` is their end. Number and business-scoped user id may
 * each be missing (docs/providers/meta.md#user-initiated-connect) or in each other's place: what is
 * not a number is an id. The accompanying contact adds what it knows.
 */
export function findParty(
  reader: Reader,
  ends: Ends,
  side: 'from' | 'to',
  around: { contacts: Contacts },
  path: string,
): Party {
  const ids =
    side === 'from' ? idsOf(ends.from, ends.from_user_id) : idsOf(ends.to, ends.to_user_id);
  const { all, byKey } = around.contacts;
  const named = personKeys(ids).find((key) => byKey.has(key));
  const contact = named === undefined ? lone(all, ids) : byKey.get(named);
  const known = contact && contactIds(contact);
  const party = {
    waId: ids.waId ?? known?.waId,
    userId: ids.userId ?? known?.userId,
    name: nameWorthShowing(contact?.profile?.name),
    username: nameWorthShowing(contact?.profile?.username)?.replace(/^@/, ''),
  };
  if (personKey(party) === undefined) {
    reader.malformed(path, 'neither a number nor a user id of the customer');
  }
  return withoutMissing(party);
}

/** No id is longer, in UTF-16 units; a call must not be lost because something else stands in its place. */
const LONGEST_ID = 200;

/** A person as named by two fields, in either order. */
export function idsOf(...fields: readonly (string | undefined)[]): Party {
  const given = fields.map((field) => field?.trim() ?? '');
  const named = given.filter((field) => field !== '' && field.length <= LONGEST_ID);
  // The last field holds user ids; an id of digits alone is still an id there.
  const number = digitsIn(fields[0]) ?? named.map(digitsIn).find((one) => one !== undefined);
  const other = named.find((field) => digitsIn(field) === undefined);
  const last = named.includes(given.at(-1) ?? '') ? given.at(-1) : undefined;
  const isId = last !== undefined && digitsIn(last) !== number;
  return withoutMissing({ waId: number, userId: other ?? (isId ? last : undefined) });
}

function contactIds({ wa_id: number, user_id: user }: MetaContact): Party {
  return idsOf(number, user);
}

/** A lone contact is the customer unless it contradicts that. */
function lone(contacts: readonly MetaContact[], ids: Party): MetaContact | undefined {
  const [contact, second] = contacts;
  if (!contact || second) return undefined;
  const own = contactIds(contact);
  const otherNumber = ids.waId !== undefined && own.waId !== undefined;
  const otherUser = ids.userId !== undefined && own.userId !== undefined;
  return otherNumber || otherUser ? undefined : contact;
}

function withoutMissing(party: Party): Party {
  return Object.fromEntries(Object.entries(party).filter(([, value]) => value !== undefined));
}
