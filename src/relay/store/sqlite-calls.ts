import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Agent } from '../../shared/protocol/agent.ts';
import { obstacle, type ClaimRecord } from './claim-record.ts';
import { readable, type Unreadable } from './readable.ts';
import type { WriteEntry } from './sqlite-log.ts';
import type { Store, Verdict } from './store.ts';

type CallPart = Pick<
  Store,
  | 'ringing'
  | 'call'
  | 'reserve'
  | 'agentsWithReservations'
  | 'claimed'
  | 'dropReservations'
  | 'claim'
  | 'release'
  | 'decline'
>;

const callRow = z
  .object({
    call_id: z.string(),
    offered_at: z.number().nullable(),
    offer_cursor: z.number().nullable(),
    account_id: z.string().nullable(),
    assigned: z.string().nullable(),
    ended: z.number(),
    claimed_by: z.string().nullable(),
    claimed_name: z.string().nullable(),
    reserved_by: z.string().nullable(),
    reserved_name: z.string().nullable(),
    declined: z.string(),
  })
  .transform((row): ClaimRecord => ({
    callId: row.call_id,
    offer:
      row.offered_at !== null && row.offer_cursor !== null
        ? { at: row.offered_at, cursor: row.offer_cursor }
        : undefined,
    accountId: row.account_id ?? undefined,
    assigned: row.assigned ?? undefined,
    ended: row.ended !== 0,
    claimedBy: agentOf(row.claimed_by, row.claimed_name),
    reservedBy: agentOf(row.reserved_by, row.reserved_name),
    declinedBy: z.array(z.string()).parse(JSON.parse(row.declined)),
  }));

const agentOf = (id: string | null, name: string | null): Agent | undefined =>
  id !== null && name !== null ? { id, name } : undefined;

const COLUMNS = `call_id, account_id,
  (SELECT agent_id FROM last_agents
   WHERE last_agents.account_id = calls.account_id AND last_agents.customer = calls.customer) AS assigned,
  offered_at, offer_cursor, ended, claimed_by, claimed_name, reserved_by, reserved_name,
  (SELECT json_group_array(agent_id) FROM declines WHERE declines.call_id = calls.call_id) AS declined`;

/** Who may take which call. Every decision reads and writes in one transaction, so there is one winner. */
export function sqliteCalls(
  db: Database,
  write: WriteEntry,
  unreadable: Unreadable,
): CallPart & { offeredBy: (at: number) => void } {
  const select = db.prepare(`SELECT ${COLUMNS} FROM calls WHERE call_id = ?`);
  const selectRinging = db.prepare(
    `SELECT ${COLUMNS} FROM calls
     WHERE ended = 0 AND claimed_by IS NULL AND offered_at >= ? ORDER BY offer_cursor`,
  );
  const selectClaimed = db.prepare(
    `SELECT ${COLUMNS} FROM calls
     WHERE noted_at >= ? AND ended = 0 AND claimed_by IS NOT NULL ORDER BY offer_cursor`,
  );
  const selectHolders = db.prepare(
    'SELECT DISTINCT reserved_by FROM calls WHERE reserved_by IS NOT NULL AND ended = 0 AND claimed_by IS NULL',
  );
  const setReservation = db.prepare(
    'UPDATE calls SET reserved_by = ?, reserved_name = ? WHERE call_id = ?',
  );
  const clearHolds = db.prepare(
    'UPDATE calls SET reserved_by = NULL, reserved_name = NULL WHERE reserved_by = ? AND claimed_by IS NULL',
  );
  const setClaim = db.prepare(
    'UPDATE calls SET claimed_by = ?, claimed_name = ? WHERE call_id = ?',
  );
  const setLast = db.prepare(
    `INSERT INTO last_agents (account_id, customer, agent_id, at)
     SELECT account_id, customer, ?, ? FROM calls
     WHERE call_id = ? AND account_id IS NOT NULL AND customer IS NOT NULL
     ON CONFLICT DO UPDATE SET agent_id = excluded.agent_id, at = excluded.at`,
  );
  const insertDecline = db.prepare(
    'INSERT INTO declines (call_id, agent_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );

  const readAll = (rows: readonly unknown[]) =>
    readable(rows, (row) => callRow.parse(row), 'calls', unreadable);

  const read = (callId: string): ClaimRecord | undefined => {
    return readAll(select.all(callId))[0];
  };

  const reserve = db.transaction((callId: string, agent: Agent): Verdict => {
    const call = read(callId);
    const refused = obstacle(call, agent.id);
    if (refused) return refused;
    if (call?.claimedBy) return { kind: 'refused', why: 'taken', by: call.claimedBy };
    if (!call?.reservedBy) setReservation.run(agent.id, agent.name, callId);
    return { kind: 'granted' };
  });

  const claim = db.transaction((callId: string, agent: Agent, at: number): Verdict => {
    const call = read(callId);
    const refused = obstacle(call, agent.id);
    if (refused) return refused;
    if (call?.claimedBy) return { kind: 'granted' };
    setClaim.run(agent.id, agent.name, callId);
    setLast.run(agent.id, at, callId);
    return {
      kind: 'granted',
      entry: write({ type: 'claimed', callId, by: agent }, at, call?.accountId),
    };
  });

  const release = db.transaction(
    (callId: string, agent: Agent, why: string, at: number): Verdict => {
      const call = read(callId);
      const refused = obstacle(call, agent.id);
      if (refused) return refused;
      if (!call?.claimedBy) return { kind: 'refused', why: 'not-yours' };
      setClaim.run(null, null, callId);
      setReservation.run(null, null, callId);
      return {
        kind: 'granted',
        entry: write({ type: 'released', callId, by: agent, why }, at, call.accountId),
      };
    },
  );

  const decline = db.transaction((callId: string, agentId: string): ClaimRecord | undefined => {
    const call = read(callId);
    if (!call) return undefined;
    insertDecline.run(callId, agentId);
    if (call.reservedBy?.id === agentId && !call.claimedBy) setReservation.run(null, null, callId);
    return read(callId);
  });

  const notLater = db.prepare('UPDATE calls SET offered_at = @at WHERE offered_at > @at');

  return {
    offeredBy(at) {
      notLater.run({ at });
    },
    ringing: async (since) => readAll(selectRinging.all(since)),
    call: async (callId) => read(callId),
    reserve: async (callId, agent) => reserve.immediate(callId, agent),
    async agentsWithReservations() {
      return z
        .array(z.object({ reserved_by: z.string() }))
        .parse(selectHolders.all())
        .map((row) => row.reserved_by);
    },
    claimed: async (since) => readAll(selectClaimed.all(since)),
    async dropReservations(agentId) {
      clearHolds.run(agentId);
    },
    claim: async (callId, agent, at) => claim.immediate(callId, agent, at),
    release: async (callId, agent, why, at) => release.immediate(callId, agent, why, at),
    decline: async (callId, agentId) => decline.immediate(callId, agentId),
  };
}
