import { numberKey } from '../../../shared/lib/person-key.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { ALWAYS } from './identity.ts';
import { KEYS, personAt } from './person-sql.ts';

interface ContactRow {
  key: string;
  waId: string | null;
  userId: string | null;
  name: string | null;
  nameAt: number;
  username: string | null;
  usernameAt: number;
  lastAt: number;
  lastKind: string;
}

type Seen = Omit<ContactRow, 'key' | `${string}At`> & { at: number; named: number };

/**
 * The list of contacts, whose rows follow from calls and events. Triggers keep it while rows are added; here it is
 * made anew for people whose rows have become somebody else's.
 */
export class ContactRows {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** @param moved whether rows of calls or events changed hands; else there is nothing to do for a single contact */
  rebuild(people: readonly string[], moved: boolean): void {
    const keys = JSON.stringify(people);
    const before = this.#sql.contacts.all({ keys });
    const isSingle = before.length < 2 && before.every(({ apart }) => apart === 0);
    const isDescribed = (person: string) => this.#sql.added.get({ person })?.at != null;
    if (!moved && isSingle && !people.some(isDescribed)) return;
    const spelled = new Map(
      before.flatMap(({ waId }) => (waId === null ? [] : [[numberKey(waId), waId] as const])),
    );
    this.#sql.remove.run({ keys });
    for (const person of people) this.#build(person, spelled);
  }

  /** Lists a person of whom nothing but their details is known. */
  add(person: string, { waId }: Party): void {
    const at = this.#sql.added.get({ person })?.at ?? 0;
    const isOwn = waId !== undefined && numberKey(waId) === person;
    const own = { waId: isOwn ? waId : null, userId: this.#userIdOf(person) };
    this.#sql.add.run({ person, ...own, at });
  }

  /** The user id by which agents named a person. */
  #userIdOf(person: string): string | null {
    return this.#sql.userKey.get({ person })?.key?.slice(2) ?? null;
  }

  #build(person: string, spelled: ReadonlyMap<string, string>): void {
    const seen = this.#sql.seen.all({ person });
    const added = this.#sql.added.get({ person })?.at;
    if (seen.length === 0 && added == null) return;
    const contact: ContactRow = {
      key: person,
      waId: person.startsWith('u:') ? null : (spelled.get(person) ?? null),
      userId: seen.length === 0 ? this.#userIdOf(person) : null,
      name: null,
      nameAt: 0,
      username: null,
      usernameAt: 0,
      lastAt: seen.length === 0 ? (added ?? 0) : 0,
      lastKind: 'added',
    };
    for (const row of seen) {
      const isOwn = row.waId !== null && numberKey(row.waId) === person;
      if (isOwn && (row.named === 1 || contact.waId === null)) contact.waId = row.waId;
      if (row.userId !== null) contact.userId = row.userId;
      if (row.name !== null) Object.assign(contact, { name: row.name, nameAt: row.at });
      if (row.username !== null) {
        Object.assign(contact, { username: row.username, usernameAt: row.at });
      }
      Object.assign(contact, { lastAt: row.at, lastKind: row.lastKind });
    }
    this.#sql.put.run(contact);
  }
}

const COLUMNS = `key, wa_id AS waId, user_id AS userId, name, name_at AS nameAt,
  username, username_at AS usernameAt, last_at AS lastAt, last_kind AS lastKind`;

function prepare(db: Db) {
  return {
    contacts: db.prepare<[{ keys: string }], ContactRow & { apart: number }>(
      `SELECT ${COLUMNS}, EXISTS (SELECT 1 FROM person_alias WHERE person_alias.key = contact.key
         AND until = ${ALWAYS} AND person <> contact.key) AS apart
       FROM contact WHERE key IN (SELECT value FROM json_each(@keys))`,
    ),
    remove: db.prepare<[{ keys: string }]>(
      'DELETE FROM contact WHERE key IN (SELECT value FROM json_each(@keys))',
    ),
    // In the order of time; WhatsApp's own spelling first among those of one moment.
    seen: db.prepare<[{ person: string }], Seen>(
      `SELECT created_at AS at, 'call' AS lastKind, wa_id AS waId, user_id AS userId, name,
         snapshot ->> '$.party.username' AS username, direction = 'inbound' AS named
       FROM call WHERE person = @person AND json_valid(snapshot)
       UNION ALL SELECT at, kind, wa_id, user_id, name, username,
         kind NOT IN ('message-out', 'permission-request')
       FROM contact_event WHERE person = @person
       ORDER BY at, named DESC`,
    ),
    added: db.prepare<[{ person: string }], { at: number | null }>(
      `SELECT max(at) AS at FROM person_field
       WHERE key IN ${KEYS} AND ${personAt('person_field.key', 'person_field.at')} = @person`,
    ),
    userKey: db.prepare<[{ person: string }], { key: string | null }>(
      `SELECT min(key) AS key FROM (SELECT key FROM person_alias
         WHERE person = @person AND until = ${ALWAYS} UNION SELECT @person) WHERE key GLOB 'u:*'`,
    ),
    add: db.prepare<[{ person: string; waId: string | null; userId: string | null; at: number }]>(
      `INSERT INTO contact (key, wa_id, user_id, last_at, last_kind)
       VALUES (@person, @waId, @userId, @at, 'added')
       ON CONFLICT (key) DO UPDATE SET user_id = coalesce(user_id, excluded.user_id),
         last_at = excluded.last_at WHERE last_kind = 'added'`,
    ),
    put: db.prepare<[ContactRow]>(
      `INSERT INTO contact (key, wa_id, user_id, name, name_at, username, username_at,
         last_at, last_kind)
       VALUES (@key, @waId, @userId, @name, @nameAt, @username, @usernameAt, @lastAt, @lastKind)`,
    ),
  };
}
