import type { NotedEntry } from '../../shared/protocol/log-entry.ts';

/** The most notes that a new console takes over. */
const MOST_NOTES = 5_000;

export interface EarlierNotesPorts {
  /** One page, newest first; undefined if the relay could not be reached. */
  page: (
    before: number | undefined,
  ) => Promise<{ notes: readonly NotedEntry[]; before?: number | undefined } | undefined>;
  /** @param notes newest first */
  add: (notes: readonly NotedEntry[]) => void;
}

/** Gives a new console what was written down before it was there. */
export async function takeOverNotes({ page, add }: EarlierNotesPorts): Promise<void> {
  const all: NotedEntry[] = [];
  let before: number | undefined;
  do {
    const found = await page(before);
    // What is there already is the newest.
    if (!found) break;
    all.push(...found.notes);
    before = found.before;
  } while (before !== undefined && all.length < MOST_NOTES);
  add(all);
}
