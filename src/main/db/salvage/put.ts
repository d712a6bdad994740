import type { Db } from '../../../sqlite/migrate.ts';
import { CallText } from '../call-text.ts';
import { readSnapshot, redactedSnapshot } from '../snapshot.ts';
import type { FoundRow, Table } from './shapes.ts';
import { tables } from './shapes.ts';

/**
 * Rescued events are numbered before those that the new file has of the same call; there is room
 * for eight thousand rescues.
 */
const EARLIER = 2 ** 40;

/**
 * Writes rescued rows into a file of this version. Rows that it already has are newer and stay.
 * Doing it twice changes nothing.
 */
export class RowRescue {
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #text: CallText;
  readonly #inserts: Map<Table, { run: (row: FoundRow['row']) => { changes: number } }>;
  /** Calls of this transaction that no search finds yet. */
  readonly #unindexed = new Set<number>();
  /** Those that a search may find by more. */
  readonly #outdated = new Set<number>();
  /** Maps a call of the old file to its place in the new one. */
  readonly #places = new Map<number, number>();

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#text = new CallText(db);
    this.#inserts = new Map(tables.map((table) => [table, insertInto(db, table)]));
  }

  /** Calls that came back, in this rescue or an interrupted one. */
  get calls(): number {
    return this.#places.size;
  }

  /** Calls that the file did not have before. */
  added = 0;

  /** Several rows in one transaction; a row that does not fit is left out. */
  put(found: readonly FoundRow[]): void {
    this.#db
      .transaction(() => {
        for (const { table, row } of found) this.#putOne(table, row);
        // Last: with each other row between two texts, the index would be written anew.
        for (const seq of this.#unindexed) this.#text.index(seq);
        for (const seq of this.#outdated) this.#text.noted(seq);
        this.#unindexed.clear();
        this.#outdated.clear();
      })
      .immediate();
  }

  #putOne(table: Table, row: FoundRow['row']): void {
    switch (table) {
      case 'call':
        return this.#putCall(row);
      case 'call_event':
        this.#putPart(table, { ...row, seq: Number(row['seq']) - EARLIER });
        return undefined;
      case 'call_quality':
        this.#putPart(table, row);
        return undefined;
      case 'call_note':
        return this.#putNote(row);
      case 'recording':
        if (this.#insert(table, row) > 0) this.#heard(String(row['call_id']));
        return undefined;
      case 'transcript_line':
        this.#putLine(row);
        return undefined;
      case 'recording_listen':
        this.#insert(table, { ...row, id: null });
        return undefined;
      case 'contact_event':
        // Its row id may be taken; the identity tells it from others.
        this.#insert(table, { ...row, seq: null });
        return undefined;
      case 'setting':
        // The mark of an earlier file; this rescue is about another one.
        if (row['key'] !== 'set-aside') this.#insert(table, row);
        return undefined;
      case 'person_link':
      case 'person_move':
      case 'person_merge':
      case 'person_alias':
      case 'person_field':
      case 'person_detail':
      case 'account':
      case 'relay_cursor':
      case 'number_state':
      case 'rate_card':
      case 'permission_answer':
      case 'message_status':
        this.#insert(table, row);
        return undefined;
      default:
        return table satisfies never;
    }
  }

  #putCall(row: FoundRow['row']): void {
    const old = Number(row['seq']);
    const known = this.#sql.seqOf.get(String(row['id']));
    if (known) {
      this.#places.set(old, known.seq);
      return;
    }
    let seq = old;
    while (this.#sql.idAt.get(seq)) seq += 1;
    const call = readSnapshot(String(row['snapshot']));
    const snapshot = call ? redactedSnapshot(call) : '{}';
    if (this.#insert('call', { ...row, seq, snapshot }) === 0) return;
    this.added += 1;
    this.#unindexed.add(seq);
    this.#places.set(old, seq);
  }

  /** @returns the call's place, if the row was written */
  #putPart(
    table: 'call_event' | 'call_quality' | 'call_note',
    row: FoundRow['row'],
  ): number | undefined {
    const place = this.#places.get(Number(row['call_seq']));
    if (place === undefined) return undefined;
    return this.#insert(table, { ...row, call_seq: place }) === 0 ? undefined : place;
  }

  #putNote(row: FoundRow['row']): void {
    const place = this.#putPart('call_note', row);
    if (place !== undefined) this.#outdated.add(place);
  }

  #putLine(row: FoundRow['row']): void {
    if (this.#insert('transcript_line', row) === 0) return;
    const callId = this.#sql.callOf.get(String(row['recording_id']))?.callId;
    if (callId !== undefined) this.#heard(callId);
  }

  /** A search may find the call by more. */
  #heard(callId: string): void {
    const seq = this.#sql.seqOf.get(callId)?.seq;
    if (seq !== undefined) this.#outdated.add(seq);
  }

  #insert(table: Table, row: FoundRow['row']): number {
    try {
      return this.#inserts.get(table)?.run(row).changes ?? 0;
    } catch (error) {
      if (isOdd(error)) return 0;
      throw error;
    }
  }
}

function insertInto(db: Db, table: Table) {
  const names = db
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name);
  const values = names.map((name) => `@${name}`).join(', ');
  const statement = db.prepare<[FoundRow['row']]>(
    `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${values})`,
  );
  const unknown = Object.fromEntries(names.map((name) => [name, null]));
  return { run: (row: FoundRow['row']) => statement.run({ ...unknown, ...row }) };
}

function prepare(db: Db) {
  return {
    seqOf: db.prepare<[string], { seq: number }>('SELECT seq FROM call WHERE id = ?'),
    callOf: db.prepare<[string], { callId: string }>(
      'SELECT call_id AS callId FROM recording WHERE id = ?',
    ),
    idAt: db.prepare<[number], { id: string }>('SELECT id FROM call WHERE seq = ?'),
  };
}

/** A row that this version's tables do not accept. */
function isOdd(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(code) || error instanceof RangeError;
}
