import type { ProviderError } from '../../shared/providers/events.ts';
import { parseContactBody } from './contact-body.ts';
import type { ContactFact, ContactStore } from './contacts.ts';
import type { Db } from '../../sqlite/migrate.ts';

/** A message of ours on its way: its identity ends in our own id until the provider names it. */
export function unsentIdentity(accountId: string, id: string): string {
  return `${accountId}/unsent/${id}`;
}

/** A customer's message. */
export function messageIdentity(accountId: string, messageId: string): string {
  return `${accountId}/message/${messageId}`;
}

/** A message that this agent sent, here or on another of their computers. */
export function ownIdentity(accountId: string, messageId: string): string {
  return `${accountId}/sent/${messageId}`;
}

/** What this agent writes, from before it is sent: a crash or a refusal loses none of it. */
export class OwnMessageStore {
  readonly #contacts: ContactStore;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db, contacts: ContactStore) {
    this.#contacts = contacts;
    this.#sql = prepare(db);
  }

  get(identity: string): ContactFact | undefined {
    const row = this.#sql.get.get(identity);
    const body = row && parseContactBody(row.body);
    if (!body) return undefined;
    const { accountId, at, messageId, waId, userId, name, username } = row;
    return {
      identity,
      accountId,
      party: {
        waId: waId ?? undefined,
        userId: userId ?? undefined,
        name: name ?? undefined,
        username: username ?? undefined,
      },
      at,
      messageId: messageId ?? undefined,
      body,
    };
  }

  /** The provider accepted a message: it has the provider's id now. */
  accepted(identity: string, fact: ContactFact): void {
    this.#contacts.together(() => {
      this.#contacts.remove(identity);
      this.#contacts.add(fact);
    });
  }

  /**
   * Begins another attempt at a failed message. One that never left takes the place of the first; one
   * that the provider had accepted stays as it was.
   *
   * @returns false if another attempt was begun before
   */
  retry(identity: string, fact: ContactFact): boolean {
    let begun = false;
    this.#contacts.together(() => {
      const before = this.get(identity);
      if (before?.body.kind !== 'message-out') return;
      begun = before.body.unsent
        ? this.#contacts.remove(identity)
        : this.#sql.retried.run(identity).changes > 0;
      if (begun) this.#contacts.add(fact);
    });
    return begun;
  }

  /** Marks as failed what was on its way from a number when the app was closed. */
  interrupt(accountId: string, error: ProviderError): void {
    this.#sql.interrupt.run({
      from: unsentIdentity(accountId, ''),
      to: `${accountId}/unsent0`,
      error: JSON.stringify(error),
    });
  }
}

/** The agent's messages, whatever stores them. */
export type OwnMessages = Pick<OwnMessageStore, keyof OwnMessageStore>;

interface Row {
  accountId: string;
  waId: string | null;
  userId: string | null;
  name: string | null;
  username: string | null;
  at: number;
  messageId: string | null;
  body: string;
}

function prepare(db: Db) {
  return {
    get: db.prepare<[string], Row>(
      `SELECT account_id AS accountId, wa_id AS waId, user_id AS userId, name, username, at,
         message_id AS messageId, body
       FROM contact_event WHERE identity = ?`,
    ),
    retried: db.prepare<[string]>(
      `UPDATE contact_event SET body = json_set(body, '$.retried', json('true'))
       WHERE identity = ? AND body ->> '$.retried' IS NULL`,
    ),
    interrupt: db.prepare<[{ from: string; to: string; error: string }]>(
      `INSERT INTO message_status (account_id, message_id, rank, status, error)
       SELECT account_id, message_id, 4, 'failed', @error FROM contact_event
       WHERE identity >= @from AND identity < @to AND message_id IS NOT NULL
       ON CONFLICT (account_id, message_id) DO NOTHING`,
    ),
  };
}
