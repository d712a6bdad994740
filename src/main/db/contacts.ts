import { z } from 'zod';
import type { Permission } from '../../shared/rules/facts.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { Party, ProviderError } from '../../shared/providers/events.ts';
import type { ContactEvent, RefusedBefore } from '../../shared/rules/facts.ts';
import { parseContactBody, type ContactBody } from './contact-body.ts';
import { callEvent, type CallRow, type ContactEventRow, ruleEvents } from './contact-events.ts';
import { CallText } from './call-text.ts';
import { parseColumn } from './json.ts';
import type { Db } from '../../sqlite/migrate.ts';

/** Something between a person and a number of ours, other than a call of this console. */
export interface ContactFact {
  /** Identifies the fact, however often it is reported. */
  identity: string;
  accountId: string;
  party: Party;
  at: number;
  messageId?: string | undefined;
  body: ContactBody;
}

/** Older messages do not tell why somebody calls, in ms. */
const RECENT_MS = 24 * 3_600_000;

/** A higher rank replaces a lower one, whatever the order of arrival. */
const ranks = { sent: 1, delivered: 2, read: 3, failed: 4 } as const;

const refused = z.object({ kind: z.literal('failed'), error: z.object({ code: z.string() }) });

const action = z.looseObject({ allowed: z.boolean() });
const permission = z.looseObject({
  status: z.enum(['none', 'temporary', 'permanent']),
  call: action,
  request: action,
  checkedAt: z.number(),
});

/**
 * Writes what happens between people and our numbers, and answers the few indexed reads that the
 * rules need at once.
 */
export class ContactStore {
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #text: CallText;

  constructor(db: Db) {
    this.#db = db;
    this.#text = new CallText(db);
    this.#sql = prepare(db);
  }

  /** @returns false if it was already stored */
  add({ identity, accountId, party, at, messageId, body }: ContactFact): boolean {
    const row = {
      identity,
      accountId,
      waId: party.waId ?? null,
      userId: party.userId ?? null,
      name: party.name ?? null,
      username: party.username ?? null,
      at,
      kind: body.kind,
      messageId: messageId ?? null,
      body: JSON.stringify(body),
      unread: body.kind === 'message-in' ? 1 : null,
      person: personKey(party) ?? null,
    };
    const isNew = this.#sql.add.run(row).changes > 0;
    if (isNew && body.kind === 'note') this.#text.notedElsewhere(accountId, body.providerCallId);
    return isNew;
  }

  /** Removes a fact that turned out to be something else. @returns false if it was not stored */
  remove(identity: string): boolean {
    const removed = this.#sql.remove.get(identity);
    if (!removed) return false;
    const body = parseContactBody(removed.body);
    if (body?.kind === 'note') {
      this.#text.notedElsewhere(removed.accountId, body.providerCallId);
    }
    return true;
  }

  /** This agent has read what the person wrote up to `to`, Unix ms. @returns whether any was unread */
  markRead(party: Party, to: number): boolean {
    return this.#sql.markRead.run({ ...boundTo(party), to }).changes > 0;
  }

  /** How many messages this agent has not read. */
  unread(): number {
    return this.#sql.unread.get()?.count ?? 0;
  }

