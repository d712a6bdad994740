import type { Db } from '../../../sqlite/migrate.ts';
import { type DamagedFile, Pages } from './pages.ts';
import { RowRescue } from './put.ts';
import { rowsOf } from './records.ts';
import { shapesOf, tableOf, type Table } from './shapes.ts';

/** All root pages are among the first ones, and these tables are small. */
const FIRST_PAGES = 64;
const basics: ReadonlySet<Table> = new Set([
  'account',
  'setting',
  'relay_cursor',
  'number_state',
  'rate_card',
]);

/**
 * Rescues at once what the console needs to work: numbers, settings, and the relay's cursor. Takes
 * a few milliseconds, whatever the size of the file.
 *
 * @param from the damaged file, which is only read
 * @param into a file of this version
 * @throws if either cannot be used at all
 */
export function salvageBasics(from: DamagedFile, into: Db): void {
  const pages = new Pages(from);
  try {
    const shapes = shapesOf(into).filter(({ table }) => basics.has(table));
    const rescue = new RowRescue(into);
    for (let page = 1; page <= Math.min(pages.count, FIRST_PAGES); page++) {
      rescue.put(rowsOf(pages, page).flatMap((row) => tableOf(row, shapes) ?? []));
    }
  } finally {
    pages.close();
  }
}
