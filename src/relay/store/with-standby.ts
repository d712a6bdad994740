import type { Database as Db } from 'better-sqlite3';
import { z } from 'zod';
import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline, DUE_AGAIN_MS } from '../../shared/lib/deadline.ts';
import { reasonOf, type Log } from '../log.ts';
import { isDiskTrouble } from './disk-trouble.ts';
import { GroupCommit } from './group-commit.ts';
import type { Unreadable } from './readable.ts';
import { quietly, Standby } from './standby.ts';
import type { AddedEntry, Append, SqliteStore, Store } from './store.ts';

/** Pause between attempts to write to the disk again, in ms. */
const AGAIN_MS = 5 * DUE_AGAIN_MS;
/** The most cursors that are assigned in memory per second. */
const CURSORS_A_SECOND = 2 ** 20;
/** Is in `meta` while a relay serves the store. If it is there at a start, the last relay did not shut down cleanly. */
export const SERVED = 'served';
/** Maximum number of deliveries per transaction. */
const MOST_TOGETHER = 64;

const sequence = z.object({ seq: z.number() });

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
      catchUp: () => disk.agents.catchUp(),
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
