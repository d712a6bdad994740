import type { Db } from '../../../sqlite/migrate.ts';
import { type Erased, erasedKinds } from '../../../shared/ipc/erasing.ts';
import { CallText } from '../call-text.ts';
import { ContactRows } from '../people/contact-rows.ts';
import { PersonDetails } from '../people/person-details.ts';
import { spellingsOf } from '../../../shared/lib/person-key.ts';

/** Who is erased. */
export interface Subject {
  /** `personKey` of each of their numbers and user ids. */
  keys: readonly string[];
  /** What happened later stays: they may have come back. Unix ms. */
  until: number;
}

/** Some of the calls and messages of a person, and how many are left. */
export interface ErasedStep {
  erased: Erased;
  callIds: readonly string[];
  /** Files of messages, which may be kept beside. */
  files: readonly { accountId: string; fileId: string }[];
  messages: number;
  left: number;
}

export const nothingErased: Erased = {
  calls: 0,
  events: 0,
  messages: 0,
  notes: 0,
  details: 0,
  permissions: 0,
  waiting: 0,
  texts: 0,
};

/** What went in two steps. */
export function addErased(one: Erased, other: Erased): Erased {
  const sum = { ...one };
  for (const kind of erasedKinds) sum[kind] += other[kind];
  return sum;
}

/**
 * Deletes all that is stored of one person. `secure_delete` overwrites the rows; the search indexes keep fragments until
 * `purgeIndexes` has rewritten them. A call that goes on stays, and one on legal hold.
 */
export class PersonErasure {
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #text: CallText;
  readonly #rows: ContactRows;
  readonly #details: PersonDetails;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#text = new CallText(db);
    this.#rows = new ContactRows(db);
    this.#details = new PersonDetails(db);
  }

  /** Deletes up to `most` calls, and as many messages. Again until nothing is left. */
  step(subject: Subject, most: number): ErasedStep {
    return this.#db.transaction(() => this.#step(subject, most)).immediate();
  }

  #step(subject: Subject, most: number): ErasedStep {
    const bound = { keys: JSON.stringify(subject.keys), until: subject.until, most };
    const erased = { ...nothingErased };
    const calls = this.#sql.calls.all(bound);
    for (const { seq, account, providerCallId } of calls) {
      this.#text.remove(seq);
      if (providerCallId !== null) {
        erased.notes += this.#sql.teamNotes.run({ account, providerCallId }).changes;
        this.#sql.reference.run({ id: `${account}/${providerCallId}` });
      }
      erased.events += this.#sql.events.run(seq).changes;
      erased.notes += this.#sql.note.run(seq).changes;
      erased.calls += this.#sql.call.run(seq).changes;
    }
    const messages = this.#sql.messages.all(bound);
    for (const { seq, account, messageId } of messages) {
      if (messageId !== null) this.#sql.status.run({ account, messageId });
      erased.messages += this.#sql.message.run(seq).changes;
    }
    const left = this.#sql.left.get(bound)?.left ?? 0;
    return {
      erased,
      callIds: calls.map(({ id }) => id),
      messages: messages.length,
      files: messages.flatMap(({ account: accountId, fileId }) =>
        fileId === null ? [] : [{ accountId, fileId }],
      ),
      left,
    };
  }

  /** How many of their recordings are on legal hold; these stay with their calls. */
  held({ keys, until }: Subject): number {
    return this.#sql.held.get({ keys: JSON.stringify(keys), until })?.held ?? 0;
  }

  /** Deletes who they are, once their calls and messages are gone. */
  finish(subject: Subject): Erased {
    return this.#db.transaction(() => this.#finish(subject)).immediate();
  }

  #finish({ keys, until }: Subject): Erased {
    const bound = { keys: JSON.stringify(keys), until };
    const erased = { ...nothingErased };
    erased.details += this.#sql.fields.run(bound).changes;
    this.#details.rebuild(keys);
    erased.details += this.#sql.links.run(bound).changes;
    erased.details += this.#sql.moves.run(bound).changes;
    erased.details += this.#sql.merges.run(bound).changes;
    this.#sql.aliases.run({ keys: bound.keys });
    erased.details += this.#sql.contacts.run({ keys: bound.keys }).changes;
    this.#rows.rebuild(keys, true);
    erased.permissions += this.#sql.permissions.run({ keys: bound.keys }).changes;
    erased.waiting += this.#sql.waiting.run(bound).changes;
    for (const word of wordsOf(keys)) erased.waiting += this.#sql.references.run({ word }).changes;
    return erased;
  }
}

