import { personKey } from '../../../shared/lib/person-key.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { ALWAYS } from './identity.ts';

/** A person as the query parameter `person`. */
export function boundTo(party: Party): { person: string | null } {
  return { person: personKey(party) ?? null };
}

/** Whom a key means now, in SQL. */
export function personNow(key: string): string {
  return `coalesce((SELECT alias.person FROM person_alias AS alias
    WHERE alias.key = ${key} AND alias.until = ${ALWAYS}), ${key})`;
}

/** Rows of the person in the parameter `person`, in SQL. */
export const OF_PERSON = `person = ${personNow('@person')}`;

/** Whom a key meant at a time, in SQL. */
export function personAt(key: string, at: string): string {
  return `coalesce((SELECT alias.person FROM person_alias AS alias
    WHERE alias.key = ${key} AND alias.until >= ${at} ORDER BY alias.until LIMIT 1), ${key})`;
}

/** All keys that ever meant `@person`, in SQL. */
export const KEYS = '(SELECT key FROM person_alias WHERE person = @person UNION SELECT @person)';

/** The user id by which a contact was last known, in SQL. */
export const USER_ID = `coalesce((
  WITH id (key) AS (
    SELECT alias.key FROM person_alias AS alias
      WHERE alias.person = contact.key AND alias.until = ${ALWAYS} AND alias.key GLOB 'u:*'
    UNION SELECT contact.key WHERE contact.key GLOB 'u:*')
  SELECT substr(key, 3) FROM (
    SELECT b AS key, last AS at FROM person_link WHERE b IN (SELECT key FROM id)
    UNION ALL SELECT to_key, at FROM person_move WHERE to_key IN (SELECT key FROM id))
  ORDER BY at DESC, key LIMIT 1), contact.user_id)`;

/** A contact's number, as WhatsApp spells it if that is known, in SQL. */
export const WA_ID = `coalesce(contact.wa_id, (SELECT number FROM person_move
  WHERE to_key = contact.key AND number IS NOT NULL ORDER BY at DESC LIMIT 1))`;
