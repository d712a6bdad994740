import { ServerResponse } from 'node:http';
import Database from 'better-sqlite3';

/**
 * Preload with `--import test/helpers/kill-at.ts?POINT`: this process dies as by kill -9 the next time it comes to
 * that point, once it is armed by SIGUSR2. Points of a command, which is over too soon for a signal, are always armed.
 */
const point = new URL(import.meta.url).search.slice(1);
let isArmed = point.startsWith('command:');

process.on('SIGUSR2', () => {
  isArmed = true;
  process.stdout.write(`${JSON.stringify({ event: 'kill.armed' })}\n`);
});

function passes(what: string): void {
  if (isArmed && what === point) process.kill(process.pid, 'SIGKILL');
}

const { end } = ServerResponse.prototype; // oxlint-disable-line typescript/unbound-method -- given its `this` below
Object.assign(ServerResponse.prototype, {
  /** What a webhook tells is stored; its sender has not heard of it. */
  end(this: ServerResponse, ...args: unknown[]): unknown {
    if (this.statusCode === 200 && this.req.method === 'POST') passes('webhook-stored');
    return Reflect.apply(end, this, args);
  },
});

const ask = globalThis.fetch;
/** A provider's action is about to be sent, or is carried out and the relay does not know yet. */
globalThis.fetch = async (...args: Parameters<typeof ask>) => {
  const body = args[1]?.body;
  const action = typeof body === 'string' ? /"action":"(\w+)"/.exec(body)?.[1] : undefined;
  passes(`before:${action}`);
  const response = await ask(...args);
  passes(`after:${action}`);
  return response;
};

const { prepare, backup } = Database.prototype; // oxlint-disable-line typescript/unbound-method -- given their `this` below
Object.assign(Database.prototype, {
  /** A store is read row by row, here after its log and before its calls. */
  prepare(this: Database.Database, sql: string): unknown {
    if (sql.includes('rowid, * FROM calls ')) passes('command:copy');
    return Reflect.apply(prepare, this, [sql]);
  },
  /** Some pages of a database are copied, and others are not. */
  backup(this: Database.Database, file: string): unknown {
    const progress = ({ totalPages, remainingPages }: Database.BackupMetadata) => {
      if (remainingPages < totalPages) passes('command:backup');
      return 1;
    };
    return Reflect.apply(backup, this, [file, { progress }]);
  },
});
