import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import { exportCalls } from '../../../src/main/history/export/export-calls.ts';

/** One export in a process of its own, so that its memory can be told. Arguments: the log, the format, the new file, keys. */
const [path, format, to, ...keys] = z
  .tuple([z.string(), z.enum(['csv', 'xlsx', 'jsonl', 'parquet']), z.string()])
  .rest(z.string())
  .parse(process.argv.slice(2));

const SAMPLE_MS = 20;

const script = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);
const reader = new HistoryReader({ path, keys, script });
// Idle: the thread runs, and has shown a page.
await reader.list({}, undefined, 50);
await setTimeout(500);
const idle = process.memoryUsage.rss();
let peak = idle;
const sampling = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, SAMPLE_MS);
const begun = performance.now();
const { rows } = await exportCalls({ reader, path: to, format, filter: {} });
const seconds = (performance.now() - begun) / 1000;
clearInterval(sampling);
await reader.close();
const mb = (bytes: number) => Math.round(bytes / 1e5) / 10;
process.stdout.write(
  `${JSON.stringify({ rows, seconds, peakMb: mb(peak - idle), fileMb: mb(statSync(to).size) })}\n`,
);
