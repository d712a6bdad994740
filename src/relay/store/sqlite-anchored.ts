import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LogBody } from '../../shared/protocol/frames.ts';
import { anchoredRecord, type RelayedCallRecord } from './anchored-record.ts';
import { readable, type Unreadable } from './readable.ts';
import type { WriteEntry } from './sqlite-log.ts';
import type { Store } from './store.ts';

type AnchoredPart = Pick<Store, 'anchored' | 'openAnchored' | 'saveAnchored'>;

const row = z.object({ call_id: z.string(), record: z.string() });
const read = (value: unknown): RelayedCallRecord =>
  anchoredRecord.parse(JSON.parse(row.parse(value).record));

/** Anchored calls: where each stands, and what the log says of it, in one transaction. */
export function sqliteAnchored(
  db: Database,
  write: WriteEntry,
  unreadable: Unreadable,
): AnchoredPart {
  const select = db.prepare('SELECT call_id, record FROM anchored WHERE call_id = ?');
  const selectOpen = db.prepare(
    'SELECT call_id, record FROM anchored WHERE over = 0 ORDER BY noted_at',
  );
  const upsert = db.prepare(
    `INSERT INTO anchored (call_id, noted_at, over, record) VALUES (?, ?, ?, ?)
     ON CONFLICT (call_id) DO UPDATE SET over = excluded.over, record = excluded.record`,
  );
  const endCall = db.prepare('UPDATE calls SET ended = 1 WHERE call_id = ?');

  const save = db.transaction(
    (record: RelayedCallRecord, bodies: readonly LogBody[], at: number) => {
      const entries = bodies.map((body) => write(body, at));
      const saved = withCursor(record, entries);
      const over = saved.situation.kind === 'ended' ? 1 : 0;
      upsert.run(saved.callId, at, over, JSON.stringify(saved));
      // Nobody claims it any more, even before the provider has said that it is over.
      if (over) endCall.run(saved.callId);
      return { record: saved, entries };
    },
  );

  return {
    anchored: async (callId) => readable(select.all(callId), read, 'anchored', unreadable)[0],
    openAnchored: async () => readable(selectOpen.all(), read, 'anchored', unreadable),
    saveAnchored: async (record, bodies, at) => save.immediate(record, bodies, at),
  };
}

/** A callOffer remembers which entry told of it, which is known only once that is written. */
function withCursor(
  record: RelayedCallRecord,
  entries: readonly { cursor: number; body: LogBody }[],
): RelayedCallRecord {
  const { situation } = record;
  if (!('callOffer' in situation)) return record;
  const told = entries.find(
    ({ body }) =>
      body.type === 'call-offer' && body.callOffer.callOfferId === situation.callOffer.id,
  );
  if (!told) return record;
  const { cursor } = told;
  switch (situation.kind) {
    case 'queued':
      return {
        ...record,
        situation: { ...situation, callOffer: { ...situation.callOffer, cursor } },
      };
    case 'transfer-offered':
    case 'consulting':
      return {
        ...record,
        situation: { ...situation, callOffer: { ...situation.callOffer, cursor } },
      };
    default:
      return situation satisfies never;
  }
}
