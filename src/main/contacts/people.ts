import { setImmediate } from 'node:timers/promises';
import type { ImportPreview, PersonDetails, PersonEdit } from '../../shared/ipc/people.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { clip, manyLines, oneLine } from '../../shared/lib/foreign-text.ts';
import { parsePhone } from '../../shared/lib/phone.ts';
import type { ReadEntry, ReadNumber } from '../../shared/people/person-record.ts';
import { readVCards } from '../../shared/people/vcard.ts';
import { LONGEST_NOTE } from '../../shared/protocol/limits.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { Contacts } from '../db/contacts.ts';
import { planImport } from './people-import.ts';
import {
  doNotCallValue,
  type textFields,
  type ImportedPerson,
  type WrittenField,
} from '../db/people/person-details.ts';

/** So many people or numbers of a file are taken at once. */
const AT_ONCE = 50;

export interface PeoplePorts {
  store: Pick<
    Contacts,
    'details' | 'write' | 'merge' | 'unmerge' | 'shown' | 'known' | 'personOf' | 'take'
  >;
  self: () => Agent | undefined;
  /** Gives teammates what was written down. */
  share: () => void;
  clock: Pick<Clock, 'now'>;
  /** Names, or who is one person, have changed. */
  changed: () => void;
}

/** What agents write down about people, and which people they say are one. */
export class People {
  readonly #ports: PeoplePorts;
  #imports = 0;
  #planned: { id: string; people: readonly ImportedPerson[] } | undefined;

  constructor(ports: PeoplePorts) {
    this.#ports = ports;
  }

  /** What agents wrote down about a person. */
  details(party: Party): PersonDetails {
    return this.#ports.store.details(party);
  }

  /** A person as the agents call them. */
  shown(party: Party): Party {
    return this.#ports.store.shown(party);
  }

  /** Writes down what is in `edit`; what is missing stays. @returns whether anything changed */
  edit(party: Party, edit: PersonEdit): boolean {
    const fields = this.#fieldsOf(edit, this.details(party));
    if (fields.length === 0 || !this.#ports.store.write(party, fields)) return false;
    this.#changed();
    return true;
  }

  /**
   * Two people are one from now on. What is written down about both counts as `kept` has it.
   * @returns false if they are one already
   */
  merge(kept: Party, other: Party): boolean {
    const { store, clock, self } = this.#ports;
    const written = { at: clock.now(), by: self()?.name ?? '' };
    if (!store.merge(kept, other, written)) return false;
    this.#changed();
    return true;
  }

  /** Splits what a merge joined. @returns false if it was undone before */
  unmerge(merge: { kept: string; other: string }): boolean {
    const { store, clock, self } = this.#ports;
    const was = store.unmerge(merge, { at: clock.now(), by: self()?.name ?? '' });
    if (was) this.#changed();
    return was;
  }

  #changed(): void {
    this.#ports.changed();
    this.#ports.share();
  }

  /** What importing a file of people would change. @param country of numbers without a country code */
  async planImport(name: string, text: string, country: string): Promise<ImportPreview> {
    const isVCard = /^\uFEFF?\s*BEGIN:VCARD/i.test(text);
    const readAll = isVCard ? readVCards : await csvReader();
    const entries = await withNumbers((read) => readAll(text, read), country);
    const { people, preview } = planImport(entries.map(cleaned), this.#ports.store);
    const id = `import-${++this.#imports}`;
    this.#planned = { id, people };
    return { id, file: name, ...preview };
  }

  /** Carries out the import that was planned last. @returns how many people, or undefined if it is another one */
  async import(id: string): Promise<number | undefined> {
    const { store, clock, self } = this.#ports;
    if (this.#planned?.id !== id) return undefined;
    const { people } = this.#planned;
    this.#planned = undefined;
    const written = { at: clock.now(), by: self()?.name ?? '' };
    for (let from = 0; from < people.length; from += AT_ONCE) {
      store.take(people.slice(from, from + AT_ONCE), written);
      // Calls ring meanwhile.
      await setImmediate();
    }
    this.#changed();
    return people.length;
  }

  #fieldsOf(edit: PersonEdit, now: PersonDetails): readonly WrittenField[] {
    const { clock, self } = this.#ports;
    const written = { at: clock.now(), by: self()?.name ?? '', unsent: true };
    const { name, company, notes, language, doNotCall } = edit;
    const fields: WrittenField[] = [];
    const text = (field: (typeof textFields)[number], value: string | undefined) => {
      if (value !== undefined && value !== (now[field] ?? ''))
        fields.push({ field, value, ...written });
    };
    text('name', name === undefined ? undefined : oneLine(name).trim());
    text('company', company === undefined ? undefined : oneLine(company).trim());
    text('notes', notes === undefined ? undefined : manyLines(notes).trim());
    text('language', language);
    if (doNotCall) {
      const { on, reason } = doNotCall;
      const isSame =
        on === (now.doNotCall !== undefined) && (reason ?? '') === (now.doNotCall?.reason ?? '');
      const value = doNotCallValue(on, oneLine(reason ?? '').trim());
      if (!isSame) fields.push({ field: 'doNotCall', value, ...written });
    }
    return fields;
  }
}

/** Knows the headings of every language, which are read only now. */
const csvReader = async () =>
  (await import('../../shared/people/read-people-csv.ts')).peopleCsvReader();

/**
 * Entries with their numbers. Reading one takes a while, and calls ring meanwhile; so a file is read until it asks for
 * no text that was not read before.
 */
async function withNumbers(
  readAll: (read: ReadNumber) => readonly ReadEntry[],
  country: string,
): Promise<readonly ReadEntry[]> {
  const numbers = new Map<string, string | undefined>();
  for (;;) {
    const asked = new Set<string>();
    const entries = readAll((text) => {
      if (!numbers.has(text)) asked.add(text);
      return numbers.get(text);
    });
    if (asked.size === 0) return entries;
    for (const text of asked) {
      numbers.set(text, numberIn(text, country));
      if (numbers.size % AT_ONCE === 0) await setImmediate();
    }
  }
}

function numberIn(text: string, country: string): string | undefined {
  const parsed = parsePhone(text, country);
  // Without a country code, a number that no plan knows is another country's.
  const isDoubtful = parsed.ok && parsed.value.hint === 'unusual' && !/^\s*(?:\+|00)/.test(text);
  return parsed.ok && !isDoubtful ? parsed.value.number.e164.slice(1) : undefined;
}

/** An entry of a file with texts as an agent could have typed them. */
function cleaned(entry: ReadEntry): ReadEntry {
  if ('problem' in entry) return entry;
  const { name, company, notes, language, doNotCall, ...record } = entry.record;
  const line = (text: string) => clip(oneLine(text), 200);
  return {
    ...entry,
    record: {
      ...record,
      name: line(name),
      company: line(company),
      notes: manyLines(notes).trim().slice(0, LONGEST_NOTE),
      language: /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(language) ? language.slice(0, 35) : '',
      doNotCall: doNotCall && { reason: line(doNotCall.reason) },
    },
  };
}
