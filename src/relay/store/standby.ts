import Database, { type Database as Db } from 'better-sqlite3';
import { z } from 'zod';
import { migrateStore } from './migrations.ts';
import type { Unreadable } from './readable.ts';
import { sqliteStore } from './sqlite-store.ts';
import type { IdentifiedBody, SqliteStore } from './store.ts';

const rows = z.array(z.record(z.string(), z.unknown()));
const maximum = z.object({ cursor: z.number().nullable() });
const delivery = z.object({ id: z.number() }).loose();
const entry = z.object({ delivery_id: z.number().nullable() }).loose();

/** The tables whose rows may change in memory. */
const WRITTEN_BACK = [
  'calls',
  'declines',
  'relayed_calls',
  'last_agents',
  'wrap_up_forms',
  'todo',
  'todo_reference',
  'person_fact',
];

interface Ports {
  nativeBinding?: string | undefined;
  unreadable: Unreadable;
}

/**
 * The calls and agents known when the disk failed, and everything since, in an in-memory database.
 */
export class Standby {
  readonly store: SqliteStore;
  readonly #memory: Db;

  /** @param gap between the last cursor on disk and the first one in memory, which may be lost with the process */
  constructor(db: Db, disk: SqliteStore, { nativeBinding, unreadable }: Ports, gap: number) {
    const memory = new Database(':memory:', nativeBinding === undefined ? {} : { nativeBinding });
    this.#memory = memory;
    memory.pragma('foreign_keys = OFF');
    migrateStore(memory);
    // What cannot be read is unknown; calls ring nevertheless.
    for (const table of ['meta', 'agents', 'wrap_up_forms', ...WRITTEN_BACK]) {
      quietly(() => copy(db, memory, table), undefined);
    }
    const { head } = quietly(() => disk.extentNow(), { head: 0, prunedTo: 0 });
    memory.prepare(`INSERT INTO sqlite_sequence (name, seq) VALUES ('log', ?)`).run(head + gap);
    const store = sqliteStore(memory, unreadable);
    const isNew = ({ identity }: IdentifiedBody) => !quietly(() => disk.knows(identity), false);
    this.store = {
      ...store,
      durable: () => false,
      append: (delivery, events) => store.append(delivery, events.filter(isNew)),
      appendAll: (group) =>
        store.appendAll(
          group.map(({ delivery, events }) => ({ delivery, events: events.filter(isNew) })),
        ),
      async appendMessage(body, at, identity) {
        if (identity !== undefined && quietly(() => disk.knows(identity), false)) return;
        await store.appendMessage(body, at, identity);
      },
      async extent() {
        const last = maximum.parse(memory.prepare('SELECT max(cursor) AS cursor FROM log').get());
        return { ...(await store.extent()), head: last.cursor ?? head };
      },
      async entriesAfter(cursor, limit) {
        const early = cursor < head ? await disk.entriesAfter(cursor, limit).catch(() => []) : [];
        if (early.length >= limit) return early;
        return [...early, ...(await store.entriesAfter(cursor, limit - early.length))];
      },
      async notesBefore(cursor, limit) {
        const late = await store.notesBefore(cursor, limit);
        if (late.length >= limit) return late;
        const rest = limit - late.length;
        return [...late, ...(await disk.notesBefore(cursor, rest).catch(() => []))];
      },
      // Nothing is too old while the disk is full.
      prune: async () => 0,
      agents: {
        // Agents and rights change on the disk or not at all: in memory nobody would heed them.
        ...disk.agents,
        wrapUp: (...args) => store.agents.wrapUp(...args),
        acknowledged: (...args) => store.agents.acknowledged(...args),
        // While the disk can be read, an agent removed there stays out.
        byTokenHash: (hash) =>
          disk.agents.byTokenHash(hash).catch(() => store.agents.byTokenHash(hash)),
        version: () => disk.agents.version().catch(() => store.agents.version()),
        wrapUpForms: () => disk.agents.wrapUpForms().catch(() => store.agents.wrapUpForms()),
        async list() {
          const known = new Map((await store.agents.list()).map((agent) => [agent.id, agent]));
          const onDisk = await disk.agents.list().catch(() => [...known.values()]);
          return onDisk.map((agent) => {
            const { acked, wrapUpUntil } = known.get(agent.id) ?? agent;
            return { ...agent, acked, wrapUpUntil };
          });
        },
      },
    };
  }

  /**
   * Writes everything to the disk, or nothing.
   *
   * @returns the number of log entries
   * @throws if the disk still cannot be written
   */
  writeTo(db: Db): number {
    const memory = this.#memory;
    const write = db.transaction(() => {
      const ids = new Map<number, number | bigint>();
      for (const { id, ...row } of z.array(delivery).parse(all(memory, 'deliveries'))) {
        ids.set(id, insert(db, 'deliveries', row));
      }
      const entries = z.array(entry).parse(all(memory, 'log'));
      for (const { delivery_id: id, ...row } of entries) {
        insert(db, 'log', { ...row, delivery_id: id === null ? null : (ids.get(id) ?? null) });
      }
      for (const table of WRITTEN_BACK) copy(memory, db, table);
      const seen = db.prepare(
        `UPDATE agents SET acked_cursor = @acked_cursor, acked_at = @acked_at,
         wrap_up_until = @wrap_up_until WHERE id = @id`,
      );
      for (const row of all(memory, 'agents')) seen.run(row);
      return entries.length;
    });
    return write.immediate();
  }

  close(): void {
    this.#memory.close();
  }
}

const all = (db: Db, table: string) => rows.parse(db.prepare(`SELECT * FROM ${table}`).all());

/**
 * Copies every row of a table into the same table of another database; existing rows are updated.
 */
function copy(from: Db, to: Db, table: string): void {
  for (const row of all(from, table)) insert(to, table, row);
}

function insert(db: Db, table: string, row: Record<string, unknown>): number | bigint {
  const columns = Object.keys(row);
  const sql = `INSERT INTO ${table} (${columns.join(', ')})
    VALUES (${columns.map((name) => `@${name}`).join(', ')})
    ON CONFLICT DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  return db.prepare(sql).run(row).lastInsertRowid;
}

/** What a task gives, or else this if it fails. */
export function quietly<T>(task: () => T, otherwise: T): T {
  try {
    return task();
  } catch {
    return otherwise;
  }
}
