import type { Statement } from 'better-sqlite3';
import type { ViewTally } from '../../../shared/insight/tally.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { DAY_SEQ, DayCalls, type LoggedCall } from './day-calls.ts';
import { PackedCalls } from './packed-calls.ts';
import type { PackedDay } from './packed-day.ts';

const DAY_MS = 86_400_000;

/** Days with calls. */
interface Packing {
  packed: number;
  raw: number;
  rawCalls: number;
}

/** Visits the calls of the log: packed days as they are packed, the others from their rows. */
export class LogCalls {
  readonly #db: Db;
  readonly #days: DayCalls;
  readonly #packed: Statement<{ first: number; last: number }, PackedDay>;
  readonly #packedDays: Statement<{ first: number; last: number }, number>;
  readonly #callsOf: Statement<{ from: number; to: number; most: number }, number>;
  readonly #span: Statement<[], { first: number | null; last: number | null }>;

  readonly #firstFrom: Statement<[number], number | null>;
  readonly #othersVersion: Statement<[], number>;
  readonly #ownVersion: Statement<[], number>;
  #last: { day: number; version: string; calls: readonly LoggedCall[] } | undefined;

  constructor(db: Db) {
    this.#db = db;
    this.#days = new DayCalls(db);
    this.#packed = db.prepare(
      'SELECT day, words, rare, calls FROM insight_day WHERE day BETWEEN @first AND @last ORDER BY day',
    );
    this.#packedDays = db
      .prepare<{ first: number; last: number }, number>(
        'SELECT day FROM insight_day WHERE day BETWEEN @first AND @last',
      )
      .pluck();
    this.#callsOf = db
      .prepare<{ from: number; to: number; most: number }, number>(
        `SELECT count(*) FROM (SELECT 1 FROM call
           WHERE seq >= @from AND seq < @to AND outcome IS NOT NULL LIMIT @most)`,
      )
      .pluck();
    this.#firstFrom = db
      .prepare<[number], number | null>('SELECT min(seq) FROM call WHERE seq >= ?')
      .pluck();
    // They grow with each commit of other connections, and with each change of this one.
    this.#othersVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#ownVersion = db.prepare<[], number>('SELECT total_changes()').pluck();
    this.#span = db.prepare(
      'SELECT (SELECT seq FROM call ORDER BY seq LIMIT 1) / 1000 AS first, max(seq) / 1000 AS last FROM call',
    );
  }

  /**
   * Visits calls that began in a range (Unix ms, both inclusive), the oldest first. All visits may be given the same
   * object.
   */
  each(from: number, to: number, visit: (call: LoggedCall) => void): void {
    const counted = (call: LoggedCall) => {
      if (call.at >= from && call.at <= to) visit(call);
    };
    this.#eachDay(from, to, counted, (calls) => calls.each(visit));
  }

  /**
   * How far the days of a range are packed; the last day of the log, to which calls are added, never is.
   *
   * @param most calls of the other days are counted no further than that
   */
  packing(from: number, to: number, most: number): Packing {
    const found: Packing = { packed: 0, raw: 0, rawCalls: 0 };
    const span = this.#span.get();
    if (span?.first == null || span.last === null) return found;
    const first = dayOf(Math.max(from, span.first));
    const last = Math.min(dayOf(to), dayOf(span.last) - 1);
    const packed = new Set(this.#packedDays.all({ first, last }));
    found.packed = packed.size;
    for (let day = first; day <= last; day++) {
      if (packed.has(day)) continue;
      const [from, to] = [day * DAY_SEQ, (day + 1) * DAY_SEQ];
      // Whether there is any is enough once it is known that they are many.
      const calls = this.#callsOf.get({ from, to, most: Math.max(1, most - found.rawCalls) }) ?? 0;
      if (calls === 0) continue;
      found.raw += 1;
      found.rawCalls += calls;
    }
    return found;
  }

  /** Has a tally count the calls up to a time (Unix ms, inclusive). */
  tally(tally: ViewTally, to: number): void {
    const add = (call: LoggedCall) => tally.add(call);
    this.#eachDay(tally.since, to, add, (calls) => {
      if (tally.addDay && calls.isPlain) tally.addDay(calls);
      else calls.each(add, tally.only);
    });
  }

  /**
   * @param visit a call of a day that is not packed, or that may not be wholly in the range
   * @param visitDay all calls of another day
   */
  #eachDay(
    from: number,
    to: number,
    visit: (call: LoggedCall) => void,
    visitDay: (calls: PackedCalls) => void,
  ): void {
    this.#db.transaction(() => {
      const span = this.#span.get();
      if (span?.first == null || span.last === null) return;
      const first = dayOf(Math.max(from, span.first));
      const last = dayOf(Math.min(to, span.last));
      let next = first;
      const readUntil = (day: number) => {
        while (next < day) {
          // A clock that was wrong leaves years without calls.
          const seq = this.#firstFrom.get(next * DAY_SEQ) ?? undefined;
          next = seq === undefined ? day : Math.min(day, Math.floor(seq / DAY_SEQ));
          if (next < day) this.#rawCalls(next++, span.last).forEach(visit);
        }
      };
      for (const packed of this.#packed.iterate({ first, last })) {
        // A statement cannot run while another one of its kind is read, but another can.
        readUntil(packed.day);
        const calls = PackedCalls.of(packed);
        if (!calls) continue;
        if (packed.day === first || packed.day === last) calls.each(visit);
        else visitDay(calls);
        next = packed.day + 1;
      }
      readUntil(last + 1);
    })();
  }

  /** The last day of the log is in every range up to now, and the same until somebody writes. */
  #rawCalls(day: number, lastAt: number | null): readonly LoggedCall[] {
    if (lastAt === null || day !== dayOf(lastAt)) return this.#days.read(day);
    const version = `${this.#othersVersion.get() ?? 0}/${this.#ownVersion.get() ?? 0}`;
    if (this.#last?.day !== day || this.#last.version !== version) {
      this.#last = { day, version, calls: this.#days.read(day) };
    }
    return this.#last.calls;
  }
}

const dayOf = (at: number): number => Math.floor(at / DAY_MS);