  /** Stores the delivery status of a message of ours. */
  setStatus(
    accountId: string,
    messageId: string,
    status: keyof typeof ranks,
    error: ProviderError | undefined,
  ): void {
    this.#sql.setStatus.run({
      accountId,
      messageId,
      rank: ranks[status],
      status,
      error: error === undefined ? null : JSON.stringify(error),
    });
  }

  savePermission(accountId: string, party: Party, answer: Permission): void {
    const key = personKey(party);
    if (key === undefined) return;
    this.#sql.savePermission.run({ accountId, key, body: JSON.stringify(answer) });
  }

  /** The provider's last answer. */
  permission(accountId: string, party: Party): Permission | undefined {
    const found = this.#sql.permission.get({ accountId, key: personKey(party) ?? '' });
    const answer = found && parseColumn(found.body);
    return isPermission(answer) ? answer : undefined;
  }

  /** What the rules look at: everything between a number and a person since `since` (Unix ms). */
  history(accountId: string, party: Party, since: number): ContactEvent[] {
    const bound = { accountId, ...boundTo(party), since };
    return [
      ...this.#sql.calls.all(bound).map(callEvent),
      ...this.#sql.events.all(bound).flatMap(ruleEvents),
    ];
  }

  /** The person's last text within a day before `to`, Unix ms, on any of our numbers. */
  lastMessage(party: Party, to: number): { text: string; at: number } | undefined {
    const bound = { ...boundTo(party), since: to - RECENT_MS };
    for (const { at, body: stored } of this.#sql.messages.iterate(bound)) {
      const body = parseContactBody(stored);
      if (body?.kind === 'message-in' && body.text !== undefined) return { text: body.text, at };
    }
    return undefined;
  }

  /**
   * The provider's error for our last call to this person; undefined if it did not refuse that
   * call.
   */
  refusal(accountId: string, party: Party): RefusedBefore | undefined {
    const bound = { accountId, ...boundTo(party) };
    const last = this.#sql.lastCall.get(bound);
    const reason = refused.safeParse(parseColumn(last?.endReason ?? 'null'));
    return last && reason.success ? { code: reason.data.error.code, at: last.endedAt } : undefined;
  }

  /** Seconds of answered calls to customers from a number since `since`, for the volume tier. */
  billedSeconds(accountId: string, since: number): number {
    return this.#sql.billed.get({ accountId, since })?.seconds ?? 0;
  }

  /** The person's number as WhatsApp spells it if that is known, else as given. */
  spellingOf(party: Party): Party {
    const waId = this.#sql.spelling.get({ key: personKey(party) ?? '' })?.waId;
    return party.waId === undefined || waId == null ? party : { ...party, waId };
  }

  /** A person changed their number or user id: moves everything known about them. */
  move(before: Party, now: Party): void {
    const sql = this.#sql;
    const key = personKey(now);
    if (key === undefined) return;
    this.together(() => {
      const bound = { key, waId: now.waId ?? null, userId: now.userId ?? null };
      for (const old of new Set([personKey(before), personKey({ userId: before.userId })])) {
        if (old === undefined || old === key) continue;
        for (const step of sql.move) step.run({ ...bound, old });
      }
      if (before.userId === undefined || now.userId === undefined) return;
      for (const step of sql.renew) step.run({ userId: now.userId, old: before.userId });
    });
  }

  /** All of these writes or none. */
  together(write: () => void): void {
    this.#db.transaction(write).immediate();
  }
}

/** A person as query parameters: the key, and the user id that rows without a number have. */
export function boundTo(party: Party): { person: string | null; userId: string | null } {
  return { person: personKey(party) ?? null, userId: party.userId ?? null };
}

/** Only `savePermission` writes it; checked because the row may be damaged. */
function isPermission(answer: unknown): answer is Permission {
  return permission.safeParse(answer).success;
}

/** What happens between people and our numbers, whatever stores it. */
export type Contacts = Omit<Pick<ContactStore, keyof ContactStore>, 'together'>;

interface Bound {
  accountId: string;
  person: string | null;
  userId: string | null;
  since: number;
}

