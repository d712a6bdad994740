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
import { IdentityStore } from './people/identity-store.ts';
import type { Merge, MergeWord } from './people/merges.ts';
import { isSaid } from '../../shared/todo/happenings.ts';
import type { LastMessage } from '../../shared/ipc/model.ts';
import type { PersonDetails } from '../../shared/ipc/people.ts';
import {
  doNotCallValue,
  textFields,
  type ImportedPerson,
  type WrittenField,
} from './people/person-details.ts';
import { keyOf } from './migrations/0004-persons.ts';
import { KEYS, personAt, personNow, WA_ID } from './people/person-sql.ts';
import { WholeNumbers } from './whole-numbers.ts';

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
  readonly #identity: IdentityStore;
  readonly #whole: WholeNumbers;

  constructor(db: Db) {
    this.#db = db;
    this.#text = new CallText(db);
    this.#identity = new IdentityStore(db);
    this.#whole = new WholeNumbers(db, 'people-whole');
    this.#sql = prepare(db);
  }

  /** @returns false if it was already stored */
  add(fact: ContactFact): boolean {
    let isNew = false;
    this.together(() => {
      isNew = this.#add(fact);
    });
    return isNew;
  }

  #add({ identity, accountId, party, at, messageId, body }: ContactFact): boolean {
    this.#identity.note(party, at);
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
      movedTo: this.#identity.movedTo(party, at),
      person: this.#identity.movedTo(party, at) ?? personKey(party) ?? null,
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
    const person = this.#identity.personOf(party) ?? '';
    const found = this.#sql.permission.get({ accountId, person, key: personKey(party) ?? '' });
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

  /** The person's last message within a day before `to`, Unix ms, on any of our numbers. */
  lastMessage(party: Party, to: number): LastMessage | undefined {
    const bound = { ...boundTo(party), since: to - RECENT_MS };
    for (const { at, body: stored } of this.#sql.messages.iterate(bound)) {
      const body = parseContactBody(stored);
      if (body?.kind === 'message-in' && isSaid(body.type)) {
        return { type: body.type, text: body.text, at };
      }
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

  /** A person changed their number or user id at `at`, Unix ms: everything known about them moves. */
  move(before: Party, now: Party, at: number): void {
    this.#identity.move(before, now, at);
  }

  /** The key under which a person is known, whatever they are called here. */
  personOf(party: Party): string | undefined {
    return this.#identity.personOf(party);
  }

  /** What agents wrote down about a person. */
  details(party: Party): PersonDetails {
    return this.#identity.detailsOf(party);
  }

  /** Stores what was written down. @returns whether anything is new */
  write(party: Party, fields: readonly WrittenField[]): boolean {
    return this.#identity.write(party, fields);
  }

  /** What agents elsewhere wrote down about people; all or nothing. @returns whether anything is new */
  hear(told: readonly ToldPerson[]): boolean {
    let isNew = false;
    this.together(() => {
      for (const one of told) {
        const wasNew =
          'kept' in one ? this.#identity.hear(one) : this.#identity.write(one.party, one.fields);
        isNew ||= wasNew;
      }
    });
    return isNew;
  }

  /** What teammates should have and do not. */
  unsentPeople(): UnsentPeople {
    const { fields, merges } = this.#identity.unsent();
    const people = new Map<string, UnsentPerson>();
    for (const field of fields) {
      const { key } = field;
      const known = people.get(key);
      if (known) known.fields.push(field);
      else
        people.set(key, { accounts: this.#accountsOf(key), party: partyOf(key), fields: [field] });
    }
    return {
      people: [...people.values()],
      merges: merges.map((merge) => ({ ...merge, accounts: this.#accountsOf(merge.kept) })),
    };
  }

  /** The relay has these. */
  peopleSent({ people, merges }: UnsentPeople): void {
    this.#identity.sent({ fields: people.flatMap(({ fields }) => fields), merges });
  }

  /** What an agent wrote down is told again, to a relay that may not have it. */
  unsendPeople(by: string): void {
    this.#identity.unsend(by);
  }

  /** Whether all that the relay knows about people of these numbers is here; if not, it has to be asked. */
  hasWholePeople(numbers: readonly string[]): boolean {
    return this.#whole.include(numbers);
  }

  /** Everything about people of these numbers is here, and from now on what is told at others is not. */
  setWholePeople(numbers: readonly string[]): void {
    this.#whole.set(numbers);
  }

  /** Our numbers that know a person. */
  #accountsOf(key: string): readonly string[] {
    return this.#sql.accountsOf.all({ person: key }).map(({ accountId }) => accountId);
  }

  /** What is known about a person: `name` as shown, and whether they are in the list of contacts. */
  known(party: Party): { exists: boolean; name?: string | undefined; details: PersonDetails } {
    const person = this.#identity.personOf(party);
    const contact = person === undefined ? undefined : this.#sql.contact.get({ person });
    const details = this.#identity.detailsOf(party);
    const name = details.name ?? contact?.name ?? undefined;
    return { exists: contact !== undefined, name, details };
  }

  /** Stores people of a file, all or none. */
  take(people: readonly ImportedPerson[], written: { at: number; by: string }): void {
    this.together(() => {
      for (const { party, fields, also } of people) {
        this.#identity.note(party, written.at);
        this.write(
          party,
          // Somebody who has nothing but a number is in the list, too.
          (fields.length > 0
            ? fields
            : [{ field: 'company' as const, value: this.details(party).company ?? '' }]
          ).map((field) => ({ ...field, ...written, unsent: true })),
        );
        for (const other of also) this.#mergeNow(party, other, written);
      }
    });
  }

  /** A person as the agents call them. */
  shown(party: Party): Party {
    const { name } = this.#identity.detailsOf(party);
    return name === undefined ? party : { ...party, name };
  }

  /**
   * Two people are one from now on. What is written down about both counts as `kept` has it.
   * @returns undefined if they are already
   */
  merge(kept: Party, other: Party, written: { at: number; by: string }): Merge | undefined {
    let merge: Merge | undefined;
    this.together(() => {
      merge = this.#mergeNow(kept, other, written);
    });
    return merge;
  }

  #mergeNow(kept: Party, other: Party, written: { at: number; by: string }): Merge | undefined {
    const [one, two] = [personKey(kept), personKey(other)];
    if (one === undefined || two === undefined) return undefined;
    const [own, theirs] = [this.details(kept), this.details(other)];
    const merge = this.#identity.merge(one, two, written);
    if (!merge) return undefined;
    const both = textFields.filter(
      (field) => own[field] !== undefined && theirs[field] !== undefined,
    );
    this.write(
      kept,
      both.map((field) => ({ field, value: own[field] ?? '', ...written, unsent: true })),
    );
    // Also if the mark was lifted of the other one later.
    const marked = own.doNotCall ?? theirs.doNotCall;
    if (marked && !this.details(kept).doNotCall) {
      const value = doNotCallValue(true, marked.reason);
      this.write(kept, [{ field: 'doNotCall', value, ...written, unsent: true }]);
    }
    return merge;
  }

  /** Splits what a merge joined. @returns whether there was one */
  unmerge(merge: Pick<Merge, 'kept' | 'other'>, written: { at: number; by: string }): boolean {
    return this.#identity.unmerge(merge, written);
  }

  /** All of these writes or none. */
  together(write: () => void): void {
    this.#db.transaction(write).immediate();
  }
}

/** What an agent elsewhere wrote down about a person, or said about who is one. */
export type ToldPerson = { party: Party; fields: readonly WrittenField[] } | MergeWord;

/** What agents here wrote down, for teammates. `accounts`: our numbers that know the person. */
export interface UnsentPeople {
  people: readonly UnsentPerson[];
  merges: readonly (MergeWord & { accounts: readonly string[] })[];
}
interface UnsentPerson {
  accounts: readonly string[];
  party: Party;
  fields: (WrittenField & { key: string })[];
}

function partyOf(key: string): Party {
  return key.startsWith('u:') ? { userId: key.slice(2) } : { waId: key };
}

/** A person as a query parameter. */
export function boundTo(party: Party): { person: string | null } {
  return { person: personKey(party) ?? null };
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
  since: number;
}

/** Rows of the person in parameter `person`. */
const SAME = `person = ${personNow('@person')}`;

function prepare(db: Db) {
  return {
    // WhatsApp tells times in whole seconds, and we know ours to the millisecond: a customer's message
    // comes after what is there of its second.
    add: db.prepare<
      [Record<string, string | number | null>]
    >(`INSERT INTO contact_event (identity, account_id, wa_id, user_id, name, username, at, kind, message_id, body, unread, moved_to)
       VALUES (@identity, @accountId, @waId, @userId, @name, @username,
         iif(@kind = 'message-in', coalesce((SELECT max(at) + 1 FROM contact_event
           WHERE person = @person AND at BETWEEN @at AND @at + 998), @at), @at),
         @kind, @messageId, @body, @unread, @movedTo)
       ON CONFLICT (identity) DO NOTHING`),
    remove: db.prepare<[string], { accountId: string; body: string }>(
      'DELETE FROM contact_event WHERE identity = ? RETURNING account_id AS accountId, body',
    ),
    accountsOf: db.prepare<[{ person: string }], { accountId: string }>(
      `SELECT account_id AS accountId FROM call WHERE ${SAME}
       UNION SELECT account_id FROM contact_event WHERE ${SAME}`,
    ),
    contact: db.prepare<[{ person: string }], { name: string | null }>(
      'SELECT name FROM contact WHERE key = @person',
    ),
    markRead: db.prepare<[{ person: string | null; to: number }]>(
      `UPDATE contact_event SET unread = NULL WHERE unread = 1 AND at <= @to AND ${SAME}`,
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
    permission: db.prepare<[{ accountId: string; person: string; key: string }], { body: string }>(
      // About this number if there is one, else the last about any other of the person's.
      `SELECT body FROM permission_answer AS answer
       WHERE account_id = @accountId AND key IN ${KEYS}
         AND ${personAt('answer.key', "coalesce(answer.body ->> '$.checkedAt', 0)")} = @person
       ORDER BY key = @key DESC, body ->> '$.checkedAt' DESC LIMIT 1`,
    ),
    calls: db.prepare<[Bound], CallRow>(
      `SELECT direction, outcome, created_at AS createdAt, connected_at AS connectedAt FROM call
       WHERE account_id = @accountId AND created_at >= @since
         AND (outcome IS NOT NULL OR connected_at IS NOT NULL OR direction = 'inbound') AND ${SAME}
       ORDER BY seq`,
    ),
    lastCall: db.prepare<[Omit<Bound, 'since'>], { endReason: string | null; endedAt: number }>(
      `SELECT end_reason AS endReason, coalesce(ended_at, created_at) AS endedAt FROM call
       WHERE account_id = @accountId AND direction = 'outbound' AND outcome IS NOT NULL AND ${SAME}
       ORDER BY seq DESC LIMIT 1`,
    ),
    events: db.prepare<[Bound], ContactEventRow>(
      `SELECT event.at, event.body, event.message_id AS messageId, message_status.status
       FROM contact_event AS event LEFT JOIN message_status
         ON message_status.account_id = event.account_id AND message_status.message_id = event.message_id
       WHERE event.account_id = @accountId AND ${SAME} AND event.at >= @since
       ORDER BY event.at`,
    ),
    messages: db.prepare<[Omit<Bound, 'accountId'>], { at: number; body: string }>(
      `SELECT at, body FROM contact_event WHERE kind = 'message-in' AND ${SAME} AND at > @since
       ORDER BY at DESC, seq DESC`,
    ),
    spelling: db.prepare<[{ key: string }], { waId: string | null }>(
      // A number besides the one that the person is known by has no contact of its own.
      `SELECT coalesce((SELECT ${WA_ID} FROM contact WHERE key = @key),
         (SELECT wa_id FROM contact_event WHERE person = ${personNow('@key')} AND moved_to IS NOT NULL
           AND kind NOT IN ('message-out', 'permission-request') AND ${keyOf('wa_id')} = @key
           ORDER BY at DESC LIMIT 1)) AS waId`,
    ),
    billed: db.prepare<[{ accountId: string; since: number }], { seconds: number | null }>(
      `SELECT sum(talk_seconds) AS seconds FROM call
       WHERE account_id = @accountId AND direction = 'outbound' AND outcome = 'answered'
         AND seq >= @since * 1000`,
    ),
  };
}
