import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { CsvSeparator } from '../../../shared/ipc/export.ts';
import type { CallRecord } from '../call-record.ts';
import type { History } from '../history.ts';
import type { ExportRequest } from '../reader-protocol.ts';
import { type Column, chosenColumns } from './columns.ts';
import { csvHead } from './csv.ts';
import { jsonLine } from './json-lines.ts';
import { manifestOf, manifestPath } from './manifest.ts';
import { parquetOf, typedValueOf } from './parquet.ts';
import { type LineFormat, lineOf, type PlainValue, textLength } from './plain-lines.ts';
import { workbookParts } from './xlsx.ts';
import { zipOf } from './zip.ts';

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
/** The same where each row has a whole timeline. */
const TIMELINES = 100;

/** Characters that are written at once: customers and agents decide how long their texts are. */
const PIECE = 1_000_000;

/** Told after each page; throws when the export is cancelled. */
type OnPage = (rows: number) => void;

/**
 * Writes to a file beside the target and renames it at the end, so that the target is always
 * complete. Calls that end meanwhile are missing: the export runs backwards in time.
 */
export async function writeExport(options: WriteExportOptions): Promise<{ rows: number }> {
  const { history, path, filter, onProgress, signal } = options;
  const total = history.count(filter);
  let rows = 0;
  const onPage = (more: number) => {
    signal.throwIfAborted();
    rows += more;
    onProgress(rows, Math.max(total, rows));
  };
  const hash = createHash('sha256');
  let size = 0;
  await writeBeside(path, async (file) => {
    for await (const piece of encoded(options, onPage)) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      if (options.manifest) hash.update(bytes);
      size += bytes.length;
      await file.writeFile(bytes);
    }
    signal.throwIfAborted();
    if (!options.manifest) return;
    const manifest = manifestOf({ ...options, rows, size, sha256: hash.digest('hex') });
    await writeBeside(manifestPath(path), (beside) => beside.writeFile(manifest));
  });
  return { rows };
}

/** The end of a name while its file is written: each export has its own, so that two of one file are both whole. */
const PART = /\.[\da-f]{8}\.part$/;
/** Nobody has written a part for so long, in ms: it was left over by an interrupted export. */
const LEFT_MS = 60_000;

/** Writes a file beside its place and moves it there when it is complete; a link in the way is replaced, not followed. */
async function writeBeside(
  path: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await removeLeftParts(path, (await file.stat()).mtimeMs);
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** @param now by the clock of the disk, Unix ms */
async function removeLeftParts(path: string, now: number): Promise<void> {
  const [folder, name] = [dirname(path), basename(path)];
  // One that cannot be listed may still be written to.
  for (const other of await readdir(folder).catch(() => [])) {
    if (!PART.test(other) || other.replace(PART, '') !== name) continue;
    const part = join(folder, other);
    // Another export may just have finished it.
    const at = await stat(part).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (at !== undefined && now - at > LEFT_MS) await rm(part, { force: true });
  }
}

function encoded(options: WriteExportOptions, onPage: OnPage): AsyncIterable<string | Uint8Array> {
  const { format, history, separator = 'comma' } = options;
  const columns = chosenColumns(options.columns);
  switch (format) {
    case 'xlsx':
      return zipOf(workbookParts(linesOf(options, { kind: 'xlsx' }, onPage), columns));
    case 'csv':
      return csvOf(linesOf(options, { kind: 'csv', separator }, onPage), columns, separator);
    case 'jsonl':
      return jsonLinesOf(recordsOf(options, onPage), history);
    case 'parquet':
      return parquetOf(valuesOf(options, columns, onPage), columns);
    default:
      return assertNever(format, 'format');
  }
}

/** Every match, newest first, in pages. The thread answers other questions between two of them. */
async function* pagesOf<Row extends { seq: number }>(
  read: (below: number | undefined) => readonly Row[],
  onPage: OnPage,
): AsyncIterable<readonly Row[]> {
  let below: number | undefined;
  for (;;) {
    const page = read(below);
    const last = page.at(-1);
    if (!last) return;
    onPage(page.length);
    yield page;
    below = last.seq;
    await setImmediate();
  }
}

function recordsOf({ history, filter }: WriteExportOptions, onPage: OnPage) {
  return pagesOf((below) => history.records(filter, below, TIMELINES), onPage);
}

/** The values of a table with types, page by page. */
async function* valuesOf(
  { history, filter }: WriteExportOptions,
  columns: readonly Column[],
  onPage: OnPage,
): AsyncIterable<readonly (readonly PlainValue[])[]> {
  const wanted = { filter, columns: columns.map(({ name }) => name) };
  for await (const page of pagesOf((below) => history.values(wanted, below, CHUNK), onPage)) {
    let rows: (readonly PlainValue[])[] = [];
    let text = 0;
    for (const { seq, values } of page) {
      const call = values ? undefined : history.record(seq);
      const row = call ? columns.map((column) => typedValueOf(column, call)) : values;
      if (!row) continue;
      rows.push(row);
      text += textLength(row);
      if (text < PIECE) continue;
      yield rows;
      [rows, text] = [[], 0];
    }
    yield rows;
  }
}

/** The lines of a table, page by page. */
async function* linesOf(
  { history, filter, columns: names }: WriteExportOptions,
  format: LineFormat,
  onPage: OnPage,
): AsyncIterable<{ rows: string; count: number }> {
  const columns = chosenColumns(names);
  const wanted = { filter, format, columns: columns.map(({ name }) => name) };
  const pages = pagesOf((below) => history.lines(wanted, below, LINES), onPage);
  for await (const page of pages) {
    let [rows, count] = ['', 0];
    for (const { seq, line } of page) {
      const call = line === null ? history.record(seq) : undefined;
      rows += (call ? lineOf(call, columns, format) : line) ?? '';
      count += 1;
      if (rows.length < PIECE) continue;
      yield { rows, count };
      [rows, count] = ['', 0];
    }
    yield { rows, count };
  }
}

async function* csvOf(
  pages: AsyncIterable<{ rows: string }>,
  columns: readonly Column[],
  separator: CsvSeparator,
): AsyncIterable<string> {
  yield csvHead(columns, separator);
  for await (const { rows } of pages) yield rows;
}

async function* jsonLinesOf(
  pages: AsyncIterable<readonly CallRecord[]>,
  history: History,
): AsyncIterable<string> {
  for await (const page of pages) {
    yield page.map((call) => jsonLine(call, history.timeline(call.seq))).join('');
  }
}
