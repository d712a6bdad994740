import type { Statement } from 'better-sqlite3';
import type { Db } from '../../../sqlite/migrate.ts';
import { DayCalls, type LoggedCall } from './day-calls.ts';
import { eachCall, type PackedDay } from './packed-day.ts';

const DAY_MS = 86_400_000;

/** Visits the calls of the log: packed days as they are packed, the others from their rows. */
export class LogCalls {
  readonly #db: Db;
  readonly #days: DayCalls;
  readonly #packed: Statement<{ first: number; last: number }, PackedDay>;
  readonly #span: Statement<[], { first: number | null; last: number | null }>;

  constructor(db: Db) {
    this.#db = db;
    this.#days = new DayCalls(db);
    this.#packed = db.prepare(
      'SELECT day, calls, words FROM insight_day WHERE day BETWEEN @first AND @last ORDER BY day',
    );
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
    this.#db.transaction(() => {
      const span = this.#span.get();
      if (span?.first == null || span.last === null) return;
      const first = dayOf(Math.max(from, span.first));
      const last = dayOf(Math.min(to, span.last));
      let next = first;
      const readUntil = (day: number) => {
        for (; next < day; next++) this.#days.read(next).forEach(counted);
      };
      for (const packed of this.#packed.iterate({ first, last })) {
        // A statement cannot run while another one of its kind is read, but another can.
        readUntil(packed.day);
        eachCall(packed, packed.day === first || packed.day === last ? counted : visit);
        next = packed.day + 1;
      }
      readUntil(last + 1);
    })();
  }
}

const dayOf = (at: number): number => Math.floor(at / DAY_MS);
