import { z } from 'zod';
import { personKey } from '../shared/lib/person-key.ts';
import type { LogBody } from '../shared/protocol/log-entry.ts';
import { party } from '../shared/protocol/provider-event.ts';
import { answer, todo, type Answer, type Todo } from '../shared/protocol/todo.ts';
import type { Party } from '../shared/providers/events.ts';
import { happeningsOf, type Reference, type References } from '../shared/todo/happenings.ts';
import { afterHappening, combined, type Happening, isOpen } from '../shared/todo/rules.ts';
import type { Db } from './migrate.ts';

/** The tables' first version; it is part of two migrations and never changes. */
export const TODO_TABLES = `
  -- Customers who wait, or waited, as JSON; src/shared/todo derives them from the log.
  CREATE TABLE todo (
    account_id TEXT NOT NULL,
    customer TEXT NOT NULL,
    user_id TEXT,
    is_open INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (account_id, customer)
  ) STRICT;
  CREATE INDEX todo_user ON todo (account_id, user_id) WHERE user_id IS NOT NULL;
  CREATE INDEX todo_open ON todo (account_id, customer) WHERE is_open = 1;
  CREATE INDEX todo_closed ON todo (changed_at) WHERE is_open = 0;
  -- The calls and messages that later entries refer to by their ids.
  CREATE TABLE todo_reference (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    reference TEXT NOT NULL
  ) STRICT;
  CREATE INDEX todo_reference_at ON todo_reference (at);
`;

const itemRow = z.object({ item: z.string() });

/** A damaged row counts as nothing: it must not hold up the log. */
function read<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const asAnswer = (happening: Happening): Answer | undefined => answer.safeParse(happening).data;

const itemsOf = (rows: readonly unknown[]): Todo[] =>
  rows.flatMap((row) => read(todo, itemRow.parse(row).item) ?? []);

const reference = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call'),
    accountId: z.string(),
    providerCallId: z.string(),
    party,
    direction: z.enum(['inbound', 'outbound']).optional(),
    isTaken: z.boolean(),
    voicemail: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('message'),
    party: party.optional(),
    failed: z.object({ at: z.number(), why: z.string().optional() }).optional(),
  }),
]);
const referenceRow = z.object({ reference: z.string() });

/**
 * The customers who wait, as the log's entries make them. The relay and each console keep them with
 * this same code, so that they agree without sending them to each other.
 */
