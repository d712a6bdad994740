import { personKey } from '../../shared/lib/person-key.ts';
import type { Party, ProviderError } from '../../shared/providers/events.ts';
import type { ContactEvent, Permission, RefusedBefore } from '../../shared/rules/facts.ts';
import { parseContactBody, type ContactBody } from './contact-body.ts';
import { CallFacts } from './call-facts.ts';
import { CallText } from './call-text.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { IdentityStore } from './people/identity-store.ts';
import type { Merge } from './people/merges.ts';
import type { LastMessage } from '../../shared/ipc/live-call.ts';
import type { PersonDetails } from '../../shared/ipc/people.ts';
import { PeopleWriter } from './people/people-writer.ts';
import type { WrittenField } from './people/person-details.ts';
import { keyOf } from './migrations/0004-persons.ts';
import { boundTo, OF_PERSON, personNow, WA_ID } from './people/person-sql.ts';
import { SharedPeople, type ToldPerson, type UnsentPeople } from './people/shared-people.ts';

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

/** A higher rank replaces a lower one, whatever the order of arrival. */
const ranks = { sent: 1, delivered: 2, read: 3, failed: 4 } as const;

/**
 * Writes what happens between people and our numbers, and answers the few indexed reads that the
 * rules need at once.
 */
export class ContactStore {
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #text: CallText;
  readonly #identity: IdentityStore;
  readonly #shared: SharedPeople;
  readonly #facts: CallFacts;
  readonly #people: PeopleWriter;

  constructor(db: Db) {
    this.#db = db;
    this.#text = new CallText(db);
    this.#identity = new IdentityStore(db);
    this.#facts = new CallFacts(db, this.#identity);
    this.#shared = new SharedPeople(db, this.#identity);
    this.#people = new PeopleWriter(this.#identity);
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

  savePermission(...args: Parameters<CallFacts['savePermission']>): void {
    this.#facts.savePermission(...args);
  }

  permission(...args: Parameters<CallFacts['permission']>): Permission | undefined {
    return this.#facts.permission(...args);
  }

  history(...args: Parameters<CallFacts['history']>): ContactEvent[] {
    return this.#facts.history(...args);
  }

  lastMessage(...args: Parameters<CallFacts['lastMessage']>): LastMessage | undefined {
    return this.#facts.lastMessage(...args);
  }

  refusal(...args: Parameters<CallFacts['refusal']>): RefusedBefore | undefined {
    return this.#facts.refusal(...args);
  }

  billedSeconds(...args: Parameters<CallFacts['billedSeconds']>): number {
    return this.#facts.billedSeconds(...args);
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

  hear(told: readonly ToldPerson[]): boolean {
    return this.#shared.hear(told);
  }

  unsentPeople(): UnsentPeople {
    return this.#shared.unsent();
  }

  peopleSent(people: UnsentPeople): void {
    this.#shared.sent(people);
  }

  unsendPeople(by: string): void {
    this.#shared.unsend(by);
  }

  hasWholePeople(numbers: readonly string[]): boolean {
    return this.#shared.hasAll(numbers);
  }

  setWholePeople(numbers: readonly string[]): void {
    this.#shared.setAll(numbers);
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
  take(...args: Parameters<PeopleWriter['take']>): void {
    this.together(() => this.#people.take(...args));
  }

  /** A person as the agents call them, else as they call themselves. */
  shown(party: Party): Party {
    const name = this.#identity.detailsOf(party).name ?? party.name ?? this.known(party).name;
    return name === undefined ? party : { ...party, name };
  }

  /**
   * Two people are one from now on. What is written down about both counts as `kept` has it.
   * @returns undefined if they are already
   */
  merge(...args: Parameters<PeopleWriter['merge']>): Merge | undefined {
    let merge: Merge | undefined;
    this.together(() => {
      merge = this.#people.merge(...args);
    });
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

/** What happens between people and our numbers, whatever stores it. */
export type Contacts = Omit<Pick<ContactStore, keyof ContactStore>, 'together'>;

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
    contact: db.prepare<[{ person: string }], { name: string | null }>(
      'SELECT name FROM contact WHERE key = @person',
    ),
    markRead: db.prepare<[{ person: string | null; to: number }]>(
      `UPDATE contact_event SET unread = NULL WHERE unread = 1 AND at <= @to AND ${OF_PERSON}`,
    ),
    setStatus: db.prepare<[Record<string, string | number | null>]>(
      `INSERT INTO message_status (account_id, message_id, rank, status, error)
       VALUES (@accountId, @messageId, @rank, @status, @error)
       ON CONFLICT (account_id, message_id) DO UPDATE SET rank = excluded.rank,
         status = excluded.status, error = excluded.error WHERE excluded.rank > message_status.rank`,
    ),
    spelling: db.prepare<[{ key: string }], { waId: string | null }>(
      // A number besides the one that the person is known by has no contact of its own.
      `SELECT coalesce((SELECT ${WA_ID} FROM contact WHERE key = @key),
         (SELECT wa_id FROM contact_event WHERE person = ${personNow('@key')} AND moved_to IS NOT NULL
           AND kind NOT IN ('message-out', 'permission-request') AND ${keyOf('wa_id')} = @key
           ORDER BY at DESC LIMIT 1)) AS waId`,
    ),
  };
}
