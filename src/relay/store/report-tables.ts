import type { Database } from 'better-sqlite3';
import { inboundCallId } from '../../shared/call/ids.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { numberKey } from '../../shared/lib/person-key.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { RelayedCallRecord } from './relayed-call-record.ts';
import type { IdentifiedBody, LogEntry } from './store.ts';

/**
 * What a provider's report changes in the tables beside the log: calls, relayed calls, a customer's last agent. Only
 * inside the transaction that adds its entry.
 */
export function reportTables(db: Database): (entry: LogEntry, added: IdentifiedBody) => void {
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
  const moveLastAgent = db.prepare(
    'UPDATE OR REPLACE last_agents SET customer = ? WHERE account_id = ? AND customer = ?',
  );

  return ({ body, cursor, at }, { sdp, byAnnouncement, node }) => {
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
        if (body.path === 'relayed') {
          const record: RelayedCallRecord = {
            callId,
            accountId: body.accountId,
            node,
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
        // Unless one of ours claimed it, it was taken elsewhere; calls that we place are not in this table.
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
}

/** Under what the last agent of a customer is remembered: one key for all spellings of a number. */
function customerOf({ waId, userId }: Party): string | null {
  return waId === undefined ? (userId ?? null) : numberKey(waId);
}
