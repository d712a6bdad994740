import type { Db } from '../../sqlite/migrate.ts';

/** The other records that this agent has of the same call, `call` itself included. */
const RECORDS = `SELECT call.seq UNION SELECT part.seq FROM call AS part
  WHERE part.account_id = call.account_id AND part.provider_call_id = call.provider_call_id`;

/**
 * The search index of calls: name, number and note. It stores no text, so its rows are replaced as
 * a whole.
 */
export class CallText {
  readonly #remove;
  readonly #index;
  readonly #records;

  constructor(db: Db) {
    this.#remove = db.prepare<[number]>('DELETE FROM call_text WHERE rowid = ?');
    // Any record of a call is found by the notes of all of them, because only one is listed.
    this.#index = db.prepare<[number]>(
      `INSERT INTO call_text (rowid, name, digits, note)
       SELECT call.seq, coalesce(call.name, ''), coalesce(call.wa_id, ''), coalesce(
         (SELECT group_concat(text, char(10)) FROM call_note WHERE call_seq IN (${RECORDS})), '')
       FROM call WHERE call.seq = ?`,
    );
    this.#records = db.prepare<[number], { seq: number }>(
      `SELECT other.seq FROM call JOIN call AS other ON other.seq IN (${RECORDS}) WHERE call.seq = ?`,
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
}
