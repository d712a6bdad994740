import type { Db } from '../../sqlite/migrate.ts';
import { gramsOf } from './grams.ts';

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

/** What was said, as transcripts of any record of the call have it. */
const SAID = `(SELECT group_concat(transcript_line.text, char(10)) FROM recording
    JOIN transcript_line ON transcript_line.recording_id = recording.id
  WHERE recording.call_id IN (SELECT id FROM call AS own WHERE own.seq IN (${RECORDS})))`;

interface Texts {
  seq: number;
  name: string;
  digits: string;
  note: string;
  said: string | null;
}

/** Any record of a call is found by the notes of all of them, because only one is listed. */
const TEXTS = `SELECT call.seq, concat_ws(char(10), call.name, person_detail.words) AS name,
    coalesce(call.wa_id, '') AS digits,
    coalesce((SELECT group_concat(words, char(10)) FROM (${WORDS})), '') AS note,
    ${SAID} AS said
  FROM call LEFT JOIN person_detail ON person_detail.person = call.person`;

/**
 * The search indexes of calls: name, number, what was written down and what was said; one of texts, one of single letters and pairs.
 * They store no text, so their rows are replaced as a whole.
 */
export class CallText {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** Adds a call that is not in the index. */
  index(seq: number): void {
    const texts = this.#sql.texts.get(seq);
    if (!texts) return;
    // Not by its letters and pairs, which every transcript has.
    const { said, ...written } = texts;
    const note = said === null ? written.note : `${written.note}\n${said}`;
    this.#sql.index.run({ ...written, note });
    this.#indexGrams(texts);
  }

  remove(seq: number): void {
    this.#sql.remove.run(seq);
    this.#sql.removeGrams.run(seq);
  }

  /** The note of a call has changed. */
  noted(seq: number): void {
    for (const record of this.#sql.records.all(seq)) {
      this.remove(record.seq);
      this.index(record.seq);
    }
  }

  /** A teammate's note of a call has changed, of which there may be no record here. */
  notedElsewhere(accountId: string, providerCallId: string): void {
    const found = this.#sql.named.get(accountId, providerCallId);
    if (found) this.noted(found.seq);
  }

  /**
   * Adds some of the calls from before the index of letters. Call it in a transaction, again until it has done all.
   *
   * @returns whether some are left
   */
  indexOlder(limit: number): boolean {
    const below = this.#sql.below.get()?.seq;
    if (below === undefined) return false;
    const found = this.#sql.older.all(below, limit);
    for (const texts of found) {
      this.#sql.removeGrams.run(texts.seq);
      this.#indexGrams(texts);
    }
    const last = found.at(-1);
    if (last && found.length === limit) this.#sql.moveBelow.run(last.seq);
    else this.#sql.allIndexed.run();
    return last !== undefined && found.length === limit;
  }

  #indexGrams({ seq, name, digits, note }: Texts): void {
    this.#sql.indexGrams.run(seq, gramsOf(`${name}\n${digits}\n${note}`));
  }
}

function prepare(db: Db) {
  return {
    texts: db.prepare<[number], Texts>(`${TEXTS} WHERE call.seq = ?`),
    index: db.prepare<Omit<Texts, 'said'>>(
      'INSERT INTO call_text (rowid, name, digits, note) VALUES (@seq, @name, @digits, @note)',
    ),
    indexGrams: db.prepare<[number, string]>('INSERT INTO call_gram (rowid, grams) VALUES (?, ?)'),
    remove: db.prepare<[number]>('DELETE FROM call_text WHERE rowid = ?'),
    removeGrams: db.prepare<[number]>('DELETE FROM call_gram WHERE rowid = ?'),
    records: db.prepare<[number], { seq: number }>(
      `SELECT other.seq FROM call JOIN call AS other ON other.seq IN (${RECORDS}) WHERE call.seq = ?`,
    ),
    named: db.prepare<[string, string], { seq: number }>(
      'SELECT seq FROM call WHERE account_id = ? AND provider_call_id = ? LIMIT 1',
    ),
    below: db.prepare<[], { seq: number }>('SELECT seq FROM call_gram_below'),
    older: db.prepare<[number, number], Texts>(
      `${TEXTS} WHERE call.seq < ? ORDER BY call.seq DESC LIMIT ?`,
    ),
    moveBelow: db.prepare<[number]>('UPDATE call_gram_below SET seq = ?'),
    allIndexed: db.prepare<[]>('DELETE FROM call_gram_below'),
  };
}
