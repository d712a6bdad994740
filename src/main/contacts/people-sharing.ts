import { setImmediate } from 'node:timers/promises';
import type { Agent } from '../../shared/protocol/agent.ts';
import {
  type PeopleEntry,
  PEOPLE_AT_ONCE,
  type WrittenPeople,
} from '../../shared/protocol/people.ts';
import type { Contacts } from '../db/contacts.ts';
import type { ToldPerson, UnsentPeople } from '../db/people/shared-people.ts';

/** The most text in one request, in UTF-16 units; with its frame it is far below the largest one. */
const MOST_TEXT = 100_000;

export interface PeopleSharingPorts {
  store: Pick<
    Contacts,
    'hear' | 'unsentPeople' | 'peopleSent' | 'unsendPeople' | 'hasWholePeople' | 'setWholePeople'
  >;
  relay: {
    /** False if the relay could not be reached, or does not know this. */
    people: (what: { accountId: string } & WrittenPeople) => Promise<boolean>;
    /** A page of what counts now; undefined if the relay could not be reached. */
    knownPeople: (
      after: number | undefined,
    ) => Promise<{ entries: readonly PeopleEntry[]; next?: number | undefined } | undefined>;
  };
  self: () => Agent | undefined;
  /** Our numbers. */
  accounts: () => readonly string[];
  /** What was told changed names, or who is one person. */
  changed: () => void;
  /** Sharing failed unexpectedly; it is tried again with the next change. */
  failed: (error: unknown) => void;
}

/**
 * Keeps what agents write down about people the same on all consoles, by way of the relay. Of two writings the later
 * one counts, in whatever order they arrive, so that nothing has to be locked or asked.
 */
export class PeopleSharing {
  readonly #ports: PeopleSharingPorts;
  #sharing: Promise<void> = Promise.resolve();

  constructor(ports: PeopleSharingPorts) {
    this.#ports = ports;
  }

  /** Gives teammates what the relay does not have yet; resolves when it has answered. */
  share(): Promise<void> {
    return this.#inTurn(() => this.#shareAll());
  }

  /** The relay's log began anew, or has a gap. */
  handleIncomplete(): void {
    this.#ports.store.setWholePeople([]);
  }

  /** The relay can be asked about these numbers: takes over what is not here, and gives what is not there. */
  handleConnected(numbers: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#ports.store.hasWholePeople(numbers)) await this.#takeOver(numbers);
      await this.#shareAll();
    });
  }

  /** One that fails, such as on a full disk, must not hold up the next. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    this.#sharing = this.#sharing.then(act).catch(this.#ports.failed);
    return this.#sharing;
  }

  async #takeOver(numbers: readonly string[]): Promise<void> {
    const { store, relay, self, changed } = this.#ports;
    let after: number | undefined;
    do {
      const page = await relay.knownPeople(after);
      // The next connection tries again.
      if (!page) return;
      if (await this.#takePage(page.entries)) changed();
      after = page.next;
    } while (after !== undefined);
    // The relay's store may be new, or older than what was written here.
    const name = self()?.name;
    if (name !== undefined) store.unsendPeople(name);
    store.setWholePeople(numbers);
  }

  async #takePage(entries: readonly PeopleEntry[]): Promise<boolean> {
    const { store, accounts, self } = this.#ports;
    const own = accounts();
    const told = entries
      .filter(({ accountId }) => own.includes(accountId))
      .map((entry) => toldBy(entry, self()?.id));
    let isNew = false;
    for (let from = 0; from < told.length; from += PEOPLE_AT_ONCE) {
      if (store.hear(told.slice(from, from + PEOPLE_AT_ONCE))) isNew = true;
      // Calls ring meanwhile.
      await setImmediate();
    }
    return isNew;
  }

  async #shareAll(): Promise<void> {
    const { store, accounts } = this.#ports;
    for (const part of partsOf(store.unsentPeople())) {
      for (const accountId of accounts()) {
        if (!(await this.#tell(part, accountId))) return;
      }
      store.peopleSent(part);
    }
  }

  /** Tells a number's consoles of those whom it knows, and of those whom no number knows yet. */
  async #tell({ people, merges }: UnsentPeople, accountId: string): Promise<boolean> {
    const isIts = ({ accounts }: { accounts: readonly string[] }) =>
      accounts.length === 0 || accounts.includes(accountId);
    const written: WrittenPeople = {
      people: people.filter(isIts).map(({ party, fields }) => ({
        party,
        at: fields[0]?.at ?? 0,
        fields: fields.map(({ field, value }) => ({ field, value })),
      })),
      merges: merges
        .filter(isIts)
        .map(({ kept, other, at, undone }) => ({ kept, other, at, ...(undone && { undone }) })),
    };
    if (written.people.length === 0 && written.merges.length === 0) return true;
    return this.#ports.relay.people({ accountId, ...written });
  }
}

/** An entry as the store takes it. */
export function toldBy(entry: PeopleEntry, selfId: string | undefined): ToldPerson {
  const { at, by } = entry;
  if (entry.type === 'merged') {
    const { kept, other, undone = false } = entry;
    return { kept, other, at, by: by.name, undone };
  }
  const isEcho = by.id === selfId;
  const fields = entry.fields.map((field) => ({ ...field, at, by: by.name, isEcho }));
  return { party: entry.party, fields };
}

/** In parts that fit into a request, each person with what was written at one time; merges come last. */
function* partsOf({ people, merges }: UnsentPeople): Generator<UnsentPeople> {
  const writings = people.flatMap(({ fields, ...person }) =>
    [...new Set(fields.map(({ at }) => at))].map((time) => ({
      ...person,
      fields: fields.filter(({ at }) => at === time),
    })),
  );
  let part: typeof writings = [];
  let text = 0;
  for (const one of writings) {
    const length = one.fields.reduce((sum, { value }) => sum + value.length, 0);
    if (part.length === PEOPLE_AT_ONCE || (part.length > 0 && text + length > MOST_TEXT)) {
      yield { people: part, merges: [] };
      [part, text] = [[], 0];
    }
    part.push(one);
    text += length;
  }
  if (part.length > 0) yield { people: part, merges: [] };
  for (let from = 0; from < merges.length; from += PEOPLE_AT_ONCE) {
    yield { people: [], merges: merges.slice(from, from + PEOPLE_AT_ONCE) };
  }
}
