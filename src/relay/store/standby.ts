import Database, { type Database as Db } from 'better-sqlite3';
import { z } from 'zod';
import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline, DUE_AGAIN_MS } from '../../shared/lib/deadline.ts';
import { reasonOf, type Log } from '../log.ts';
import type { Unreadable } from './readable.ts';
import { GroupCommit } from './group-commit.ts';
import { sqliteStore } from './sqlite-store.ts';
import { migrateStore } from './migrations.ts';
import type { AddedEntry, Append, IdentifiedBody, SqliteStore, Store } from './store.ts';

/**
 * Errors that the disk or another process's lock can cause in any statement. Anything else is a bug
 * of ours.
 */
const DISK_TROUBLE =
  /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED|CORRUPT|NOTADB|PERM|AUTH|NOMEM|PROTOCOL)/;
/** Pause between attempts to write to the disk again, in ms. */
const AGAIN_MS = 5 * DUE_AGAIN_MS;
/** The most cursors that are assigned in memory per second. */
const CURSORS_A_SECOND = 2 ** 20;
/** Is in `meta` while a relay serves the store. If it is there at a start, the last relay did not shut down cleanly. */
export const SERVED = 'served';
/** Maximum number of deliveries per transaction. */
const MOST_TOGETHER = 64;

interface Ports {
  clock: Clock;
  log: Log;
  nativeBinding?: string | undefined;
  unreadable: Unreadable;
}

/**
 * A store on disk with one in memory behind it: while the disk cannot be written, calls ring, are
 * claimed and end in memory, and all of it is written once the disk works again. `durable()` says
 * which store is in use.
 */
export function withStandby(db: Db, disk: SqliteStore, ports: Ports): Store {
  const { clock, log } = ports;
  let standby: Standby | undefined;
  let hasBegun = false;
  const again = new Deadline(clock, () => back());

  const begin = (): void => {
    if (!hasBegun) beginServing(db, clock.now());
    hasBegun = true;
  };

  const back = (): void => {
    if (!standby) return;
    try {
      begin();
      const written = standby.writeTo(db);
      standby.close();
      standby = undefined;
      again.set(undefined);
      log.info('store.back', { written });
    } catch (error) {
      log.warn('store.still-failing', { why: reasonOf(error) });
      again.set(clock.now() + AGAIN_MS);
    }
  };

  const takeOver = (error: unknown): Standby => {
    log.error('store.in-memory', { why: reasonOf(error) });
    const { head } = quietly(() => disk.extentNow(), { head: 0, prunedTo: 0 });
    standby = new Standby(db, disk, ports, cursorNow(clock.now(), head) - head);
    again.set(clock.now() + AGAIN_MS);
    return standby;
  };

  try {
    begin();
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    // Until it is noted that an earlier relay's memory is lost, its cursors must not be assigned again.
    takeOver(error);
  }

  const run = async <T>(task: (store: SqliteStore) => Promise<T>): Promise<T> => {
    if (standby) return task(standby.store);
    try {
      return await task(disk);
    } catch (error) {
      if (!isDiskTrouble(error)) throw error;
      return task((standby ?? takeOver(error)).store);
    }
  };

  const appends = new GroupCommit<Append, readonly AddedEntry[]>(
    (group) => run((store) => store.appendAll(group)),
    MOST_TOGETHER,
  );

  return {
    durable: () => standby === undefined,
    watch: (listener) => disk.watch(listener),
    probe: () => run((store) => store.probe()),
    catchUp: () => disk.catchUp(),
    lastWebhooks: () => disk.lastWebhooks(),
    epoch: () => run((store) => store.epoch()),
    renewEpoch: () => run((store) => store.renewEpoch()),
    append: (delivery, events) => appends.add(delivery.accountId, { delivery, events }),
    appendMessage: (...args) => run((store) => store.appendMessage(...args)),
    extent: () => run((store) => store.extent()),
    entriesAfter: (...args) => run((store) => store.entriesAfter(...args)),
    notesBefore: (...args) => run((store) => store.notesBefore(...args)),
    todos: (...args) => run((store) => store.todos(...args)),
    todo: (...args) => run((store) => store.todo(...args)),
    answeredElsewhere: (...args) => run((store) => store.answeredElsewhere(...args)),
    changeTodo: (...args) => run((store) => store.changeTodo(...args)),
    ringing: (...args) => run((store) => store.ringing(...args)),
    call: (...args) => run((store) => store.call(...args)),
    reserve: (...args) => run((store) => store.reserve(...args)),
    agentsWithReservations: () => run((store) => store.agentsWithReservations()),
    claimed: (...args) => run((store) => store.claimed(...args)),
    dropReservations: (...args) => run((store) => store.dropReservations(...args)),
    claim: (...args) => run((store) => store.claim(...args)),
    release: (...args) => run((store) => store.release(...args)),
    decline: (...args) => run((store) => store.decline(...args)),
    relayedCall: (...args) => run((store) => store.relayedCall(...args)),
    openRelayedCalls: () => run((store) => store.openRelayedCalls()),
    saveRelayedCall: (...args) => run((store) => store.saveRelayedCall(...args)),
    adoptRelayedCall: (...args) => run((store) => store.adoptRelayedCall(...args)),
    notLaterThan: (...args) => run((store) => store.notLaterThan(...args)),
    prune: (...args) => run((store) => store.prune(...args)),
    async erase(asked) {
      // What is in memory would be written back.
      if (standby) throw new Error('the disk cannot be written');
      return disk.erase(asked);
    },
    noteErasure: (...args) => disk.noteErasure(...args),
    erasures: (...args) => disk.erasures(...args),
    hold: (...args) => disk.hold(...args),
    noteHold: (...args) => disk.noteHold(...args),
    holds: (...args) => disk.holds(...args),
    people: {
      add: (...args) => run(({ people }) => people.add(...args)),
      page: (...args) => run(({ people }) => people.page(...args)),
      notCarried: (...args) => run(({ people }) => people.notCarried(...args)),
      carry: (...args) => run(({ people }) => people.carry(...args)),
    },
    agents: {
      add: (...args) => run(({ agents }) => agents.add(...args)),
      update: (...args) => run(({ agents }) => agents.update(...args)),
      rotate: (...args) => run(({ agents }) => agents.rotate(...args)),
      remove: (...args) => run(({ agents }) => agents.remove(...args)),
      list: () => run(({ agents }) => agents.list()),
      wrapUpForms: () => run(({ agents }) => agents.wrapUpForms()),
      setWrapUpForm: (...args) => run(({ agents }) => agents.setWrapUpForm(...args)),
      version: () => run(({ agents }) => agents.version()),
      byTokenHash: (...args) => run(({ agents }) => agents.byTokenHash(...args)),
      wrapUp: (...args) => run(({ agents }) => agents.wrapUp(...args)),
      acknowledged: (...args) => run(({ agents }) => agents.acknowledged(...args)),
    },
    // A console that becomes an agent's in memory would be nobody's after a crash.
    invitations: disk.invitations,
    // Meanwhile nobody is told: what is not on disk would be told twice, or never.
    dispatches: disk.dispatches,
    async close() {
      back();
      if (standby) log.error('store.lost', { why: 'the disk took nothing until the end' });
      again.set(undefined);
      if (!standby)
        quietly(() => db.prepare('DELETE FROM meta WHERE key = ?').run(SERVED), undefined);
      await disk.close();
    },
  };
}

