import Database from 'better-sqlite3';
import { onTestFinished, vi } from 'vitest';

/** Makes SQLite fail as a disk, a lock or a damaged page would: real files, and an error in the place of one statement's result. */
export class Faults {
  /** Statements that ran since the last reset. */
  count = 0;
  private fails: (nth: number) => string | undefined = () => undefined;

  constructor() {
    const { prototype } = Database;
    const { prepare } = prototype; // oxlint-disable-line typescript/unbound-method -- called on each database
    const pass = (source: string) => this.pass(source);
    const spy = vi.spyOn(prototype, 'prepare').mockImplementation(function (
      this: Database.Database,
      source: string,
    ) {
      const statement = prepare.call(this, source);
      for (const name of ['run', 'get', 'all'] as const) {
        const run: unknown = Reflect.get(statement, name);
        Object.defineProperty(statement, name, {
          value: (...bound: unknown[]) => {
            // A transaction that failed can always be taken back.
            if (!/^(ROLLBACK|RELEASE)/.test(source)) pass(source);
            return typeof run === 'function' ? Reflect.apply(run, statement, bound) : undefined;
          },
        });
      }
      return statement;
    });
    onTestFinished(() => spy.mockRestore());
  }

  /** From the `nth` statement on (from 1) every one fails with `code`, or only that one. */
  from(nth: number, code: string, { once = false } = {}): void {
    this.count = 0;
    this.fails = (now) => ((once ? now === nth : now >= nth) ? code : undefined);
  }

  heal(): void {
    this.fails = () => undefined;
  }

  private pass(source: string): void {
    this.count += 1;
    const code = this.fails(this.count);
    if (code !== undefined) throw new Database.SqliteError(`made to fail at ${source}`, code);
  }
}