function prepare(db: Db) {
  return {
    // WhatsApp tells times in whole seconds, and we know ours to the millisecond: a customer's message
    // comes after what is there of its second.
    add: db.prepare<
      [Record<string, string | number | null>]
    >(`INSERT INTO contact_event (identity, account_id, wa_id, user_id, name, username, at, kind, message_id, body, unread)
       VALUES (@identity, @accountId, @waId, @userId, @name, @username,
         iif(@kind = 'message-in', coalesce((SELECT max(at) + 1 FROM contact_event
           WHERE person = @person AND at BETWEEN @at AND @at + 998), @at), @at),
         @kind, @messageId, @body, @unread)
       ON CONFLICT (identity) DO NOTHING`),
    remove: db.prepare<[string], { accountId: string; body: string }>(
      'DELETE FROM contact_event WHERE identity = ? RETURNING account_id AS accountId, body',
    ),
    markRead: db.prepare<[{ person: string | null; userId: string | null; to: number }]>(
      `UPDATE contact_event SET unread = NULL WHERE unread = 1 AND at <= @to AND seq IN (
         SELECT seq FROM contact_event WHERE person = @person AND unread = 1
         UNION SELECT seq FROM contact_event WHERE user_id = @userId AND unread = 1)`,
    ),
    unread: db.prepare<[], { count: number }>(
      'SELECT count(*) AS count FROM contact_event WHERE unread = 1',
    ),
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
    // Two indexed queries, because SQLite scans the whole table for an OR.
    calls: db.prepare<[Bound], CallRow>(
      `SELECT direction, outcome, created_at AS createdAt, connected_at AS connectedAt FROM call
       WHERE account_id = @accountId AND created_at >= @since
         AND (outcome IS NOT NULL OR connected_at IS NOT NULL OR direction = 'inbound') AND seq IN (
         SELECT seq FROM call WHERE person = @person UNION SELECT seq FROM call WHERE user_id = @userId)
       ORDER BY seq`,
    ),
    lastCall: db.prepare<[Omit<Bound, 'since'>], { endReason: string | null; endedAt: number }>(
      `SELECT end_reason AS endReason, coalesce(ended_at, created_at) AS endedAt FROM call
       WHERE account_id = @accountId AND direction = 'outbound' AND outcome IS NOT NULL AND seq IN (
         SELECT seq FROM call WHERE person = @person UNION SELECT seq FROM call WHERE user_id = @userId)
       ORDER BY seq DESC LIMIT 1`,
    ),
    events: db.prepare<[Bound], ContactEventRow>(
      `SELECT event.at, event.body, event.message_id AS messageId, message_status.status
       FROM contact_event AS event LEFT JOIN message_status
         ON message_status.account_id = event.account_id AND message_status.message_id = event.message_id
       WHERE event.account_id = @accountId AND event.seq IN (
         SELECT seq FROM contact_event WHERE person = @person AND at >= @since
         UNION SELECT seq FROM contact_event WHERE user_id = @userId AND at >= @since)
       ORDER BY event.at`,
    ),
    messages: db.prepare<[Omit<Bound, 'accountId'>], { at: number; body: string }>(
      `SELECT at, body FROM contact_event WHERE kind = 'message-in' AND seq IN (
         SELECT seq FROM contact_event WHERE person = @person AND at > @since
         UNION SELECT seq FROM contact_event WHERE user_id = @userId AND at > @since)
       ORDER BY at DESC, seq DESC`,
    ),
    spelling: db.prepare<[{ key: string }], { waId: string | null }>(
      'SELECT wa_id AS waId FROM contact WHERE key = @key',
    ),
    move: [
      'UPDATE call SET moved_to = @key WHERE person = @old',
      'UPDATE contact_event SET moved_to = @key WHERE person = @old',
      'UPDATE OR IGNORE permission_answer SET key = @key WHERE key = @old',
      'DELETE FROM permission_answer WHERE key = @old',
      `INSERT INTO contact (key, wa_id, user_id, name, username, last_at, last_kind)
       SELECT @key, @waId, coalesce(@userId, user_id), name, username, last_at, last_kind
       FROM contact WHERE key = @old
       ON CONFLICT (key) DO UPDATE SET
         wa_id = coalesce(excluded.wa_id, contact.wa_id),
         user_id = coalesce(excluded.user_id, contact.user_id),
         name = coalesce(contact.name, excluded.name),
         username = coalesce(contact.username, excluded.username),
         last_kind = CASE WHEN excluded.last_at > contact.last_at THEN excluded.last_kind
           ELSE contact.last_kind END,
         last_at = max(contact.last_at, excluded.last_at)`,
      'DELETE FROM contact WHERE key = @old',
    ].map((text) =>
      db.prepare<[{ key: string; waId: string | null; userId: string | null; old: string }]>(text),
    ),
    renew: ['call', 'contact_event', 'contact'].map((table) =>
      db.prepare<[{ userId: string; old: string }]>(
        `UPDATE ${table} SET user_id = @userId WHERE user_id = @old`,
      ),
    ),
    billed: db.prepare<[{ accountId: string; since: number }], { seconds: number | null }>(
      `SELECT sum(talk_seconds) AS seconds FROM call
       WHERE account_id = @accountId AND direction = 'outbound' AND outcome = 'answered'
         AND seq >= @since * 1000`,
    ),
  };
}