/**
 * The first cursor to assign in memory from now on, and the first one to store after a relay that did not shut down
 * cleanly. It follows the time, so that cursors that were lost with that relay's memory are above all that were stored
 * before and below all that are stored later: a console that has one of them has everything before it and gets
 * everything after it.
 */
function cursorNow(now: number, head: number): number {
  return Math.max(head + CURSORS_A_SECOND, Math.ceil(now / 1_000) * CURSORS_A_SECOND);
}

/** Skips the cursors that an earlier relay may have assigned in memory only. */
function beginServing(db: Db, now: number): void {
  const begin = db.transaction(() => {
    const { changes } = db
      .prepare('INSERT INTO meta (key, value) VALUES (?, 1) ON CONFLICT DO NOTHING')
      .run(SERVED);
    if (changes > 0) return;
    const row = db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'log'`).get();
    const { seq } = sequence.parse(row ?? { seq: 0 });
    if (!row) db.prepare(`INSERT INTO sqlite_sequence (name, seq) VALUES ('log', 0)`).run();
    // From the next second, because the last relay may have ended in this one.
    const past = cursorNow(now + 1_000, seq);
    db.prepare(`UPDATE sqlite_sequence SET seq = ? WHERE name = 'log'`).run(past);
  });
  begin.immediate();
}

/** Whether a statement failed because of the disk or another process's lock. */
export function isDiskTrouble(error: unknown): boolean {
  return error instanceof Database.SqliteError && DISK_TROUBLE.test(error.code);
}

const rows = z.array(z.record(z.string(), z.unknown()));
const sequence = z.object({ seq: z.number() });
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

/**
 * The calls and agents known when the disk failed, and everything since, in an in-memory database.
 */
export class Standby {
  readonly store: SqliteStore;
  readonly #memory: Db;

  /** @param gap between the last cursor on disk and the first one in memory, which may be lost with the process */
  constructor(
    db: Db,
    disk: SqliteStore,
    { nativeBinding, unreadable }: Pick<Ports, 'nativeBinding' | 'unreadable'>,
    gap: number,
  ) {
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

function quietly<T>(task: () => T, otherwise: T): T {
  try {
    return task();
  } catch {
    return otherwise;
  }
}
