import type { NumberState, RateCardInfo } from '../../../shared/ipc/contacts.ts';
import type { Settings } from '../../../shared/ipc/settings.ts';
import type { Permission } from '../../../shared/rules/facts.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { ReadMarks } from '../../calls/ports.ts';
import { personKey } from '../../../shared/lib/person-key.ts';
import type { ContactFact, Contacts } from '../contacts.ts';
import type { JsonSetting } from '../json-settings.ts';
import type { OwnMessages } from '../own-messages.ts';
import { defaultSettings } from '../settings.ts';
import type { Stores } from '../stores.ts';
import type { Storage } from './storage.ts';

/**
 * The agent's settings in this run of the app. Read once, and again when more of the file can be
 * read.
 */
export class SafeSettings {
  readonly #storage: Storage;
  readonly #defaults: Settings;
  #changes: Partial<Settings> = {};
  #current: Settings | undefined;

  constructor(storage: Storage, defaults: Settings = defaultSettings) {
    this.#storage = storage;
    this.#defaults = defaults;
    storage.register({ handleNewFile: ({ settings }) => settings.set(this.#changes) });
    storage.on('refreshed', () => {
      this.#current = undefined;
    });
  }

  get(): Settings {
    this.#current ??= {
      ...this.#storage.read(({ settings }) => settings.get(), this.#defaults),
      ...this.#changes,
    };
    return this.#current;
  }

  set(changes: Partial<Settings>): Settings {
    this.#changes = { ...this.#changes, ...changes };
    this.#storage.write(({ settings }) => settings.set(changes), undefined);
    this.#current = undefined;
    return this.get();
  }
}

/** One stored value. It is read once, so use one instance for each: a second would miss its changes. */
export class SafeSetting<T> {
  readonly #storage: Storage;
  readonly #of: (stores: Stores) => JsonSetting<T>;
  readonly #fallback: T;
  #kept: { value: T } | undefined;

  constructor(storage: Storage, of: (stores: Stores) => JsonSetting<T>, fallback: T) {
    this.#storage = storage;
    this.#of = of;
    this.#fallback = fallback;
    storage.register({
      handleNewFile: (stores) => {
        if (this.#kept) of(stores).set(this.#kept.value);
      },
    });
  }

  get(): T {
    this.#kept ??= this.#storage.read((stores) => ({ value: this.#of(stores).get() }), undefined);
    return this.#kept?.value ?? this.#fallback;
  }

  set(value: T): void {
    this.#kept = { value };
    this.#storage.write((stores) => this.#of(stores).set(value), undefined);
  }
}

/** Up to when each number's calls have been read. */
export class SafeMarks implements ReadMarks {
  readonly #storage: Storage;
  readonly #marks = new Map<string, number>();

  constructor(storage: Storage) {
    this.#storage = storage;
    storage.register({
      handleNewFile: ({ marks }) => {
        for (const [accountId, at] of this.#marks) marks.set(accountId, at);
      },
    });
  }

  get(accountId: string): number | undefined {
    return (
      this.#marks.get(accountId) ??
      this.#storage.read(({ marks }) => marks.get(accountId), undefined)
    );
  }

  set(accountId: string, at: number): void {
    this.#marks.set(accountId, at);
    this.#storage.write(({ marks }) => marks.set(accountId, at), undefined);
  }
}

const unknown: NumberState = { facts: [], refusals: [], warnings: [] };

/** What is known about each of our numbers. */
export class SafeNumbers {
  readonly #storage: Storage;
  readonly #states = new Map<string, NumberState>();

  constructor(storage: Storage) {
    this.#storage = storage;
    storage.register({
      handleNewFile: ({ numbers }) => {
        for (const [accountId, state] of this.#states) numbers.put(accountId, state);
      },
    });
  }

  get(accountId: string): NumberState {
    return (
      this.#states.get(accountId) ??
      this.#storage.read(({ numbers }) => numbers.get(accountId), unknown)
    );
  }

  change(accountId: string, change: (state: NumberState) => NumberState): NumberState {
    const next = change(this.get(accountId));
    this.#states.set(accountId, next);
    this.#storage.write(({ numbers }) => numbers.put(accountId, next), undefined);
    return next;
  }
}

/** The imported rate card. */
export class SafeRateCard {
  readonly #storage: Storage;
  #card: RateCardInfo | undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
    storage.register({
      handleNewFile: ({ rateCard }) => {
        if (this.#card) rateCard.put(this.#card);
      },
    });
  }

  get(): RateCardInfo | undefined {
    return this.#card ?? this.#storage.read(({ rateCard }) => rateCard.get(), undefined);
  }

  put(card: RateCardInfo): void {
    this.#card = card;
    this.#storage.write(({ rateCard }) => rateCard.put(card), undefined);
  }
}

/** Text that was typed and not sent. */
export class SafeDrafts {
  readonly #storage: Storage;
  readonly #drafts: Map<string, { text: string; at: number }>;

  constructor(storage: Storage) {
    this.#storage = storage;
    const stored = storage.read(({ drafts }) => drafts.all(), {});
    this.#drafts = new Map(Object.entries(stored).map(([key, text]) => [key, { text, at: 0 }]));
    storage.register({
      handleNewFile: ({ drafts }) => {
        for (const [key, { text, at }] of this.#drafts) drafts.set(key, text, at);
      },
    });
  }

  /** All drafts by key. */
  all(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#drafts].map(([key, { text }]) => [key, text]));
  }

  /** An empty text removes the draft. `at`: Unix ms. */
  set(key: string, text: string, at: number): void {
    if (text === '') this.#drafts.delete(key);
    else this.#drafts.set(key, { text, at });
    this.#storage.write(({ drafts }) => drafts.set(key, text, at), undefined);
  }
}

/**
 * What happens between people and our numbers. While the file cannot be written, the rules use what
 * was stored before.
 */
export class SafeContacts implements Contacts {
  readonly #storage: Storage;
  readonly #answers = new Map<string, Permission>();

  constructor(storage: Storage) {
    this.#storage = storage;
    storage.register({ handleNewFile: ({ contacts }) => contacts.setWholePeople([]) });
  }

  add(fact: ContactFact): boolean {
    return this.#storage.write(({ contacts }) => contacts.add(fact), true);
  }

  remove(identity: string): boolean {
    return this.#storage.write(({ contacts }) => contacts.remove(identity), true);
  }

  markRead(party: Party, to: number): boolean {
    return this.#storage.write(({ contacts }) => contacts.markRead(party, to), true);
  }

  setStatus(...status: Parameters<Contacts['setStatus']>): void {
    this.#storage.write(({ contacts }) => contacts.setStatus(...status), undefined);
  }

  savePermission(accountId: string, party: Party, answer: Permission): void {
    this.#answers.set(`${accountId}/${personKey(party)}`, answer);
    this.#storage.write(
      ({ contacts }) => contacts.savePermission(accountId, party, answer),
      undefined,
    );
  }

  permission(accountId: string, party: Party): Permission | undefined {
    return (
      this.#answers.get(`${accountId}/${personKey(party)}`) ??
      this.#storage.read(({ contacts }) => contacts.permission(accountId, party), undefined)
    );
  }

  spellingOf(party: Party): Party {
    return this.#storage.read(({ contacts }) => contacts.spellingOf(party), party);
  }

  move(...move: Parameters<Contacts['move']>): void {
    this.#answers.clear();
    this.#storage.write(({ contacts }) => contacts.move(...move), undefined);
  }

  details(party: Party): ReturnType<Contacts['details']> {
    return this.#storage.read(({ contacts }) => contacts.details(party), {});
  }

  write(...written: Parameters<Contacts['write']>): boolean {
    return this.#storage.write(({ contacts }) => contacts.write(...written), true);
  }

  hasWholePeople(numbers: readonly string[]): boolean {
    return this.#storage.write(({ contacts }) => contacts.hasWholePeople(numbers), false);
  }

  setWholePeople(numbers: readonly string[]): void {
    this.#storage.write(({ contacts }) => contacts.setWholePeople(numbers), undefined);
  }

  hear(told: Parameters<Contacts['hear']>[0]): boolean {
    if (told.some((one) => 'kept' in one)) this.#answers.clear();
    return this.#storage.write(({ contacts }) => contacts.hear(told), true);
  }

  unsentPeople(): ReturnType<Contacts['unsentPeople']> {
    const none = { people: [], merges: [] };
    return this.#storage.read(({ contacts }) => contacts.unsentPeople(), none);
  }

  peopleSent(sent: Parameters<Contacts['peopleSent']>[0]): void {
    this.#storage.write(({ contacts }) => contacts.peopleSent(sent), undefined);
  }

  unsendPeople(by: string): void {
    this.#storage.write(({ contacts }) => contacts.unsendPeople(by), undefined);
  }

  known(party: Party): ReturnType<Contacts['known']> {
    return this.#storage.read(({ contacts }) => contacts.known(party), {
      exists: false,
      details: {},
    });
  }

  take(...people: Parameters<Contacts['take']>): void {
    this.#answers.clear();
    this.#storage.write(({ contacts }) => contacts.take(...people), undefined);
  }

  shown(party: Party): Party {
    return this.#storage.read(({ contacts }) => contacts.shown(party), party);
  }

  personOf(party: Party): string | undefined {
    const key = personKey(party);
    return this.#storage.read(({ contacts }) => contacts.personOf(party), key);
  }

  merge(...merge: Parameters<Contacts['merge']>): ReturnType<Contacts['merge']> {
    this.#answers.clear();
    const [, , { at }] = merge;
    const later = { kept: '', other: '', at };
    return this.#storage.write(({ contacts }) => contacts.merge(...merge), later);
  }

  unmerge(...merge: Parameters<Contacts['unmerge']>): boolean {
    this.#answers.clear();
    return this.#storage.write(({ contacts }) => contacts.unmerge(...merge), true);
  }

  history(...asked: Parameters<Contacts['history']>): ReturnType<Contacts['history']> {
    return this.#storage.read(({ contacts }) => contacts.history(...asked), []);
  }

  lastMessage(...asked: Parameters<Contacts['lastMessage']>): ReturnType<Contacts['lastMessage']> {
    return this.#storage.read(({ contacts }) => contacts.lastMessage(...asked), undefined);
  }

  refusal(...asked: Parameters<Contacts['refusal']>): ReturnType<Contacts['refusal']> {
    return this.#storage.read(({ contacts }) => contacts.refusal(...asked), undefined);
  }

  billedSeconds(...asked: Parameters<Contacts['billedSeconds']>): number {
    return this.#storage.read(({ contacts }) => contacts.billedSeconds(...asked), 0);
  }
}

/** What this agent writes. What waits to be stored cannot be tried again yet. */
export class SafeOwnMessages implements OwnMessages {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get(identity: string): ContactFact | undefined {
    return this.#storage.read(({ ownMessages }) => ownMessages.get(identity), undefined);
  }

  accepted(...message: Parameters<OwnMessages['accepted']>): void {
    this.#storage.write(({ ownMessages }) => ownMessages.accepted(...message), undefined);
  }

  retry(identity: string, fact: ContactFact): boolean {
    return this.#storage.read(({ ownMessages }) => ownMessages.retry(identity, fact), false);
  }

  interrupt(...number: Parameters<OwnMessages['interrupt']>): void {
    this.#storage.write(({ ownMessages }) => ownMessages.interrupt(...number), undefined);
  }
}
