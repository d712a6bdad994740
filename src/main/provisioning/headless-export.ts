import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExportOptions } from '../config.ts';
import { HistoryReader } from '../history/history-reader.ts';
import { exportCalls } from '../history/export/export-calls.ts';
import type { Paths } from '../paths.ts';
import { JsonFile } from '../lib/json-file.ts';
import { workspaceFileSchema } from './workspace-file.ts';

/**
 * Exports the calls of the workspace that the console opens on, without a window. It only reads the
 * database, so a running console is not disturbed.
 *
 * @param keys of the database, see `OpenOptions`
 * @returns one line that says what was written
 * @throws Error with a sentence for the person
 */
export async function exportWithoutWindow(
  paths: Paths,
  options: ExportOptions,
  keys: readonly string[],
): Promise<string> {
  const open =
    new JsonFile(paths.workspaceFile, workspaceFileSchema, { copy: true }).peek()?.open ??
    'profile';
  const database = paths.database(open);
  if (!existsSync(database)) {
    throw new Error(`There is no call history yet: ${database} does not exist.`);
  }
  const reader = new HistoryReader({
    path: database,
    nativeBinding: paths.sqliteBinding,
    keys,
    script: paths.readerWorker,
  });
  const path = resolve(options.file);
  const { file: _, from, to, ...what } = options;
  try {
    const { rows } = await exportCalls({ reader, path, ...what, filter: { from, to } });
    return `${rows} ${rows === 1 ? 'call' : 'calls'} written to ${path}`;
  } finally {
    await reader.close();
  }
}
