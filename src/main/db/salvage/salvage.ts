import { setTimeout } from 'node:timers/promises';
import type { Db } from '../../../sqlite/migrate.ts';
import { type DamagedFile, Pages } from './pages.ts';
import { RowRescue } from './put.ts';
import { Remnants } from './remnants.ts';
import { rowsOf } from './records.ts';
import { shapesOf, tableOf, type FoundRow } from './shapes.ts';

/** Rows per transaction; the console writes its own in between. */
const BATCH = 500;
/** Their rows refer to a call, or to a recording. */
const PARTS: ReadonlySet<string> = new Set([
  'call_event',
  'call_quality',
  'call_note',
  'transcript_line',
  'recording_listen',
]);
const isPart = ({ table }: { table: string }) => PARTS.has(table);
/** Pages that are only looked at between two pauses. */
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
    // Events refer to their call, so all calls are written first.
    const rounds = [shapes.filter((shape) => !isPart(shape)), shapes.filter(isPart)];
    for (const [round, wanted] of rounds.entries()) {
      await copyRows(pages, rescue, wanted, signal, (share) =>
        onProgress((round + share) / rounds.length),
      );
    }
    return { calls: rescue.calls, added: rescue.added };
  } finally {
    pages.close();
  }
}

/** Every row of some tables that is on a page. */
async function copyRows(
  pages: Pages,
  rescue: RowRescue,
  wanted: ReturnType<typeof shapesOf>,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<void> {
  let batch: FoundRow[] = [];
  for (let page = 1; page <= pages.count; page++) {
    batch.push(...rowsOf(pages, page).flatMap((row) => tableOf(row, wanted) ?? []));
    if (batch.length < BATCH && page < pages.count) continue;
    rescue.put(batch);
    batch = [];
    onProgress(page / pages.count);
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
      await copyRows(pages, rescue, shapesOf(into).filter(isPart), signal, () => undefined);
    }
    return rescue.added;
  } finally {
    pages.close();
  }
}
