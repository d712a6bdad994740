import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { CallRecord } from '../call-record.ts';
import type { History } from '../history.ts';
import type { ExportRequest } from '../reader-protocol.ts';
import { type Column, chosenColumns } from './columns.ts';
import { csvHead, recordLine } from './csv.ts';
import { jsonLine } from './json-lines.ts';
import { manifestOf, manifestPath } from './manifest.ts';
import { parquetOf } from './parquet.ts';
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
/** The same where SQLite writes the lines. */
const LINES = 2_000;

/** Told after each page; throws when the export is cancelled. */
type OnPage = (rows: number) => void;

/**
 * Writes to a file beside the target and renames it at the end, so that the target is always
 * complete. Calls that end meanwhile are missing: the export runs backwards in time.
 */
export async function writeExport(options: WriteExportOptions): Promise<{ rows: number }> {
  const { history, path, filter, onProgress, signal } = options;
  const beside = `${path}.part`;
  const total = history.count(filter);
  let rows = 0;
  const onPage = (more: number) => {
    signal.throwIfAborted();
    rows += more;
    onProgress(rows, Math.max(total, rows));
  };
  // Left over from an interrupted export; a link is removed, not followed.
  await rm(beside, { force: true });
  try {
    const hash = createHash('sha256');
    let size = 0;
    const file = await open(beside, 'wx', 0o600);
    try {
      for await (const piece of encoded(options, onPage)) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
        if (options.manifest) hash.update(bytes);
        size += bytes.length;
        await file.writeFile(bytes);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    signal.throwIfAborted();
    if (options.manifest) {
      const content = { ...options, rows, size, sha256: hash.digest('hex') };
      await writeBeside(manifestPath(path), manifestOf(content));
    }
    await rename(beside, path);
    return { rows };
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeBeside(path: string, text: string): Promise<void> {
  const beside = `${path}.part`;
  await rm(beside, { force: true });
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

function encoded(options: WriteExportOptions, onPage: OnPage): AsyncIterable<string | Uint8Array> {
  const { format, history } = options;
  const columns = chosenColumns(options.columns);
  switch (format) {
    case 'xlsx':
      return xlsxOf(callsOf(pagesOf(options, onPage)), columns);
    case 'csv':
      return csvOf(options, columns, onPage);
    case 'jsonl':
      return jsonLinesOf(pagesOf(options, onPage), history);
    case 'parquet':
      return parquetOf(pagesOf(options, onPage), columns);
    default:
      return assertNever(format, 'format');
  }
}

/** Every match, newest first. The thread answers other questions between two pages. */
async function* pagesOf(
  { history, filter }: WriteExportOptions,
  onPage: OnPage,
): AsyncIterable<readonly CallRecord[]> {
  let below: number | undefined;
  for (;;) {
    const page = history.records(filter, below, CHUNK);
    const last = page.at(-1);
    if (!last) return;
    onPage(page.length);
    yield page;
    below = last.seq;
    await setImmediate();
  }
}

async function* callsOf(pages: AsyncIterable<readonly CallRecord[]>): AsyncIterable<CallRecord> {
  for await (const page of pages) yield* page;
}

async function* csvOf(
  { history, filter, separator = 'comma' }: WriteExportOptions,
  columns: readonly Column[],
  onPage: OnPage,
): AsyncIterable<string> {
  yield csvHead(columns, separator);
  const wanted = { filter, separator, columns: columns.map(({ name }) => name) };
  let below: number | undefined;
  for (;;) {
    const page = history.lines(wanted, below, LINES);
    const last = page.at(-1);
    if (!last) return;
    onPage(page.length);
    yield page
      .map(({ seq, line }) => {
        const call = line === null ? history.record(seq) : undefined;
        return call ? recordLine(call, columns, separator) : line;
      })
      .join('');
    below = last.seq;
    await setImmediate();
  }
}

async function* jsonLinesOf(
  pages: AsyncIterable<readonly CallRecord[]>,
  history: History,
): AsyncIterable<string> {
  for await (const page of pages) {
    yield page.map((call) => jsonLine(call, history.timeline(call.seq))).join('');
  }
}
