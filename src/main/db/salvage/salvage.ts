import { setTimeout } from 'node:timers/promises';
import type { Db } from '../../../sqlite/migrate.ts';
import { type DamagedFile, Pages } from './pages.ts';
import { RowRescue } from './put.ts';
import { Remnants } from './remnants.ts';
import { rowsOf } from './records.ts';
import { fitsAny, shapesOf, tableOf, type FoundRow } from './shapes.ts';

/** Rows per transaction, at least; the console writes its own in between. */
const BATCH = 500;
/** There may be more if they take no longer, in ms: the console's own rows wait meanwhile. */
const WRITES_FOR_MS = 50;
/** Their rows refer to a call, or to a recording. */
const PARTS: ReadonlySet<string> = new Set([
  'call_event',
  'call_quality',
  'call_note',
  'transcript_line',
  'recording_listen',
]);
const isPart = ({ table }: { table: string }) => PARTS.has(table);
/** Pages that are looked at between two pauses at most. */
const LOOKED_AT = 500;
/** A pause after each batch, during which the console can write, in ms. */
const PAUSE_MS = 5;

/**
 * Rescues what can be read of a damaged file, page by page, into a file of this version that the
 * console already uses.
 *
 * @param from the damaged file with its write-ahead log, which is only read
 * @param onProgress share of the work that is done, 0–1
 * @returns calls that came back, and how many of them the other file did not have
 * @throws if either file cannot be used at all, and when it is stopped
 */
export async function salvage(
  from: DamagedFile,
  into: Db,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<{ calls: number; added: number }> {
  const pages = new Pages(from);
  try {
    const rescue = new RowRescue(into);
    const shapes = shapesOf(into);
    // Parts refer to their call, so all calls are written first. Many pages have neither.
    const whole = shapes.filter((shape) => !isPart(shape));
    const parts = shapes.filter(isPart);
    const isWhole = fitsAny(whole);
    const mayBePart = fitsAny(parts);
    const withParts = new Set<number>();
    const readWhole = (page: number): FoundRow[] =>
      rowsOf(pages, page, (hasRowid, types) => {
        if (!withParts.has(page) && mayBePart(hasRowid, types)) withParts.add(page);
        return isWhole(hasRowid, types);
      }).flatMap((row) => tableOf(row, whole) ?? []);
    await copyRows(numbersTo(pages.count), readWhole, rescue, signal, (share) =>
      onProgress(share / 2),
    );
    await copyRows([...withParts], partsOn(pages, parts), rescue, signal, (share) =>
      onProgress((1 + share) / 2),
    );
    return { calls: rescue.calls, added: rescue.added };
  } finally {
    pages.close();
  }
}

const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Reads the rows of some tables that are on a page. */
function partsOn(pages: Pages, parts: ReturnType<typeof shapesOf>) {
  const mayBePart = fitsAny(parts);
  return (page: number): FoundRow[] =>
    rowsOf(pages, page, mayBePart).flatMap((row) => tableOf(row, parts) ?? []);
}

/** Writes what pages have, in transactions of about the same time. */
async function copyRows(
  numbers: readonly number[],
  reads: (page: number) => readonly FoundRow[],
  rescue: RowRescue,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<void> {
  let batch: FoundRow[] = [];
  let size = BATCH;
  for (const [index, page] of numbers.entries()) {
    batch.push(...reads(page));
    const done = index + 1;
    if (batch.length < size && done % LOOKED_AT > 0 && done < numbers.length) continue;
    if (batch.length > 0) {
      const begun = performance.now();
      rescue.put(batch);
      const fitting = (batch.length * WRITES_FOR_MS) / (performance.now() - begun);
      size = Math.max(BATCH, Math.min(fitting, 2 * size));
      batch = [];
    }
    onProgress(done / numbers.length);
    await setTimeout(PAUSE_MS);
    signal.throwIfAborted();
  }
}

/**
 * Calls whose own pages are lost, from the entries of their indexes, with what is left of their timelines. The other
 * file has by then what the file itself and its snapshots gave back, which is more.
 *
 * @returns how many calls the other file did not have
 */
export async function salvageRemnants(
  from: DamagedFile,
  into: Db,
  signal: AbortSignal,
): Promise<number> {
  const pages = new Pages(from);
  try {
    const rescue = new RowRescue(into);
    const at = into.prepare<[number], number>('SELECT 1 FROM call WHERE seq = ?').pluck();
    const remnants = new Remnants((seq) => at.get(seq) !== undefined);
    for (let page = 1; page <= pages.count; page++) {
      for (const row of rowsOf(pages, page)) remnants.note(row);
      if (page % LOOKED_AT > 0) continue;
      await setTimeout(PAUSE_MS);
      signal.throwIfAborted();
    }
    let batch: FoundRow[] = [];
    for (const row of remnants.rows()) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      rescue.put(batch);
      batch = [];
      await setTimeout(PAUSE_MS);
      signal.throwIfAborted();
    }
    rescue.put(batch);
    if (rescue.added > 0) {
      const parts = partsOn(pages, shapesOf(into).filter(isPart));
      await copyRows(numbersTo(pages.count), parts, rescue, signal, () => undefined);
    }
    return rescue.added;
  } finally {
    pages.close();
  }
}
