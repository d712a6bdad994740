import type { PersonField } from '../people/person-fields.ts';
import type { EntryProblem } from '../people/person-record.ts';
import type { Party } from '../providers/events.ts';

/** What agents wrote down about a person; missing: nothing. */
export interface PersonDetails {
  /** Counts before the name that the person gave themselves. */
  name?: string | undefined;
  company?: string | undefined;
  notes?: string | undefined;
  /** BCP 47, e.g. `pt-BR`. */
  language?: string | undefined;
  doNotCall?: DoNotCall | undefined;
}

/** What is to be written down; missing parts stay as they are, an empty text clears one. */
export interface PersonEdit {
  name?: string | undefined;
  company?: string | undefined;
  notes?: string | undefined;
  language?: string | undefined;
  doNotCall?: { on: boolean; reason?: string | undefined } | undefined;
}

/** An agent said that two people are one; undone with the same keys. */
export interface MergedPerson {
  kept: string;
  other: string;
  /** Unix ms. */
  at: number;
  /** Who was merged into the person. */
  party: Party;
}

/** What importing a file would change. */
export interface ImportPreview {
  /** Names the import when it is confirmed. */
  id: string;
  /** The file's name. */
  file: string;
  added: ImportedPeople;
  changed: ImportedPeople;
  /** Nothing about them is new. */
  same: number;
  /** Entries that are about a person of another entry. */
  joined: number;
  /** By line. */
  skipped: {
    line: number;
    problem: EntryProblem | 'shared-number' | 'other-person';
    what: string;
  }[];
}

/** People of a file: how many, and the first of them. */
interface ImportedPeople {
  count: number;
  first: { party: Party; fields: readonly PersonField[] }[];
}

/** How people are written to a file. */
export type PeopleFormat = 'vcf' | 'csv';

/** A person who must not be called. */
interface DoNotCall {
  /** Unix ms. */
  at: number;
  /** The agent's name. */
  by: string;
  reason?: string | undefined;
}
