import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import { relayedCallRecord, type RelayedCallRecord } from './relayed-call-record.ts';
import { readable, type Unreadable } from './readable.ts';
import type { WriteEntry } from './sqlite-log.ts';
import { TakenOver, type Store } from './store.ts';

type RelayedCallPart = Pick<
  Store,
  'relayedCall' | 'openRelayedCalls' | 'saveRelayedCall' | 'adoptRelayedCall'
>;

const row = z.object({ call_id: z.string(), record: z.string() });
const read = (value: unknown): RelayedCallRecord =>
  relayedCallRecord.parse(JSON.parse(row.parse(value).record));

/** Relayed calls: each one's record and the log entries of its change, saved in one transaction. */
export function sqliteRelayedCalls(
  db: Database,
  write: WriteEntry,
  unreadable: Unreadable,
): RelayedCallPart {
  const select = db.prepare('SELECT call_id, record FROM relayed_calls WHERE call_id = ?');
  const selectOpen = db.prepare(
    'SELECT call_id, record FROM relayed_calls WHERE over = 0 ORDER BY noted_at',
  );
  const upsert = db.prepare(
    `INSERT INTO relayed_calls (call_id, noted_at, over, record) VALUES (?, ?, ?, ?)
     ON CONFLICT (call_id) DO UPDATE SET over = excluded.over, record = excluded.record`,
  );
  const change = db.prepare('UPDATE relayed_calls SET record = ? WHERE call_id = ?');
  const endCall = db.prepare('UPDATE calls SET ended = 1 WHERE call_id = ?');

  const find = (callId: string) =>
    readable(select.all(callId), read, 'relayed_calls', unreadable)[0];

  const save = db.transaction(
    (record: RelayedCallRecord, bodies: readonly LogBody[], at: number) => {
      const known = find(record.callId);
      if (known && known.node !== record.node) throw new TakenOver(record.callId);
      const entries = bodies.map((body) => write(body, at, record.accountId));
      const saved = withCursor(record, entries);
      const over = saved.state.kind === 'ended' ? 1 : 0;
      upsert.run(saved.callId, at, over, JSON.stringify(saved));
      // Nobody claims it any more, even before the provider has said that it is over.
      if (over) endCall.run(saved.callId);
      return { record: saved, entries };
    },
  );

  const adopt = db.transaction((callId: string, from: string | undefined, to: string) => {
    const known = find(callId);
    if (!known || known.state.kind === 'ended' || known.node !== from) return undefined;
    const adopted = { ...known, node: to };
    change.run(JSON.stringify(adopted), callId);
    return adopted;
  });

  return {
    relayedCall: async (callId) => find(callId),
    openRelayedCalls: async () => readable(selectOpen.all(), read, 'relayed_calls', unreadable),
    adoptRelayedCall: async (callId, from, to) => adopt.immediate(callId, from, to),
    saveRelayedCall: async (record, bodies, at) => save.immediate(record, bodies, at),
  };
}

/** Adds the cursor of a call offer's log entry, which is known only once that entry is written. */
function withCursor(
  record: RelayedCallRecord,
  entries: readonly { cursor: number; body: LogBody }[],
): RelayedCallRecord {
  const { state } = record;
  if (!('callOffer' in state)) return record;
  const entry = entries.find(
    ({ body }) => body.type === 'call-offer' && body.callOffer.callOfferId === state.callOffer.id,
  );
  if (!entry) return record;
  const { cursor } = entry;
  switch (state.kind) {
    case 'queued':
      return {
        ...record,
        state: { ...state, callOffer: { ...state.callOffer, cursor } },
      };
    case 'team-offered':
      return {
        ...record,
        state: { ...state, callOffer: { ...state.callOffer, cursor } },
      };
    case 'transfer-offered':
    case 'consulting':
      return {
        ...record,
        state: { ...state, callOffer: { ...state.callOffer, cursor } },
      };
    default:
      return state satisfies never;
  }
}
