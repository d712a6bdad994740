import type { Db } from '../../../sqlite/migrate.ts';
import { personHash } from '../../../sqlite/person-hash.ts';
import { ALWAYS } from '../people/identity.ts';
import { personNow } from '../people/person-sql.ts';

/** Every key of a person. @param key any of them */
export function keysOfPerson(db: Db, key: string): readonly string[] {
  return db
    .prepare<{ key: string }, string>(
      `WITH person (of) AS (SELECT ${personNow('@key')})
       SELECT key FROM person_alias, person WHERE person = person.of AND until = ${ALWAYS}
       UNION SELECT of FROM person UNION SELECT @key`,
    )
    .pluck()
    .all({ key });
}

/** Whom hashes mean, among everybody who is known here. */
export function keysOfHashes(db: Db, salt: string, hashes: readonly string[]): readonly string[] {
  const wanted = new Set(hashes);
  const every = db
    .prepare<[], string>(
      `SELECT key FROM contact UNION SELECT key FROM person_alias UNION SELECT key FROM person_field
       UNION SELECT a FROM person_link UNION SELECT b FROM person_link
       UNION SELECT from_key FROM person_move UNION SELECT to_key FROM person_move
       UNION SELECT kept FROM person_merge UNION SELECT other FROM person_merge
       UNION SELECT customer FROM todo UNION SELECT 'u:' || user_id FROM todo WHERE user_id IS NOT NULL
       UNION SELECT key FROM permission_answer`,
    )
    .pluck();
  const found: string[] = [];
  for (const key of every.iterate()) if (wanted.has(personHash(salt, key))) found.push(key);
  return [...new Set(found.flatMap((key) => keysOfPerson(db, key)))];
}
