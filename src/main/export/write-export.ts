import { open, rename, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { ExportFormat, HistoryFilter } from '../../shared/ipc/model.ts';
import type { CallRecord, History } from '../db/history.ts';
import { csvHead, csvLine } from './csv.ts';
import { jsonLine } from './json-lines.ts';

export interface WriteExportOptions {
  history: History;
  path: string;
  format: ExportFormat;
  filter: HistoryFilter;
  onProgress: (done: number, total: number) => void;
  signal: AbortSignal;
}

/** Rows read and written at a time: the memory an export needs, and how long the thread is busy without a break. */
const CHUNK = 500;

/**
 * Writes beside the target and renames when all is on disk, so that a file with the wanted name is always whole. Calls that
 * end meanwhile are not in it: it goes backwards in time.
 */
export async function writeExport(options: WriteExportOptions): Promise<{ rows: number }> {
  const { history, path, format, filter, onProgress, signal } = options;
  const beside = `${path}.part`;
  const total = history.count(filter);
  const write = writerOf(format, history);
  let rows = 0;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await file.write(write.head);
      let below: number | undefined;
      for (;;) {
        signal.throwIfAborted();
        const chunk = history.records(filter, below, CHUNK);
        const last = chunk.at(-1);
        if (!last) break;
        await file.write(chunk.map(write.line).join(''));
        rows += chunk.length;
        below = last.seq;
        onProgress(rows, Math.max(total, rows));
        // Questions that came meanwhile are answered between two chunks.
        await setImmediate();
      }
      await file.sync();
    } finally {
      await file.close();
    }
    signal.throwIfAborted();
    await rename(beside, path);
    return { rows };
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

function writerOf(
  format: ExportFormat,
  history: History,
): { head: string; line: (record: CallRecord) => string } {
  switch (format) {
    case 'csv':
      return { head: csvHead(), line: csvLine };
    case 'jsonl':
      return { head: '', line: (record) => jsonLine(record, history.timeline(record.seq)) };
    default:
      return assertNever(format, 'format');
  }
}
