import { z } from 'zod';
import type { PersonDetails as Details } from '../../../shared/ipc/people.ts';
import { type PersonField, personFields } from '../../../shared/people/person-fields.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { CallText } from '../call-text.ts';
import { parseColumn } from '../json.ts';
import { KEYS, personAt } from './person-sql.ts';

/** The fields that are plain text. */
export const textFields = ['name', 'company', 'notes', 'language'] as const;

/** What an agent wrote down in a field of a person; an empty value clears it. */
export interface WrittenField {
  field: PersonField;
  value: string;
  /** Unix ms. */
  at: number;
  by: string;
  /** Teammates should have it and do not. */
  unsent?: boolean | undefined;
  /** Our own, told back by the relay: what was written here meanwhile, and is not sent yet, stays. */
  isEcho?: boolean | undefined;
}

/** What a file says about one person. */
export interface ImportedPerson {
  party: Party;
  fields: readonly Pick<WrittenField, 'field' | 'value'>[];
  /** Their other numbers. */
  also: readonly Party[];
}

const stored = z.record(
  z.string(),
  z.object({ value: z.string(), at: z.number(), by: z.string() }),
);

/** A stored row of `person_detail`. */
export function detailsOf(body: string | null | undefined): Details {
  const fields = body == null ? {} : (stored.safeParse(parseColumn(body)).data ?? {});
  const text = (field: PersonField) => fields[field]?.value || undefined;
  const { doNotCall } = fields;
  return {
    name: text('name'),
    company: text('company'),
    notes: text('notes'),
    language: text('language'),
    doNotCall:
      doNotCall === undefined || doNotCall.value === ''
        ? undefined
        : { at: doNotCall.at, by: doNotCall.by, reason: reasonOf(doNotCall.value) },
  };
}

/** The field holds `yes`, or `yes:` with a reason. */
function reasonOf(value: string): string | undefined {
  return value.replace(/^yes:?/, '') || undefined;
}

/** How *do not call* is stored. */
export function doNotCallValue(on: boolean, reason = ''): string {
  return on ? `yes:${reason}` : '';
}

/**
 * What agents wrote down about people. Of each field the last writing counts, whichever of a person's numbers and
 * ids it was written at.
 */
export class PersonDetails {
  readonly #sql: ReturnType<typeof prepare>;
  readonly #text: CallText;

  constructor(db: Db) {
    this.#sql = prepare(db);
    this.#text = new CallText(db);
  }

  of(person: string): Details {
    return detailsOf(this.#sql.detail.get({ person })?.body);
  }

  /** Stores a writing. @returns whether it is the last one */
  write(
    key: string,
    { field, value, at, by, unsent = false, isEcho = false }: WrittenField,
  ): boolean {
    const flags = { unsent: unsent ? 1 : 0, isEcho: isEcho ? 1 : 0 };
    return this.#sql.write.run({ key, field, value, at, by, ...flags }).changes > 0;
  }

  /** A time at which what is written now is the last about a person, even if another clock is ahead. */
  after(person: string, { field, at }: Pick<WrittenField, 'field' | 'at'>): number {
    return Math.max(at, (this.#sql.lastAt.get({ person, field })?.at ?? -1) + 1);
  }

  /** What an agent wrote down is told again. */
  unsend(by: string): void {
    this.#sql.unsend.run({ by });
  }

  /** What teammates should have and do not, by the key that it was written at. */
  unsent(): readonly (WrittenField & { key: string })[] {
    return this.#sql.unsent.all();
  }

  /** The relay has what was written at `at`; a later writing stays unsent. */
  sent({ key, field, at }: Pick<WrittenField, 'field' | 'at'> & { key: string }): void {
    this.#sql.sent.run({ key, field, at });
  }

  /** Brings together what was written about these people, who may have become others. */
  rebuild(people: readonly string[]): void {
    const changed = people.map((person) => this.#rebuild(person));
    if (!changed.includes(true)) return;
    // Their calls are found by these words.
    for (const person of people) {
      for (const { seq } of this.#sql.calls.all({ person })) {
        this.#text.remove(seq);
        this.#text.index(seq);
      }
    }
  }

  /** @returns whether anything is or was known */
  #rebuild(person: string): boolean {
    const rows = this.#sql.fields.all({ person });
    if (rows.length === 0) return this.#sql.remove.run({ person }).changes > 0;
    const fields = Object.fromEntries(
      rows.map(({ field, ...written }) => [field, written] as const),
    );
    const value = (field: PersonField) => fields[field]?.value ?? '';
    this.#sql.put.run({
      person,
      name: value('name') || null,
      words: `${value('name')}\n${value('company')}`,
      body: JSON.stringify(fields),
    });
    return true;
  }
}

type Stored = Omit<WrittenField, 'unsent' | 'isEcho'>;

const FIELDS = personFields.map((field) => `'${field}'`).join(', ');

function prepare(db: Db) {
  return {
    detail: db.prepare<[{ person: string }], { name: string | null; body: string }>(
      'SELECT name, body FROM person_detail WHERE person = @person',
    ),
    write: db.prepare<[Stored & { key: string; unsent: number; isEcho: number }]>(
      `INSERT INTO person_field (key, field, value, at, by, unsent)
       VALUES (@key, @field, @value, @at, @by, @unsent)
       ON CONFLICT (key, field) DO UPDATE SET value = excluded.value, at = excluded.at, by = excluded.by,
         unsent = excluded.unsent
         WHERE (excluded.at, excluded.by, excluded.value) > (person_field.at, person_field.by, person_field.value)
           AND (@isEcho = 0 OR person_field.unsent = 0)`,
    ),
    unsent: db.prepare<[], Stored & { key: string }>(
      'SELECT key, field, value, at, by FROM person_field WHERE unsent = 1 ORDER BY at',
    ),
    lastAt: db.prepare<[{ person: string; field: string }], { at: number | null }>(
      `SELECT max(at) AS at FROM person_field
       WHERE key IN ${KEYS} AND field = @field
         AND ${personAt('person_field.key', 'person_field.at')} = @person`,
    ),
    unsend: db.prepare<[{ by: string }]>('UPDATE person_field SET unsent = 1 WHERE by = @by'),
    sent: db.prepare<[{ key: string; field: string; at: number }]>(
      'UPDATE person_field SET unsent = 0 WHERE key = @key AND field = @field AND at = @at',
    ),
    // The last writing of each field comes last.
    fields: db.prepare<[{ person: string }], WrittenField>(
      `SELECT field, value, at, by FROM person_field
       WHERE key IN ${KEYS} AND field IN (${FIELDS})
         AND ${personAt('person_field.key', 'person_field.at')} = @person
       ORDER BY at, by, value`,
    ),
    put: db.prepare<[{ person: string; name: string | null; words: string; body: string }]>(
      `INSERT OR REPLACE INTO person_detail (person, name, words, body)
       VALUES (@person, @name, @words, @body)`,
    ),
    remove: db.prepare<[{ person: string }]>('DELETE FROM person_detail WHERE person = @person'),
    calls: db.prepare<[{ person: string }], { seq: number }>(
      'SELECT seq FROM call WHERE person = @person',
    ),
  };
}
