import Database, { type Database as Db } from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { z } from 'zod';
import type { Result } from '../../../shared/lib/result.ts';
import { migrateStore } from '../migrations.ts';
import type { Unreadable } from '../readable.ts';
import { sqliteStore } from '../sqlite-store.ts';
import { isDiskTrouble } from '../disk-trouble.ts';
import type { SqliteStore } from '../store.ts';
import { plainRow, setHead, writeRow, type TableRow } from '../table-rows.ts';
import { applyAll, applyCommand, type Applied } from './apply.ts';
import type { Command, Decision, Several } from './command.ts';

/**
 * A command's entries have cursors between its own and the next command's: the sequence of its
 * message times this. No command has so many entries, because a message has at most 1 MB.
 */
const CURSORS_PER_COMMAND = 65_536;
/**
 * Cursors assigned in memory are in the second half of the last command's range: above its own, and
 * below the next command's.
 */
export const MEMORY_CURSORS = CURSORS_PER_COMMAND / 2;

/** The streams that a projection follows. */
export type Source = 'log' | 'agents';

/** The streams that a projection was made from. */
export interface Origin {
  /** Differs for a different stream. */
  id: string;
  /** The cursor before the first one. */
  cursorBase: number;
  /** The first message of the log that is still kept. */
  firstSequence: number;
  lastSequence: number;
}

const rows = z.object({ value: z.string() });
const number = z.coerce.number();

/**
 * The state that results from the streams' commands, in a database of this node alone: SQLite's
 * store, which decides the effect of each command. It can be deleted at any time and is then
 * rebuilt from the streams.
 */
export class Projection {
  readonly store: SqliteStore;
  readonly db: Db;
  readonly #base: number;

  private constructor(db: Db, store: SqliteStore, origin: Origin) {
    this.db = db;
    this.store = store;
    this.#base = origin.cursorBase;
  }

  /**
   * @param file path of the database; `:memory:` for one that ends with the process
   * @throws Error that tells a person what to do if another process has it open
   */
  static open(
    file: string,
    origin: Origin,
    unreadable: Unreadable,
    nativeBinding?: string,
  ): Projection {
    const found = openDatabase(file, nativeBinding);
    if (found && isOf(found, origin)) {
      return new Projection(found, sqliteStore(found, unreadable), origin);
    }
    found?.close();
    if (file !== ':memory:') {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    }
    const db = openDatabase(file, nativeBinding);
    if (!db) throw new Error(`${file} cannot be used as a database.`);
    begin(db, origin);
    return new Projection(db, sqliteStore(db, unreadable), origin);
  }

  /** A name that is unique to this database. */
  get node(): string {
    return read(this.db, 'node') ?? '';
  }

  /** The last executed message of a stream; 0 if there is none. */
  position(source: Source): number {
    return Number(read(this.db, `position-${source}`) ?? 0);
  }

  /** The rows of log and calls that a command of the log wrote, as they are now. */
  rowsOf(sequence: number): readonly z.infer<typeof plainRow>[] {
    const from = this.#base + sequence * CURSORS_PER_COMMAND;
    const entries = this.db
      .prepare('SELECT * FROM log WHERE cursor >= ? AND cursor < ?')
      .all(from, from + CURSORS_PER_COMMAND)
      .map((row) => plainRow.parse({ table: 'log', row }));
    const calls = entries.flatMap(({ row }) =>
      this.db
        .prepare(
          `SELECT * FROM calls WHERE call_id = (? ->> '$.accountId') || '/' || (? ->> '$.providerCallId')`,
        )
        .all(row['body'], row['body'])
        .map((call) => plainRow.parse({ table: 'calls', row: call })),
    );
    return [...calls, ...entries];
  }

