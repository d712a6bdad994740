import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { commandLineVersion, exportByCommandLine } from './cli.ts';

/** One format beside the command line; `peakMb`: memory above idle. */
interface ExportMeasured {
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

/** Every format, each in a process of its own, and right before it the command line. */
export async function measureExports(
  file: string,
  folder: string,
  calls: number,
): Promise<ExportsMeasured> {
  const sqlite3 = await commandLineVersion();
  const measure = async (format: string): Promise<ExportMeasured> => {
    const to = join(folder, `calls.${format}`);
    const cliSeconds = await exportByCommandLine(file, join(folder, 'cli.csv'));
    const script = fileURLToPath(new URL('export-process.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, file, format, to]);
    const { rows, seconds, ...more } = answer.parse(JSON.parse(stdout));
    if (rows !== calls) throw new Error(`${format}: ${rows} of ${calls} calls`);
    rmSync(to);
    const ratio = seconds / cliSeconds;
    return { seconds, cliSeconds, ratio, rowsPerSecond: rows / seconds, ...more };
  };
  return {
    sqlite3,
    csv: await measure('csv'),
    xlsx: await measure('xlsx'),
    parquet: await measure('parquet'),
    jsonl: await measure('jsonl'),
  };
}
