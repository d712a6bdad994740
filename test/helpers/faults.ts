import Database from 'better-sqlite3';
import { onTestFinished, vi } from 'vitest';

/**
 * Makes SQLite fail like a disk, lock or damaged page: real files, with errors in place of results.
 */
export class Faults {
  /** Statements run since the last reset. */
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
            // A failed transaction can always be rolled back.
            if (!/^(ROLLBACK|RELEASE)/.test(source)) pass(source);
            return typeof run === 'function' ? Reflect.apply(run, statement, bound) : undefined;
          },
        });
      }
      return statement;
    });
    onTestFinished(() => spy.mockRestore());
  }

  /** Fails with `code` from the `nth` statement on (counted from 1), or only on that one. */
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