/** How numbers and ids stand in stored JSON. */
export function wordsOf(keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) =>
    key.startsWith('u:') ? [JSON.stringify(key.slice(2))] : spellingsOf(key),
  );
}

const LISTED = '(SELECT value FROM json_each(@keys))';
/** A call stays with its recordings, or nobody could lift their hold. */
const HELD =
  'EXISTS (SELECT 1 FROM recording WHERE recording.call_id = call.id AND legal_hold = 1)';

type Bound = { keys: string; until: number };
type Row = { seq: number; account: string };

function prepare(db: Db) {
  return {
    calls: db.prepare<
      Bound & { most: number },
      Row & { id: string; providerCallId: string | null }
    >(
      `SELECT seq, id, account_id AS account, provider_call_id AS providerCallId FROM call
       WHERE person IN ${LISTED} AND created_at <= @until AND outcome IS NOT NULL
         AND NOT ${HELD} LIMIT @most`,
    ),
    messages: db.prepare<
      Bound & { most: number },
      Row & { messageId: string | null; fileId: string | null }
    >(
      `SELECT seq, account_id AS account, message_id AS messageId,
         iif(json_valid(body), body ->> '$.file.id', NULL) AS fileId FROM contact_event
       WHERE person IN ${LISTED} AND at <= @until LIMIT @most`,
    ),
    left: db.prepare<Bound, { left: number }>(
      `SELECT (SELECT count(*) FROM call WHERE person IN ${LISTED} AND created_at <= @until
           AND outcome IS NOT NULL AND NOT ${HELD})
         + (SELECT count(*) FROM contact_event WHERE person IN ${LISTED} AND at <= @until) AS left`,
    ),
    held: db.prepare<Bound, { held: number }>(
      `SELECT count(*) AS held FROM recording JOIN call ON call.id = recording.call_id
       WHERE legal_hold = 1 AND person IN ${LISTED} AND created_at <= @until`,
    ),
    teamNotes: db.prepare<{ account: string; providerCallId: string }>(
      `DELETE FROM contact_event WHERE identity > @account || '/note/' || @providerCallId || '/'
         AND identity < @account || '/note/' || @providerCallId || '0'`,
    ),
    reference: db.prepare<{ id: string }>('DELETE FROM todo_reference WHERE id = @id'),
    events: db.prepare<[number]>('DELETE FROM call_event WHERE call_seq = ?'),
    note: db.prepare<[number]>('DELETE FROM call_note WHERE call_seq = ?'),
    // Its quality goes with it.
    call: db.prepare<[number]>('DELETE FROM call WHERE seq = ?'),
    status: db.prepare<{ account: string; messageId: string }>(
      'DELETE FROM message_status WHERE account_id = @account AND message_id = @messageId',
    ),
    message: db.prepare<[number]>('DELETE FROM contact_event WHERE seq = ?'),
    fields: db.prepare<Bound>(`DELETE FROM person_field WHERE key IN ${LISTED} AND at <= @until`),
    links: db.prepare<Bound>(
      `DELETE FROM person_link WHERE (a IN ${LISTED} OR b IN ${LISTED}) AND first <= @until`,
    ),
    moves: db.prepare<Bound>(
      `DELETE FROM person_move WHERE (from_key IN ${LISTED} OR to_key IN ${LISTED}) AND at <= @until`,
    ),
    merges: db.prepare<Bound>(
      `DELETE FROM person_merge WHERE (kept IN ${LISTED} OR other IN ${LISTED}) AND at <= @until`,
    ),
    aliases: db.prepare<{ keys: string }>(
      `DELETE FROM person_alias WHERE key IN ${LISTED} OR person IN ${LISTED}`,
    ),
    contacts: db.prepare<{ keys: string }>(`DELETE FROM contact WHERE key IN ${LISTED}`),
    permissions: db.prepare<{ keys: string }>(
      `DELETE FROM permission_answer WHERE key IN ${LISTED}`,
    ),
    waiting: db.prepare<Bound>(
      `DELETE FROM todo WHERE (customer IN ${LISTED} OR 'u:' || user_id IN ${LISTED})
         AND changed_at <= @until`,
    ),
    references: db.prepare<{ word: string }>(
      'DELETE FROM todo_reference WHERE instr(reference, @word) > 0 OR instr(id, @word) > 0',
    ),
  };
}
