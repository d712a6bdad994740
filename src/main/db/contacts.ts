import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Permission } from '../../shared/ipc/model.ts';
import type { Party, ProviderError } from '../../shared/providers/events.ts';
import type { ContactEvent, Refusal } from '../../shared/rules/facts.ts';
import { parseContactBody, type ContactBody } from './contact-body.ts';
import type { Db } from './open.ts';

/** Something that passed between a person and a number of ours, besides a call of this console. */
export interface ContactFact {
  /** The same for the same fact, however often it is told. */
  identity: string;
  accountId: string;
  party: Party;
  at: number;
  messageId?: string | undefined;
  body: ContactBody;
}

/** Later ones overtake earlier ones, whatever the order of their arrival. */
const ranks = { sent: 1, delivered: 2, read: 3, failed: 4 } as const;

const refused = z.object({ kind: z.literal('failed'), error: z.object({ code: z.string() }) });

interface EventRow {
  at: number;
  body: string;
  messageId: string | null;
  status: string | null;
}

interface CallRow {
  direction: string;
  outcome: string | null;
  createdAt: number;
  connectedAt: number | null;
}

/** Writes of what passes between people and our numbers; and the few indexed reads that the rules need at once. */
export class ContactStore {
  private readonly db: Db;
  private readonly sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.db = db;
    this.sql = prepare(db);
  }

  /** @returns false when it was known already */
  add({ identity, accountId, party, at, messageId, body }: ContactFact): boolean {
    const row = {
      identity,
      accountId,
      waId: party.waId ?? null,
      userId: party.userId ?? null,
      name: party.name ?? null,
      at,
      kind: body.kind,
      messageId: messageId ?? null,
      body: JSON.stringify(body),
    };
    return this.sql.add.run(row).changes > 0;
  }

  /** Takes back what turned out to be something else. @returns false when it was not there */
  remove(identity: string): boolean {
    return this.sql.remove.run(identity).changes > 0;
  }

  /** What became of a message of ours. */
  setStatus(
    accountId: string,
    messageId: string,
    status: keyof typeof ranks,
    error: ProviderError | undefined,
  ): void {
    this.sql.setStatus.run({
      accountId,
      messageId,
      rank: ranks[status],
      status,
      error: error === undefined ? null : JSON.stringify(error),
    });
  }

  savePermission(accountId: string, party: Party, answer: Permission): void {
    const key = contactKey(party);
    if (key === undefined) return;
    this.sql.savePermission.run({ accountId, key, body: JSON.stringify(answer) });
  }

  /** The provider's last answer. */
  permission(accountId: string, party: Party): Permission | undefined {
    const found = this.sql.permission.get({ accountId, key: contactKey(party) ?? '' });
    // Written by `savePermission` alone.
    const answer: Permission | undefined = found && JSON.parse(found.body);
    return answer;
  }

  /** What the rules look at: everything between a number and a person since `since` (Unix ms). */
  history(accountId: string, party: Party, since: number): ContactEvent[] {
    const bound = {
      accountId,
      waId: party.waId ?? null,
      userId: party.userId ?? null,
      since,
    };
    return [
      ...this.sql.calls.all(bound).map(callEvent),
      ...this.sql.events.all(bound).flatMap(ruleEvents),
    ];
  }

  /** What the provider said when it refused our last call to this person; undefined when it did not refuse it. */
  refusal(accountId: string, party: Party): Refusal | undefined {
    const bound = { accountId, waId: party.waId ?? null, userId: party.userId ?? null };
    const last = this.sql.lastCall.get(bound);
    const reason = refused.safeParse(JSON.parse(last?.endReason ?? 'null'));
    return last && reason.success ? { code: reason.data.error.code, at: last.endedAt } : undefined;
  }

  /** Seconds of answered calls to customers from a number since `since`, for the volume tier. */
  billedSeconds(accountId: string, since: number): number {
    return this.sql.billed.get({ accountId, since })?.seconds ?? 0;
  }

  /** Several writes or none. */
  together(write: () => void): void {
    this.db.transaction(write).immediate();
  }
}

/** How a person is known: by the number, or without one by the business-scoped user id. */
export function contactKey({ waId, userId }: Party): string | undefined {
  return waId ?? (userId === undefined ? undefined : `u:${userId}`);
}

function callEvent(row: CallRow): ContactEvent {
  const { createdAt: at } = row;
  const connectedAt = row.connectedAt ?? undefined;
  if (row.direction === 'inbound') {
    return { kind: 'customer-call', at, connectedAt };
  }
  switch (row.outcome) {
    // Still going on: it is asked for only once it is up.
    case null:
    case 'answered':
      return { kind: 'business-call', at, outcome: 'connected', connectedAt: connectedAt ?? at };
    case 'unanswered':
    case 'rejected':
    case 'cancelled':
      return { kind: 'business-call', at, outcome: row.outcome };
    default:
      return { kind: 'business-call', at, outcome: 'failed' };
  }
}

