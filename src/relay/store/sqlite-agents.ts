import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { readable, type Unreadable } from './readable.ts';
import type { AgentStore } from './store.ts';

const RIGHTS = 'role, team, calls';

const member = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['agent', 'supervisor']),
  team: z
    .string()
    .nullable()
    .transform((team) => team ?? undefined),
  calls: z.enum(['all', 'no-transfers', 'none']),
});
const record = member
  .extend({
    added_at: z.number(),
    acked_cursor: z.number().nullable(),
    acked_at: z.number().nullable(),
    wrap_up_until: z.number().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    name: row.name,
    role: row.role,
    team: row.team,
    calls: row.calls,
    addedAt: row.added_at,
    acked:
      row.acked_cursor !== null && row.acked_at !== null
        ? { cursor: row.acked_cursor, at: row.acked_at }
        : undefined,
    wrapUpUntil: row.wrap_up_until ?? undefined,
  }));

/** The agents' table; also written by the command line while a relay runs. */
export function sqliteAgents(
  db: Database,
  unreadable: Unreadable,
): { store: AgentStore; wrappedUpBy: (at: number) => void } {
  const insert = db.prepare(
    `INSERT INTO agents (id, name, token_hash, added_at, role, team, calls) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  );
  // An empty team takes it away; what is not given stays.
  const setRights = db.prepare(
    `UPDATE agents SET role = coalesce(@role, role), calls = coalesce(@calls, calls),
     team = CASE WHEN @team IS NULL THEN team ELSE nullif(@team, '') END WHERE id = @id`,
  );
  const setHash = db.prepare('UPDATE agents SET token_hash = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM agents WHERE id = ?');
  const list = db.prepare(
    `SELECT id, name, ${RIGHTS}, added_at, acked_cursor, acked_at, wrap_up_until FROM agents ORDER BY id`,
  );
  const byHash = db.prepare(`SELECT id, name, ${RIGHTS} FROM agents WHERE token_hash = ?`);
  const setAcked = db.prepare('UPDATE agents SET acked_cursor = ?, acked_at = ? WHERE id = ?');
  const setWrapUp = db.prepare('UPDATE agents SET wrap_up_until = ? WHERE id = ?');
  const notLater = db.prepare('UPDATE agents SET wrap_up_until = @at WHERE wrap_up_until > @at');
  const store: AgentStore = {
    add: async ({ id, name, role, team, calls }, tokenHash, at) =>
      insert.run(id, name, tokenHash, at, role, team ?? null, calls).changes === 1,
    update: async (id, { role, team, calls }) =>
      setRights.run({ id, role: role ?? null, team: team ?? null, calls: calls ?? null })
        .changes === 1,
    rotate: async (id, tokenHash) => setHash.run(tokenHash, id).changes === 1,
    remove: async (id) => remove.run(id).changes === 1,
    list: async () => readable(list.all(), (row) => record.parse(row), 'agents', unreadable),
    byTokenHash: async (tokenHash) =>
      readable(byHash.all(tokenHash), (row) => member.parse(row), 'agents', unreadable)[0],
    async wrapUp(id, until) {
      setWrapUp.run(until ?? null, id);
    },
    async acknowledged(id, cursor, at) {
      setAcked.run(cursor, at, id);
    },
  };
  return {
    store,
    wrappedUpBy(at) {
      notLater.run({ at });
    },
  };
}