  /**
   * Executes commands in one transaction, all or none.
   *
   * @param given undefined for an unreadable message, which adds nothing
   */
  async apply(
    given: readonly { source: Source; sequence: number; command: Command | undefined }[],
  ): Promise<readonly Answer[]> {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const answers: Answer[] = [];
      for (const { source, sequence, command } of given) {
        write(this.db, `position-${source}`, String(sequence));
        if (!command) answers.push({ ok: true, value: { answer: undefined, entries: [] } });
        else answers.push(await this.#answerTo(source, sequence, command));
      }
      this.db.exec('COMMIT');
      return answers;
    } catch (error) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** A command that fails here fails on every node; only disk errors are this node's own. */
  async #answerTo(source: Source, sequence: number, command: Command): Promise<Answer> {
    try {
      if (command.kind === 'import' || command.kind === 'agent-import') {
        return { ok: true, value: this.#import(command.rows) };
      }
      const applied = source === 'log' ? this.#inPlace(sequence, command) : this.#run(command);
      return { ok: true, value: await applied };
    } catch (error) {
      if (isDiskTrouble(error)) throw error;
      return { ok: false, error };
    }
  }

  #import(given: readonly TableRow[]): Applied {
    for (const { table, row } of given) {
      const whole = table === 'deliveries' ? { ...row, body: Buffer.alloc(0) } : row;
      writeRow(this.db, { table, row: whole });
    }
    return { answer: undefined, entries: [] };
  }

  #run(command: Decision | Several): Promise<Applied> {
    return command.kind === 'several'
      ? applyAll(this.store, command.commands)
      : applyCommand(this.store, command);
  }

  /** Gives the command's entries their cursors. */
  async #inPlace(sequence: number, command: Decision | Several): Promise<Applied> {
    const before = lastCursor(this.db);
    const start = this.#base + sequence * CURSORS_PER_COMMAND;
    setHead(this.db, start);
    try {
      return await this.#run(command);
    } finally {
      if (lastCursor(this.db) === start) setHead(this.db, before);
    }
  }

  /** Empties the write-ahead log, so that what was deleted is in no file. */
  clearLog(): void {
    this.db.pragma('wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    if (this.db.open) this.db.close();
  }
}

/** The result of a command, or its error. */
export type Answer = Result<Applied, unknown>;

/** Undefined if the file is not one of our databases. */
function openDatabase(file: string, nativeBinding: string | undefined): Db | undefined {
  const db = new Database(file, {
    timeout: 0,
    ...(nativeBinding !== undefined && { nativeBinding }),
  });
  try {
    // With two processes, each would skip what the other has executed.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    // Deleted content is overwritten with zeros.
    db.pragma('secure_delete = ON');
    // What a power cut loses is still in the stream.
    db.pragma('synchronous = NORMAL');
    migrateStore(db);
    return db;
  } catch (error) {
    db.close();
    const isBusy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    if (isBusy) {
      const message = `Another relay uses ${file}; give each node its own dataDir.`;
      throw new Error(message, { cause: error });
    }
    if (error instanceof Database.SqliteError) return undefined;
    throw error;
  }
}

/**
 * Whether the streams continue this projection: they are the same ones, and none of the following
 * messages is deleted.
 */
function isOf(db: Db, { id, firstSequence, lastSequence }: Origin): boolean {
  const position = Number(read(db, 'position-log') ?? 0);
  return read(db, 'origin') === id && position + 1 >= firstSequence && position <= lastSequence;
}

function begin(db: Db, { id, cursorBase, firstSequence }: Origin): void {
  write(db, 'origin', id);
  write(db, 'node', randomUUID());
  write(db, 'position-log', String(Math.max(0, firstSequence - 1)));
  if (firstSequence <= 1) return;
  // Earlier entries are no longer kept.
  const prunedTo = cursorBase + firstSequence * CURSORS_PER_COMMAND;
  write(db, 'pruned_to', String(prunedTo));
  setHead(db, prunedTo);
}

function read(db: Db, key: string): string | undefined {
  const row = db.prepare('SELECT value FROM meta WHERE key = ?').get(key);
  return row === undefined ? undefined : rows.parse(row).value;
}

function write(db: Db, key: string, value: string): void {
  db.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  ).run(key, value);
}

/** The last assigned cursor, from which SQLite continues. */
function lastCursor(db: Db): number {
  const row = db
    .prepare(`SELECT seq AS value FROM sqlite_sequence WHERE name = 'log'`)
    .pluck()
    .get();
  return row === undefined ? 0 : number.parse(row);
}