/** What a stored event means to the rules; one that failed never reached the customer. */
function ruleEvents({ at, body: text, status }: EventRow): ContactEvent[] {
  const body = parseContactBody(text);
  const failed = status === 'failed';
  switch (body?.kind) {
    case 'message-in':
      return [{ kind: 'customer-message', at }];
    case 'message-out':
      return body.what === 'template' && !failed ? [{ kind: 'template-sent', at }] : [];
    case 'permission-request':
      return failed ? [] : [{ kind: 'permission-request', at }];
    case 'permission': {
      if (body.granted) return [{ kind: 'permission-granted', at, expiresAt: body.expiresAt }];
      const kind = body.source === 'automatic' ? 'permission-revoked' : 'permission-declined';
      return [{ kind, at }];
    }
    case 'colleague-call': {
      const { outcome, connectedAt } = body;
      if (outcome === 'connected') {
        return [{ kind: 'business-call', at, outcome, connectedAt: connectedAt ?? at }];
      }
      return [{ kind: 'business-call', at, outcome }];
    }
    case undefined:
      return [];
    default:
      return assertNever(body, 'contact body');
  }
}

interface Bound {
  accountId: string;
  waId: string | null;
  userId: string | null;
  since: number;
}

function prepare(db: Db) {
  return {
    add: db.prepare<
      [Record<string, string | number | null>]
    >(`INSERT INTO contact_event (identity, account_id, wa_id, user_id, name, at, kind, message_id, body)
       VALUES (@identity, @accountId, @waId, @userId, @name, @at, @kind, @messageId, @body)
       ON CONFLICT (identity) DO NOTHING`),
    remove: db.prepare<[string]>('DELETE FROM contact_event WHERE identity = ?'),
    setStatus: db.prepare<[Record<string, string | number | null>]>(
      `INSERT INTO message_status (account_id, message_id, rank, status, error)
       VALUES (@accountId, @messageId, @rank, @status, @error)
       ON CONFLICT (account_id, message_id) DO UPDATE SET rank = excluded.rank,
         status = excluded.status, error = excluded.error WHERE excluded.rank > message_status.rank`,
    ),
    savePermission: db.prepare<[{ accountId: string; key: string; body: string }]>(
      `INSERT INTO permission_answer (account_id, key, body) VALUES (@accountId, @key, @body)
       ON CONFLICT (account_id, key) DO UPDATE SET body = excluded.body`,
    ),
    permission: db.prepare<[{ accountId: string; key: string }], { body: string }>(
      'SELECT body FROM permission_answer WHERE account_id = @accountId AND key = @key',
    ),
    // Two indexed looks instead of an OR, for which SQLite reads the whole table.
    calls: db.prepare<[Bound], CallRow>(
      `SELECT direction, outcome, created_at AS createdAt, connected_at AS connectedAt FROM call
       WHERE account_id = @accountId AND created_at >= @since
         AND (outcome IS NOT NULL OR connected_at IS NOT NULL OR direction = 'inbound') AND seq IN (
         SELECT seq FROM call WHERE wa_id = @waId UNION SELECT seq FROM call WHERE user_id = @userId)
       ORDER BY seq`,
    ),
    lastCall: db.prepare<[Omit<Bound, 'since'>], { endReason: string | null; endedAt: number }>(
      `SELECT end_reason AS endReason, coalesce(ended_at, created_at) AS endedAt FROM call
       WHERE account_id = @accountId AND direction = 'outbound' AND outcome IS NOT NULL AND seq IN (
         SELECT seq FROM call WHERE wa_id = @waId UNION SELECT seq FROM call WHERE user_id = @userId)
       ORDER BY seq DESC LIMIT 1`,
    ),
    events: db.prepare<[Bound], EventRow>(
      `SELECT event.at, event.body, event.message_id AS messageId, message_status.status
       FROM contact_event AS event LEFT JOIN message_status
         ON message_status.account_id = event.account_id AND message_status.message_id = event.message_id
       WHERE event.account_id = @accountId AND event.seq IN (
         SELECT seq FROM contact_event WHERE wa_id = @waId AND at >= @since
         UNION SELECT seq FROM contact_event WHERE user_id = @userId AND at >= @since)
       ORDER BY event.at`,
    ),
    billed: db.prepare<[{ accountId: string; since: number }], { seconds: number | null }>(
      `SELECT sum(talk_seconds) AS seconds FROM call
       WHERE account_id = @accountId AND direction = 'outbound' AND outcome = 'answered'
         AND seq >= @since * 1000`,
    ),
  };
}
