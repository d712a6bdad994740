import type { Db, Migration } from '../../../sqlite/migrate.ts';

/**
 * One person under all spellings of their number, and after they changed it. `person` is the key of
 * the spelling in today's numbering plans, or `u:` and the business-scoped user id; `moved_to`
 * overrides it once WhatsApp reports that a number or id was replaced. Virtual columns, so that the
 * large call rows are not rewritten.
 */
export const persons: Migration = {
  version: 4,
  name: '0004-persons',
  up(db) {
    db.exec(`
      DROP TRIGGER call_contact_new;
      DROP TRIGGER call_contact_changed;
      DROP TRIGGER contact_event_new;

      ALTER TABLE call ADD COLUMN moved_to TEXT;
      ALTER TABLE call ADD COLUMN person TEXT GENERATED ALWAYS AS (${personOf}) VIRTUAL;
      CREATE INDEX call_person ON call (person);
      DROP INDEX call_wa_id;

      ALTER TABLE contact_event ADD COLUMN username TEXT;
      ALTER TABLE contact_event ADD COLUMN moved_to TEXT;
      ALTER TABLE contact_event ADD COLUMN person TEXT GENERATED ALWAYS AS (${personOf}) VIRTUAL;
      CREATE INDEX contact_event_person ON contact_event (person, at);
      DROP INDEX contact_event_wa_id;

      ALTER TABLE contact ADD COLUMN username TEXT;
    `);
    joinContacts(db);
    joinPermissions(db);
    const called = {
      at: 'new.created_at',
      kind: "'call'",
      username: "new.snapshot ->> '$.party.username'",
    };
    const passed = { at: 'new.at', kind: 'new.kind', username: 'new.username' };
    db.exec(`
      CREATE TRIGGER call_contact_new AFTER INSERT ON call WHEN new.person IS NOT NULL
      BEGIN ${putContact({ ...called, named: "new.direction = 'inbound'" })} END;
      CREATE TRIGGER call_contact_changed AFTER UPDATE OF wa_id, user_id, name, created_at ON call
        WHEN new.person IS NOT NULL
      BEGIN ${putContact({ ...called, named: 'new.moved_to IS NULL AND new.wa_id IS NOT old.wa_id' })} END;
      CREATE TRIGGER contact_event_new AFTER INSERT ON contact_event WHEN new.person IS NOT NULL
      BEGIN ${putContact({ ...passed, named: "new.kind NOT IN ('message-out', 'permission-request')" })} END;
    `);
  },
};

/** `numberKey` of `src/shared/lib/person-key.ts` in SQL. */
export function keyOf(number: string): string {
  return `CASE
    WHEN length(${number}) = 13 AND ${number} GLOB '521*' THEN '52' || substr(${number}, 4)
    WHEN length(${number}) = 12 AND ${number} GLOB '55[1-9][0-9][6-9]*'
      THEN substr(${number}, 1, 4) || '9' || substr(${number}, 5)
    WHEN length(${number}) = 12 AND ${number} GLOB '54*' AND ${number} NOT GLOB '549*'
      THEN '549' || substr(${number}, 3)
    ELSE ${number} END`;
}

const personOf = `coalesce(moved_to, ${keyOf('wa_id')}, 'u:' || user_id)`;

interface ContactRow {
  key: string;
  person: string;
  waId: string;
  userId: string | null;
  name: string | null;
  lastAt: number;
  lastKind: string;
}

/**
 * People stored under a spelling that is not their key get the key, merged with their other
 * spellings.
 */
function joinContacts(db: Db): void {
  const columns = `key, wa_id AS waId, user_id AS userId, name, last_at AS lastAt, last_kind AS lastKind`;
  const spelled = db
    .prepare<[], ContactRow>(
      `SELECT * FROM (SELECT ${columns}, ${keyOf('wa_id')} AS person FROM contact WHERE wa_id IS NOT NULL)
       WHERE person <> key`,
    )
    .all();
  const get = db.prepare<[string], Omit<ContactRow, 'person'>>(
    `SELECT ${columns} FROM contact WHERE key = ?`,
  );
  const remove = db.prepare<[string]>('DELETE FROM contact WHERE key = ?');
  const add = db.prepare<[Omit<ContactRow, 'person'>]>(
    `INSERT OR REPLACE INTO contact (key, wa_id, user_id, name, last_at, last_kind)
     VALUES (@key, @waId, @userId, @name, @lastAt, @lastKind)`,
  );
  for (const { person, ...row } of spelled) {
    const other = get.get(person);
    const [last, first] = other && other.lastAt > row.lastAt ? [other, row] : [row, other];
    // WhatsApp keeps the 9 in Argentina's numbers and the old form of Mexico's and Brazil's: nobody
    // could dial those.
    const waId = row.waId.startsWith('54') ? (other?.waId ?? row.waId) : row.waId;
    remove.run(row.key);
    add.run({
      key: person,
      waId,
      userId: last.userId ?? first?.userId ?? null,
      name: last.name ?? first?.name ?? null,
      lastAt: last.lastAt,
      lastKind: last.lastKind,
    });
  }
}

/** Of two answers about one person the later one is kept. */
function joinPermissions(db: Db): void {
  db.exec(`
    DELETE FROM permission_answer WHERE key NOT LIKE 'u:%' AND EXISTS (
      SELECT 1 FROM permission_answer AS other
      WHERE other.account_id = permission_answer.account_id AND other.key <> permission_answer.key
        AND (${keyOf('other.key')}) = (${keyOf('permission_answer.key')})
        AND coalesce(other.body ->> '$.checkedAt', 0) >= coalesce(permission_answer.body ->> '$.checkedAt', 0));
    UPDATE permission_answer SET key = ${keyOf('key')} WHERE key <> ${keyOf('key')};
  `);
}

/**
 * The two statements of a trigger: they add the new row's person, keep the latest time, and keep
 * known parts; the number is spelled as WhatsApp does if the row comes from WhatsApp (`named`),
 * else as it was dialled first.
 */
function putContact(row: { at: string; kind: string; username: string; named: string }): string {
  return `
    DELETE FROM contact WHERE new.wa_id IS NOT NULL AND new.user_id IS NOT NULL
      AND key = 'u:' || new.user_id AND key <> new.person;
    INSERT INTO contact (key, wa_id, user_id, name, username, last_at, last_kind)
      VALUES (new.person, new.wa_id, new.user_id, new.name, ${row.username}, ${row.at}, ${row.kind})
      ON CONFLICT (key) DO UPDATE SET
        wa_id = CASE WHEN ${row.named} THEN coalesce(excluded.wa_id, contact.wa_id)
          ELSE coalesce(contact.wa_id, excluded.wa_id) END,
        user_id = coalesce(contact.user_id, excluded.user_id),
        name = coalesce(excluded.name, contact.name),
        username = coalesce(excluded.username, contact.username),
        last_kind = CASE WHEN excluded.last_at >= contact.last_at THEN excluded.last_kind
          ELSE contact.last_kind END,
        last_at = max(contact.last_at, excluded.last_at);`;
}
