import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { callRights, role } from '../../shared/protocol/rights.ts';
import { wrapUpForm } from '../../shared/protocol/wrap-up.ts';
import { readable, type Unreadable } from './readable.ts';
import type { Acknowledged, AgentStore, Member, NewAgent, Rights } from './agent-store.ts';

const MEMBER = 'id, name, workspace, role, team, calls, numbers';

const member = z.object({
  id: z.string(),
  name: z.string(),
  workspace: z.string(),
  role,
  team: z
    .string()
    .nullable()
    .transform((team) => team ?? undefined),
  calls: callRights,
  numbers: z
    .string()
    .nullable()
    .transform((text): Rights['numbers'] =>
      text === null ? 'all' : z.array(z.string()).parse(JSON.parse(text)),
    ),
});
const record = member
  .extend({
    token_hash: z.string(),
    added_at: z.number(),
    acked_cursor: z.number().nullable(),
    acked_at: z.number().nullable(),
    wrap_up_until: z.number().nullable(),
  })
  .transform(({ token_hash, added_at, acked_cursor, acked_at, wrap_up_until, ...fields }) => ({
    ...fields,
    tokenHash: token_hash,
    addedAt: added_at,
    acked:
      acked_cursor !== null && acked_at !== null
        ? { cursor: acked_cursor, at: acked_at }
        : undefined,
    wrapUpUntil: wrap_up_until ?? undefined,
  }));

const version = z.object({ value: z.string() });
const formRow = z.object({
  workspace: z.string(),
  form: z.string().transform((text) => wrapUpForm.parse(JSON.parse(text))),
});

const numbersText = (numbers: Rights['numbers']) =>
  numbers === 'all' ? null : JSON.stringify(numbers);

/** The agents' table; also written by the command line while a relay runs. */
export function sqliteAgents(
  db: Database,
  unreadable: Unreadable,
): { store: AgentStore; wrappedUpBy: (at: number) => void } {
  const insert = db.prepare(
    `INSERT INTO agents (id, name, token_hash, added_at, workspace, role, team, calls, numbers)
     VALUES (@id, @name, @tokenHash, @at, @workspace, @role, @team, @calls, @numbers)`,
  );
  const isTaken = db.prepare('SELECT 1 FROM agents WHERE id = ?');
  // An empty team takes it away; what is not given stays.
  const setRights = db.prepare(
    `UPDATE agents SET workspace = coalesce(@workspace, workspace), role = coalesce(@role, role),
     calls = coalesce(@calls, calls),
     team = CASE WHEN @team IS NULL THEN team ELSE nullif(@team, '') END,
     numbers = CASE WHEN @hasNumbers THEN @numbers ELSE numbers END WHERE id = @id`,
  );
  const setHash = db.prepare('UPDATE agents SET token_hash = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM agents WHERE id = ?');
  const list = db.prepare(
    `SELECT ${MEMBER}, token_hash, added_at, acked_cursor, acked_at, wrap_up_until FROM agents ORDER BY id`,
  );
  const byHash = db.prepare(`SELECT ${MEMBER} FROM agents WHERE token_hash = ?`);
  const readVersion = db.prepare(`SELECT value FROM meta WHERE key = 'agents_version'`);
  const setAcked = db.prepare('UPDATE agents SET acked_cursor = ?, acked_at = ? WHERE id = ?');
  const setWrapUp = db.prepare('UPDATE agents SET wrap_up_until = ? WHERE id = ?');
  const listForms = db.prepare('SELECT workspace, form FROM wrap_up_forms');
  const setForm = db.prepare(
    `INSERT INTO wrap_up_forms (workspace, form) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET form = excluded.form`,
  );
  const notLater = db.prepare('UPDATE agents SET wrap_up_until = @at WHERE wrap_up_until > @at');
  const add = db.transaction((agents: readonly NewAgent[], at: number): readonly string[] => {
    const taken = agents.flatMap(({ id }) => (isTaken.get(id) === undefined ? [] : [id]));
    if (taken.length > 0) return taken;
    for (const { team = null, numbers, ...agent } of agents) {
      insert.run({ ...agent, team, numbers: numbersText(numbers), at });
    }
    return [];
  });
  const update = (id: string, change: Partial<Rights>) => {
    const { workspace = null, role = null, team = null, calls = null, numbers } = change;
    const hasNumbers = numbers === undefined ? 0 : 1;
    const given = {
      workspace,
      role,
      team,
      calls,
      hasNumbers,
      numbers: numbersText(numbers ?? 'all'),
    };
    return setRights.run({ id, ...given }).changes === 1;
  };
  const saveAcks = db.transaction((acks: readonly Acknowledged[], at: number) => {
    for (const { id, cursor } of acks) setAcked.run(cursor, at, id);
  });
  const store: AgentStore = {
    add: async (agents, at) => add.immediate(agents, at),
    update: async (id, change) => update(id, change),
    rotate: async (id, tokenHash) => setHash.run(tokenHash, id).changes === 1,
    remove: async (id) => remove.run(id).changes === 1,
    list: async () => readable(list.all(), (row) => record.parse(row), 'agents', unreadable),
    catchUp: async () => undefined,
    byTokenHash: async (tokenHash) =>
      readable(byHash.all(tokenHash), (row): Member => member.parse(row), 'agents', unreadable)[0],
    async wrapUpForms() {
      const rows = readable(
        listForms.all(),
        (row) => formRow.parse(row),
        'wrap_up_forms',
        unreadable,
      );
      return new Map(rows.map(({ workspace, form }) => [workspace, form]));
    },
    async setWrapUpForm(workspace, form) {
      setForm.run(workspace, JSON.stringify(form));
    },
    version: async () => version.parse(readVersion.get()).value,
    async wrapUp(id, until) {
      setWrapUp.run(until ?? null, id);
    },
    async acknowledged(acks, at) {
      saveAcks.immediate(acks, at);
    },
  };
  return {
    store,
    wrappedUpBy(at) {
      notLater.run({ at });
    },
  };
}
