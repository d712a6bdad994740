/** A person as files have them. Numbers are digits with the country code. */
export interface PersonRecord {
  name: string;
  company: string;
  notes: string;
  /** BCP 47, or empty. */
  language: string;
  /** Marked *do not call*; the reason may be empty. */
  doNotCall?: { reason: string } | undefined;
  /** The one to call first. */
  numbers: readonly string[];
  /** Business-scoped user id. */
  userId?: string | undefined;
}

/** An entry of a file, or why it cannot be taken. `line` counts from 1. */
export type ReadEntry =
  | { line: number; record: PersonRecord; bad?: readonly string[] | undefined }
  | { line: number; problem: EntryProblem; what: string };

export type EntryProblem =
  /** No number and no user id. */
  | 'no-number'
  /** `what` is no number that can be dialled. */
  | 'bad-number'
  /** Part of the file cannot be read as what it is. */
  | 'broken';

/** Reads a number as people write it; undefined if it is none. */
export type ReadNumber = (text: string) => string | undefined;

/** The entry of a person, with each of their numbers read. */
export function entryOf(
  line: number,
  person: Omit<PersonRecord, 'numbers'>,
  written: readonly string[],
  read: ReadNumber,
): ReadEntry {
  const texts = written.map((text) => text.trim()).filter((text) => text !== '');
  const numbers = [...new Set(texts.flatMap((text) => read(text) ?? []))];
  const bad = texts.filter((text) => read(text) === undefined);
  if (numbers.length === 0 && person.userId === undefined) {
    const [what] = bad;
    return what === undefined
      ? { line, problem: 'no-number', what: person.name }
      : { line, problem: 'bad-number', what };
  }
  // Whoever has no name is often called by their number.
  const name = numbers.includes(read(person.name) ?? '') ? '' : person.name;
  return { line, record: { ...person, name, numbers }, ...(bad.length > 0 && { bad }) };
}
