import type { Db } from '../../sqlite/migrate.ts';

/** The other records that this agent has of the same call, `call` itself included. */
const RECORDS = `SELECT call.seq UNION SELECT part.seq FROM call AS part
  WHERE part.account_id = call.account_id AND part.provider_call_id = call.provider_call_id`;

/** The values of a JSON list, one a line. */
const lines = (list: string) =>
  `(SELECT group_concat(value, char(10)) FROM json_each(coalesce(${list}, '[]')))`;

/** What this agent wrote about any record of the call, and what teammates wrote about it. */
const WORDS = `
  SELECT concat_ws(char(10), text, disposition, ${lines('tags')}) AS words
  FROM call_note WHERE call_seq IN (${RECORDS})
  UNION ALL
  SELECT concat_ws(char(10), body ->> '$.text', body ->> '$.disposition', ${lines("body -> '$.tags'")})
  FROM contact_event WHERE identity > call.account_id || '/note/' || call.provider_call_id || '/'
    AND identity < call.account_id || '/note/' || call.provider_call_id || '0' AND json_valid(body)`;

/**
 * The search index of calls: name, number, and what was written down. It stores no text, so its
 * rows are replaced as a whole.
 */
export class CallText {
  readonly #remove;
  readonly #index;
  readonly #records;
  readonly #named;

  constructor(db: Db) {
    this.#remove = db.prepare<[number]>('DELETE FROM call_text WHERE rowid = ?');
    // Any record of a call is found by the notes of all of them, because only one is listed.
    this.#index = db.prepare<[number]>(
      `INSERT INTO call_text (rowid, name, digits, note)
       SELECT call.seq, concat_ws(char(10), call.name, person_detail.words), coalesce(call.wa_id, ''),
         coalesce((SELECT group_concat(words, char(10)) FROM (${WORDS})), '')
       FROM call LEFT JOIN person_detail ON person_detail.person = call.person WHERE call.seq = ?`,
    );
    this.#records = db.prepare<[number], { seq: number }>(
      `SELECT other.seq FROM call JOIN call AS other ON other.seq IN (${RECORDS}) WHERE call.seq = ?`,
    );
    this.#named = db.prepare<[string, string], { seq: number }>(
      'SELECT seq FROM call WHERE account_id = ? AND provider_call_id = ? LIMIT 1',
    );
  }

  /** Adds a call that is not in the index. */
  index(seq: number): void {
    this.#index.run(seq);
  }

  remove(seq: number): void {
    this.#remove.run(seq);
  }

  /** The note of a call has changed. */
  noted(seq: number): void {
    for (const record of this.#records.all(seq)) {
      this.#remove.run(record.seq);
      this.#index.run(record.seq);
    }
  }

  /** A teammate's note of a call has changed, of which there may be no record here. */
  notedElsewhere(accountId: string, providerCallId: string): void {
    const found = this.#named.get(accountId, providerCallId);
    if (found) this.noted(found.seq);
  }
}
