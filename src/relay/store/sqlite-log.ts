import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { inboundCallId } from '../../shared/call/ids.ts';
import { numberKey } from '../../shared/lib/person-key.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { LogBody } from '../../shared/protocol/frames.ts';
import type { RelayedCallRecord } from './relayed-call-record.ts';
import { logReader } from './log-reader.ts';
import type { Unreadable } from './readable.ts';
import type { SqliteStore } from './sqlite-store.ts';
import type { AddedEntry, Delivery, IdentifiedBody, LogEntry, Store } from './store.ts';

type LogPart = Pick<
  Store,
  'epoch' | 'renewEpoch' | 'append' | 'appendMessage' | 'extent' | 'entriesAfter' | 'prune'
>;

/** Adds one entry; only inside a transaction. */
export type WriteEntry = (body: LogBody, at: number) => LogEntry;

const text = z.object({ value: z.string() });
const extentRow = z.object({ head: z.number().int(), pruned_to: z.coerce.number().int() });
const cut = z.object({ cursor: z.number().int().nullable() });

/** Deliveries, the log and its retention. */
export function sqliteLog(
  db: Database,
  unreadable: Unreadable,
): LogPart & Pick<SqliteStore, 'knows' | 'extentNow'> & { write: WriteEntry } {
  const readMeta = db.prepare('SELECT value FROM meta WHERE key = ?');
  const setEpoch = db.prepare(
    `UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'epoch'`,
  );
  const insertDelivery = db.prepare(
    `INSERT INTO deliveries (account_id, received_at, headers, body, problems) VALUES (?, ?, ?, ?, ?)`,
  );
  const known = db.prepare('SELECT 1 FROM log WHERE identity = ?');
  const insertEntry = db.prepare(
    'INSERT INTO log (at, identity, delivery_id, body) VALUES (?, ?, ?, ?)',
  );
  const offered = db.prepare(
    `INSERT INTO calls (call_id, noted_at, offered_at, offer_cursor, account_id, customer) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (call_id) DO UPDATE SET offered_at = excluded.offered_at, offer_cursor = excluded.offer_cursor,
       account_id = excluded.account_id, customer = excluded.customer
     WHERE calls.offered_at IS NULL`,
  );
  const ended = db.prepare(
    `INSERT INTO calls (call_id, noted_at, ended) VALUES (?, ?, 1)
     ON CONFLICT (call_id) DO UPDATE SET ended = 1, reserved_by = NULL, reserved_name = NULL`,
  );
  const takenElsewhere = db.prepare(
    `INSERT INTO calls (call_id, noted_at, ended) VALUES (?, ?, 1)
     ON CONFLICT (call_id) DO UPDATE SET ended = 1 WHERE claimed_by IS NULL`,
  );
  // Not when its end came first.
  const openRelayedCall = db.prepare(
    `INSERT INTO relayed_calls (call_id, noted_at, record)
     SELECT call_id, ?, ? FROM calls WHERE call_id = ? AND ended = 0 ON CONFLICT DO NOTHING`,
  );
  const selectExtent = db.prepare(
    `SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'log'), 0) AS head,
            (SELECT value FROM meta WHERE key = 'pruned_to') AS pruned_to`,
  );
  const lastBefore = db.prepare('SELECT max(cursor) AS cursor FROM log WHERE at < ?');
  const deleteEntries = db.prepare('DELETE FROM log WHERE cursor <= ?');
  const deleteDeliveries = db.prepare('DELETE FROM deliveries WHERE received_at < ?');
  const deleteCalls = db.prepare('DELETE FROM calls WHERE noted_at < ?');
  const deleteRelayedCalls = db.prepare(
    'DELETE FROM relayed_calls WHERE over = 1 AND noted_at < ?',
  );
  const deleteLastAgents = db.prepare('DELETE FROM last_agents WHERE at < ?');
  const moveLastAgent = db.prepare(
    'UPDATE OR REPLACE last_agents SET customer = ? WHERE account_id = ? AND customer = ?',
  );
  const setPrunedTo = db.prepare(`UPDATE meta SET value = ? WHERE key = 'pruned_to'`);

  const write = (
    body: LogBody,
    at: number,
    identity: string | null = null,
    deliveryId: number | bigint | null = null,
  ): LogEntry => {
    const { lastInsertRowid } = insertEntry.run(at, identity, deliveryId, JSON.stringify(body));
    return { cursor: Number(lastInsertRowid), at, body };
  };

  const note = ({ body, cursor, at }: LogEntry, { sdp, byAnnouncement }: IdentifiedBody) => {
    if (body.type !== 'provider') return;
    if (body.event.kind === 'moved') {
      const { before, now } = body.event;
      moveLastAgent.run(customerOf({ ...before, ...now }), body.accountId, customerOf(before));
    }
    if (body.providerCallId === undefined) return;
    const callId = inboundCallId(body.accountId, body.providerCallId);
    const { event } = body;
    const rings = ({ at: offeredAt, party }: { at: number; party: Party }) =>
      offered.run(
        callId,
        at,
        // By our clock, and not from the future: it would ring for longer.
        Math.min(at, offeredAt + (body.ahead ?? 0)),
        cursor,
        body.accountId,
        customerOf(party),
      );
    switch (event.kind) {
      case 'offer':
        rings(event);
        if (body.route === 'anchored') {
          const record: RelayedCallRecord = {
            callId,
            accountId: body.accountId,
            providerCallId: body.providerCallId,
            direction: 'inbound',
            party: event.party,
            offerSdp: sdp,
            callOffers: [],
            dtmf: '',
            supervisors: [],
            state: { kind: 'ringing' },
          };
          openRelayedCall.run(at, JSON.stringify(record), callId);
        }
        return;
      case 'terminated':
        // Nobody claims calls that we place; a missing direction may be a customer's call.
        if (event.direction !== 'outbound') ended.run(callId, at);
        return;
      case 'announced':
        if (byAnnouncement && event.direction === 'inbound') rings(event);
        return;
      case 'status':
        // Unless one of ours claimed it, it was taken elsewhere; of a call that we place nobody ever asks.
        if (event.status === 'accepted') takenElsewhere.run(callId, at);
        return;
      case 'answer':
      case 'recording':
      case 'permission':
      case 'message':
      case 'message-status':
      case 'moved':
      case 'number':
        return;
      default:
        assertNever(event, 'provider event');
    }
  };

  const append = db.transaction((delivery: Delivery, events: readonly IdentifiedBody[]) => {
    const { accountId, receivedAt, headers, body, problems } = delivery;
    const { lastInsertRowid } = insertDelivery.run(
      accountId,
      receivedAt,
      JSON.stringify(headers),
      body,
      problems.length === 0 ? null : JSON.stringify(problems),
    );
    const added: AddedEntry[] = [];
    for (const event of events) {
      if (known.get(event.identity) !== undefined) continue;
      const entry: AddedEntry = {
        ...write(event.body, receivedAt, event.identity, lastInsertRowid),
        sdp: event.sdp,
      };
      note(entry, event);
      added.push(entry);
    }
    return added;
  });

  const say = db.transaction((body: LogBody, at: number, identity: string | null) => {
    if (identity === null || known.get(identity) === undefined) write(body, at, identity);
  });

  const prune = db.transaction((before: number) => {
    deleteDeliveries.run(before);
    deleteCalls.run(before);
    deleteRelayedCalls.run(before);
    deleteLastAgents.run(before);
    // All up to the last old one, so that what is kept has no holes even if the clock was once set back.
    const { cursor } = cut.parse(lastBefore.get(before));
    if (cursor === null) return 0;
    setPrunedTo.run(String(cursor));
    return deleteEntries.run(cursor).changes;
  });

  const extentNow = () => {
    const row = extentRow.parse(selectExtent.get());
    return { head: row.head, prunedTo: row.pruned_to };
  };

  const readAfter = logReader(db, () => extentNow().head, unreadable);

  return {
    write,
    epoch: async () => text.parse(readMeta.get('epoch')).value,
    async renewEpoch() {
      setEpoch.run();
    },
    append: async (delivery, events) => append.immediate(delivery, events),
    appendMessage: async (body, at, identity) => say.immediate(body, at, identity ?? null),
    extent: async () => extentNow(),
    extentNow,
    knows: (identity) => known.get(identity) !== undefined,
    entriesAfter: async (cursor, limit) => readAfter(cursor, limit),
    prune: async (before) => prune.immediate(before),
  };
}

/** Under what the last agent of a customer is remembered: one key for all spellings of a number. */
function customerOf({ waId, userId }: Party): string | null {
  return waId === undefined ? (userId ?? null) : numberKey(waId);
}
