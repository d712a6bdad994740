import type { Contact, ContactItem } from '../../shared/ipc/contacts.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { Db } from '../../sqlite/migrate.ts';
import type { ContactPages } from '../db/contact-pages.ts';
import { keysOfPerson } from '../db/erasing/person-keys.ts';
import { parseColumn } from '../db/json.ts';
import { LINE_COLUMNS } from '../db/recordings/rows.ts';
import { jsonLine } from './export/json-lines.ts';
import type { History } from './history.ts';

/** All that is known of one person. */
export interface KnownPerson {
  person: Omit<Contact, 'items' | 'next'>;
  /** Calls, messages and notes, newest first. */
  timeline: readonly ContactItem[];
  /** Each call as in an export of JSON Lines, newest first. */
  calls: readonly string[];
  /** Where they wait or waited, what they allowed us, what was said in recordings, and who listened to these. */
  waiting: readonly unknown[];
  permissions: readonly unknown[];
  transcripts: readonly unknown[];
  listened: readonly unknown[];
}

const PAGE = 200;

/** Reads everything about one person. */
export function knownPerson(
  { db, history, contacts }: { db: Db; history: History; contacts: ContactPages },
  party: Party,
): KnownPerson {
  const timeline: ContactItem[] = [];
  let person: KnownPerson['person'] | undefined;
  let before: string | undefined;
  do {
    const { items, next, ...rest } = contacts.get(party, before, PAGE);
    person ??= rest;
    timeline.push(...items);
    before = next;
  } while (before !== undefined);
  const calls: string[] = [];
  const key = personKey(party);
  const filter = { person: key };
  for (let below: number | undefined; ;) {
    const page = history.records(filter, below, PAGE);
    const last = page.at(-1);
    if (!last) break;
    calls.push(...page.map((call) => jsonLine(call, history.timeline(call.seq))));
    below = last.seq;
  }
  const beside = besideOf(db, key === undefined ? [] : keysOfPerson(db, key));
  return { person, timeline, calls, ...beside };
}

const LISTED = '(SELECT value FROM json_each(?))';

/** What is stored of them elsewhere. @param keys all of theirs */
function besideOf(db: Db, keys: readonly string[]) {
  const bound = JSON.stringify(keys);
  const all = (sql: string) => db.prepare<string[], Record<string, unknown>>(sql).all(bound);
  return {
    waiting: all(
      `WITH theirs (key) AS ${LISTED} SELECT item FROM todo
       WHERE customer IN (SELECT key FROM theirs) OR 'u:' || user_id IN (SELECT key FROM theirs)
       ORDER BY account_id`,
    ).map(({ item }) => parseColumn(String(item))),
    permissions: all(
      `SELECT account_id AS accountId, body FROM permission_answer WHERE key IN ${LISTED}
       ORDER BY account_id`,
    ).map(({ accountId, body }) => ({ accountId, answer: parseColumn(String(body)) })),
    transcripts: all(
      `SELECT call_id AS callId, ${LINE_COLUMNS} FROM transcript_line
         JOIN recording ON recording.id = recording_id JOIN call ON call.id = call_id
       WHERE person IN ${LISTED} ORDER BY call_id, recording_id, n`,
    ),
    listened: all(
      `SELECT call_id AS callId, agent, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at,
         from_ms AS fromMs, to_ms AS toMs
       FROM recording_listen JOIN call ON call.id = call_id WHERE person IN ${LISTED} ORDER BY recording_listen.id`,
    ),
  };
}
