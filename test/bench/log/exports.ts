import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { commandLineVersion, exportByCommandLine } from './cli.ts';

/** One format beside the command line; `peakMb`: memory above idle. */
export interface ExportMeasured {
  seconds: number;
  cliSeconds: number;
  ratio: number;
  peakMb: number;
  rowsPerSecond: number;
  fileMb: number;
}

export interface ExportsMeasured {
  sqlite3: string;
  csv: ExportMeasured;
  xlsx: ExportMeasured;
  parquet: ExportMeasured;
  jsonl: ExportMeasured;
}

const answer = z.object({
  rows: z.number(),
  seconds: z.number(),
  peakMb: z.number(),
  fileMb: z.number(),
});

/** Which log, with its keys. */
export interface LogFile {
  path: string;
  keys?: readonly string[];
}

/** One export in a process of its own, whose file is removed. */
export async function measureExport(
  { path, keys = [] }: LogFile,
  format: string,
  to: string,
): Promise<z.infer<typeof answer>> {
  const script = fileURLToPath(new URL('export-process.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    path,
    format,
    to,
    ...keys,
  ]);
  rmSync(to);
  return answer.parse(JSON.parse(stdout));
}

/** Every format, and right before each table the command line. */
export async function measureExports(
  file: string,
  folder: string,
  calls: number,
  say: (line: string) => void,
): Promise<ExportsMeasured> {
  const sqlite3 = await commandLineVersion();
  const measure = async (format: string, known?: number): Promise<ExportMeasured> => {
    const cliSeconds = known ?? (await exportByCommandLine(file, join(folder, 'cli.csv')));
    const to = join(folder, `calls.${format}`);
    const { rows, seconds, ...more } = await measureExport({ path: file }, format, to);
    if (rows !== calls) throw new Error(`${format}: ${rows} of ${calls} calls`);
    say(`  ${format} in ${seconds.toFixed(1)} s, sqlite3 in ${cliSeconds.toFixed(1)} s`);
    const ratio = seconds / cliSeconds;
    return { seconds, cliSeconds, ratio, rowsPerSecond: rows / seconds, ...more };
  };
  const csv = await measure('csv');
  const xlsx = await measure('xlsx');
  const parquet = await measure('parquet');
  // With its timelines it has more than the command line writes, whose time serves for scale.
  return { sqlite3, csv, xlsx, parquet, jsonl: await measure('jsonl', parquet.cliSeconds) };
}
