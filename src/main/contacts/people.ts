import type { PersonDetails, PersonEdit } from '../../shared/ipc/people.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { manyLines, oneLine } from '../../shared/lib/foreign-text.ts';
import type { Agent } from '../../shared/protocol/frames.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { Contacts } from '../db/contacts.ts';
import { doNotCallValue, type WrittenField } from '../db/people/person-details.ts';

export interface PeoplePorts {
  store: Pick<
    Contacts,
    'details' | 'write' | 'merge' | 'unmerge' | 'mergesOf' | 'shown' | 'personOf'
  >;
  self: () => Agent | undefined;
  clock: Pick<Clock, 'now'>;
  /** Names, or who is one person, have changed. */
  changed: () => void;
}

/** What agents write down about people, and which people they say are one. */
export class People {
  readonly #ports: PeoplePorts;

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
    this.#ports.changed();
    return true;
  }

  #fieldsOf(edit: PersonEdit, now: PersonDetails): readonly WrittenField[] {
    const { clock, self } = this.#ports;
    const written = { at: clock.now(), by: self()?.name ?? '' };
    const { name, company, notes, language, doNotCall } = edit;
    const fields: WrittenField[] = [];
    const text = (field: 'name' | 'company' | 'notes' | 'language', value: string | undefined) => {
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
