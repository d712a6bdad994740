import { open, rename, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { HistoryFilter } from '../../../shared/ipc/model.ts';
import type { CallRecord } from '../call-record.ts';
import type { History } from '../history.ts';
import type { ExportRequest } from '../reader-protocol.ts';
import { csvHead, recordLine } from './csv.ts';
import { jsonLine } from './json-lines.ts';
import { xlsxOf } from './xlsx.ts';

export interface WriteExportOptions extends ExportRequest {
  history: History;
  onProgress: (done: number, total: number) => void;
  signal: AbortSignal;
}

/**
 * Rows per chunk. It bounds the memory of an export and how long the thread is busy without a
 * break.
 */
const CHUNK = 500;

/**
 * Writes to a file beside the target and renames it at the end, so that the target is always
 * complete. Calls that end meanwhile are missing: the export runs backwards in time.
 */
export async function writeExport(options: WriteExportOptions): Promise<{ rows: number }> {
  const { history, path, filter, onProgress, signal } = options;
  const beside = `${path}.part`;
  const total = history.count(filter);
  let rows = 0;
  const pages = pagesOf(history, filter, (page) => {
    signal.throwIfAborted();
    rows += page.length;
    onProgress(rows, Math.max(total, rows));
  });
  // Left over from an interrupted export; a link is removed, not followed.
  await rm(beside, { force: true });
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      for await (const bytes of encoded(options, pages)) await file.writeFile(bytes);
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

/** Every match, newest first. The thread answers other questions between two pages. */
async function* pagesOf(
  history: History,
  filter: HistoryFilter,
  onPage: (page: readonly CallRecord[]) => void,
): AsyncIterable<readonly CallRecord[]> {
  let below: number | undefined;
  for (;;) {
    const page = history.records(filter, below, CHUNK);
    const last = page.at(-1);
    if (!last) return;
    onPage(page);
    yield page;
    below = last.seq;
    await setImmediate();
  }
}

function encoded(
  { format, separator = 'comma', history }: WriteExportOptions,
  pages: AsyncIterable<readonly CallRecord[]>,
): AsyncIterable<string | Uint8Array> {
  switch (format) {
    case 'xlsx':
      return xlsxOf(callsOf(pages));
    case 'csv':
      return linesOf(pages, csvHead(separator), (call) => recordLine(call, separator));
    case 'jsonl':
      return linesOf(pages, '', (call) => jsonLine(call, history.timeline(call.seq)));
    default:
      return assertNever(format, 'format');
  }
}

async function* callsOf(pages: AsyncIterable<readonly CallRecord[]>): AsyncIterable<CallRecord> {
  for await (const page of pages) yield* page;
}

async function* linesOf(
  pages: AsyncIterable<readonly CallRecord[]>,
  head: string,
  line: (call: CallRecord) => string,
): AsyncIterable<string> {
  yield head;
  for await (const page of pages) yield page.map(line).join('');
}
