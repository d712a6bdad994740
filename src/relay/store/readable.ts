import { reasonOf, type Log } from '../log.ts';

/** Called for each row that cannot be read: its table, its key, and why. */
export type Unreadable = (table: string, key: string, why: string) => void;

/** Logs each row once: it is looked at again and again. */
export function tellOnce(log: Log): Unreadable {
  const reported = new Set<string>();
  return (table, key, why) => {
    const name = `${table} ${key}`;
    if (reported.has(name)) return;
    reported.add(name);
    log.error('store.unreadable', { table, key, why });
  };
}

/**
 * Reads rows one by one: a damaged row, perhaps by a flipped bit, is reported and left out, and blocks no other.
 *
 * @param read throws for a row that cannot be read
 */
export function readable<T>(
  rows: readonly unknown[],
  read: (row: unknown) => T,
  table: string,
  unreadable: Unreadable,
): T[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      unreadable(table, keyOf(row), shorten(reasonOf(error)));
      return [];
    }
  });
}

/** The first column of all our queries names the row. */
function keyOf(row: unknown): string {
  if (typeof row !== 'object' || row === null) return '';
  const [key]: unknown[] = Object.values(row);
  return shorten(String(key));
}

/** No more than what tells one fault from another: a row may hold anything. */
const shorten = (text: string) => text.replaceAll(/\s+/g, ' ').slice(0, 100);