export class TodoTable {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /**
   * Applies an entry of the log; only inside a transaction.
   *
   * @param at when the relay stored it, Unix ms
   * @returns whether an item changed
   */
  apply({ body, cursor, at }: { body: LogBody; cursor: number; at: number }): boolean {
    if (body.type === 'todo') {
      const { accountId, customer, by, change } = body;
      const item = this.find(accountId, customer);
      if (!item) return false;
      const happening = { kind: 'change' as const, at: body.at, by, change };
      return this.#put(item, afterHappening(item, item, happening, cursor), at);
    }
    if (body.type === 'provider' && body.event.kind === 'moved') {
      const { before, now } = body.event;
      const item = this.#findOf(body.accountId, before, at);
      if (!item) return false;
      this.#take(body.accountId, { ...before, ...now }, item, at);
      return true;
    }
    const found = happeningsOf(body, at, this.#references(at));
    if (!found) return false;
    const { accountId, happenings } = found;
    const customer = personKey(found.party);
    if (customer === undefined) return false;
    const before = this.#findOf(accountId, found.party, at);
    // Part of what was taken over from the relay.
    if (before && cursor <= before.cursor) return false;
    let item = before;
    for (const happening of happenings) {
      item = afterHappening(item, { accountId, customer, party: found.party }, happening, cursor);
    }
    return this.#put(before, item, at);
  }

  /** Whom an entry, which was applied before, says that we answered, and how; undefined if nobody. */
  answersIn({
    body,
    at,
  }: {
    body: LogBody;
    at: number;
  }): { accountId: string; party: Party; answers: readonly Answer[] } | undefined {
    if (body.type === 'answered') return undefined;
    const found = happeningsOf(body, at, { ...this.#references(at), set: () => undefined });
    if (!found || personKey(found.party) === undefined) return undefined;
    const { accountId, party, happenings } = found;
    const answers = happenings.flatMap((one) => asAnswer(one) ?? []);
    return answers.length === 0 ? undefined : { accountId, party, answers };
  }

  /** Where whoever has a key (`personKey`) waits or waited, at all numbers. */
  everywhere(key: string): readonly Todo[] {
    const userId = key.startsWith('u:') ? key.slice(2) : null;
    return itemsOf(this.#sql.everywhere.all({ key, userId }));
  }

  /** One customer; undefined if nothing is known of them. */
  find(accountId: string, customer: string): Todo | undefined {
    return itemsOf(this.#sql.find.all(accountId, customer))[0];
  }

  /** Up to `limit` of the customers who wait, now or later, after one in the order of their keys. */
  open(
    limit: number,
    after: { accountId: string; customer: string } = { accountId: '', customer: '' },
  ): readonly Todo[] {
    return itemsOf(this.#sql.open.all({ ...after, limit }));
  }

  /** Up to `limit` of those who no longer wait, the latest first. */
  closed(limit: number): readonly Todo[] {
    return itemsOf(this.#sql.closed.all(limit)).filter(({ closed }) => closed !== undefined);
  }

  /** Replaces all who wait by those whom the relay knows. */
  replaceAll(items: readonly Todo[], at: number): void {
    this.#sql.clear.run();
    for (const item of items) this.#put(undefined, item, at);
  }

  /** Forgets who has not waited since `before`, Unix ms, and what nobody will refer to any more. */
  prune(before: number): void {
    this.#sql.prune.run(before);
    this.#sql.pruneExpired.run({ before });
    this.#sql.pruneReferences.run(before);
  }

  #references(at: number): References {
    const { reference: select, refer } = this.#sql;
    return {
      get(id): Reference | undefined {
        const row = select.get(id);
        return row === undefined ? undefined : read(reference, referenceRow.parse(row).reference);
      },
      set: (id, given) => void refer.run(id, at, JSON.stringify(given)),
    };
  }

  /** The item of a person who may be known by their number, by their user id, or by both. */
  #findOf(accountId: string, person: Party, at: number): Todo | undefined {
    const customer = personKey(person);
    const item = customer === undefined ? undefined : this.find(accountId, customer);
    if (person.userId === undefined) return item;
    const named = itemsOf(this.#sql.findByUser.all(accountId, person.userId));
    const other = named.find((one) => one.customer !== item?.customer);
    if (!other) return item;
    if (person.waId === undefined) return other;
    return this.#take(accountId, person, other, at);
  }

  /** Files an item under what the customer is called now. */
  #take(accountId: string, person: Party, item: Todo, at: number): Todo {
    const customer = personKey(person) ?? item.customer;
    const there = customer === item.customer ? undefined : this.find(accountId, customer);
    const party = { ...item.party, ...person };
    const moved = { ...item, customer, party };
    const one = there ? combined({ ...there, party }, moved) : moved;
    // Emptied, not deleted: what is in memory while the disk fails is written back row by row.
    if (customer !== item.customer) {
      const { accountId, cursor } = item;
      this.#put(
        undefined,
        { accountId, customer: item.customer, party: {}, reasons: {}, cursor },
        at,
      );
    }
    this.#put(undefined, one, at);
    return one;
  }

  #put(before: Todo | undefined, item: Todo | undefined, at: number): boolean {
    if (!item || item === before) return false;
    const { accountId, customer } = item;
    this.#sql.put.run({
      accountId,
      customer,
      userId: item.party.userId ?? null,
      isOpen: isOpen(item) ? 1 : 0,
      at,
      item: JSON.stringify(item),
    });
    return true;
  }
}

function prepare(db: Db) {
  return {
    find: db.prepare('SELECT item FROM todo WHERE account_id = ? AND customer = ?'),
    findByUser: db.prepare('SELECT item FROM todo WHERE account_id = ? AND user_id = ?'),
    open: db.prepare(
      `SELECT item FROM todo WHERE is_open = 1 AND (account_id, customer) > (@accountId, @customer)
       ORDER BY account_id, customer LIMIT @limit`,
    ),
    closed: db.prepare('SELECT item FROM todo WHERE is_open = 0 ORDER BY changed_at DESC LIMIT ?'),
    everywhere: db.prepare(
      `SELECT item FROM todo WHERE customer = @key UNION SELECT item FROM todo WHERE user_id = @userId`,
    ),
    put: db.prepare(
      `INSERT INTO todo (account_id, customer, user_id, is_open, changed_at, item)
       VALUES (@accountId, @customer, @userId, @isOpen, @at, @item)
       ON CONFLICT DO UPDATE SET user_id = excluded.user_id, is_open = excluded.is_open,
         changed_at = excluded.changed_at, item = excluded.item`,
    ),
    clear: db.prepare('DELETE FROM todo WHERE is_open = 1'),
    prune: db.prepare('DELETE FROM todo WHERE is_open = 0 AND changed_at < ?'),
    // Nobody waits for anything but a permission to call that is over.
    pruneExpired: db.prepare(
      `DELETE FROM todo WHERE is_open = 1 AND changed_at < @before AND CASE WHEN json_valid(item) THEN
         (SELECT count(*) FROM json_each(item, '$.reasons')) = 1
         AND json_extract(item, '$.reasons.permission.expiresAt') < @before END`,
    ),
    reference: db.prepare('SELECT reference FROM todo_reference WHERE id = ?'),
    refer: db.prepare(
      `INSERT INTO todo_reference (id, at, reference) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET at = excluded.at, reference = excluded.reference`,
    ),
    pruneReferences: db.prepare('DELETE FROM todo_reference WHERE at < ?'),
  };
}
