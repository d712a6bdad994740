import { setTimeout } from 'node:timers/promises';
import type { Db } from '../../../sqlite/migrate.ts';
import { type DamagedFile, Pages } from './pages.ts';
import { RowRescue } from './put.ts';
import { rowsOf } from './records.ts';
import { shapesOf, tableOf, type FoundRow } from './shapes.ts';

/** Rows per transaction; the console writes its own in between. */
const BATCH = 200;
/** Their rows refer to a call, or to a recording. */
const PARTS: ReadonlySet<string> = new Set([
  'call_event',
  'call_quality',
  'call_note',
  'transcript_line',
  'recording_listen',
]);
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
    const isPart = ({ table }: { table: string }) => PARTS.has(table);
    const rounds = [shapes.filter((shape) => !isPart(shape)), shapes.filter(isPart)];
    for (const [round, wanted] of rounds.entries()) {
      let batch: FoundRow[] = [];
      for (let page = 1; page <= pages.count; page++) {
        batch.push(...rowsOf(pages, page).flatMap((row) => tableOf(row, wanted) ?? []));
        if (batch.length < BATCH && page < pages.count) continue;
        rescue.put(batch);
        batch = [];
        onProgress((round + page / pages.count) / rounds.length);
        await setTimeout(PAUSE_MS);
        signal.throwIfAborted();
      }
    }
    return { calls: rescue.calls, added: rescue.added };
  } finally {
    pages.close();
  }
}
