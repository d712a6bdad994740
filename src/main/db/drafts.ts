import { z } from 'zod';
import { parseColumn } from './json.ts';
import type { Db } from '../../sqlite/migrate.ts';

const PREFIX = 'draft/';
/** The oldest drafts beyond this number are dropped. */
const MOST = 1_000;
const stored = z.object({ text: z.string(), at: z.number() });

/**
 * Text that was typed and not sent, by a key that the windows choose. Stored at every change, so
 * that neither a crash nor quitting loses it.
 */
export class DraftStore {
  readonly #drafts = new Map<string, string>();
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
    this.#load();
  }

  /** All drafts by key. */
  all(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#drafts);
  }

  /** An empty text removes the draft. `at`: Unix ms. */
  set(key: string, text: string, at: number): void {
    if (text === '') this.#drafts.delete(key);
    else this.#drafts.set(key, text);
    if (text === '') this.#remove(key);
    else this.#put(key, JSON.stringify({ text, at }));
  }

  #load(): void {
    const rows = this.#db
      .prepare<[string], { key: string; value: string }>(
        'SELECT key, value FROM setting WHERE key GLOB ?',
      )
      .all(`${PREFIX}*`);
    const read = rows.flatMap(({ key, value }) => {
      const draft = stored.safeParse(parseColumn(value)).data;
      return draft ? [{ key: key.slice(PREFIX.length), ...draft }] : [];
    });
    read.sort((a, b) => a.at - b.at);
    for (const { key } of read.slice(0, -MOST)) this.#remove(key);
    for (const { key, text } of read.slice(-MOST)) this.#drafts.set(key, text);
  }

  #put(key: string, value: string): void {
    this.#db
      .prepare<[string, string]>(
        `INSERT INTO setting (key, value) VALUES (?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      )
      .run(PREFIX + key, value);
  }

  #remove(key: string): void {
    this.#db.prepare<[string]>('DELETE FROM setting WHERE key = ?').run(PREFIX + key);
  }
}
