import type { Database } from 'better-sqlite3';
import { TodoTable } from '../../sqlite/todo-table.ts';
import { eraser } from './erasing.ts';
import { lastWebhooksIn } from './last-webhooks.ts';
import { legalHolds } from './legal-holds.ts';
import type { Unreadable } from './readable.ts';
import { sqliteAgents } from './sqlite-agents.ts';
import { sqliteDispatches } from './sqlite-dispatches.ts';
import { PeopleTable, sqlitePeople } from './sqlite-people.ts';
import { sqliteRelayedCalls } from './sqlite-relayed-calls.ts';
import { sqliteCalls } from './sqlite-calls.ts';
import { sqliteInvitations } from './sqlite-invitations.ts';
import { sqliteLog } from './sqlite-log.ts';
import { sqliteTodos } from './sqlite-todos.ts';
import type { SqliteStore } from './store.ts';

/** The store in a database that is up to date (`migrate`); closing it closes the database. */
export function sqliteStore(db: Database, unreadable: Unreadable): SqliteStore {
  const todos = new TodoTable(db);
  const known = new PeopleTable(db, unreadable);
  const { write, ...log } = sqliteLog(db, todos, known, unreadable);
  const agents = sqliteAgents(db, unreadable);
  const calls = sqliteCalls(db, write, unreadable);
  const { prune: pruneDispatches, ...dispatches } = sqliteDispatches(db);
  const probed = db.prepare(
    `INSERT INTO meta (key, value) VALUES ('probed', hex(randomblob(8)))
     ON CONFLICT DO UPDATE SET value = excluded.value`,
  );
  return {
    ...log,
    ...calls,
    ...sqliteRelayedCalls(db, write, unreadable),
    ...sqliteTodos(db, todos, known, write),
    ...eraser(db, write, unreadable),
    ...legalHolds(db, write, unreadable),
    people: sqlitePeople(db, known, (entry, at) => write(entry, at, entry.accountId)),
    agents: agents.store,
    invitations: sqliteInvitations(db, unreadable),
    dispatches,
    async prune(before) {
      pruneDispatches(before);
      return log.prune(before);
    },
    durable: () => true,
    async probe() {
      probed.run();
    },
    watch: () => () => undefined,
    catchUp: async () => undefined,
    lastWebhooks: async () => lastWebhooksIn(db),
    async notLaterThan(now, wrapUpMs) {
      calls.offeredBy(now);
      agents.wrappedUpBy(now + wrapUpMs);
    },
    async close() {
      db.close();
    },
  };
}
