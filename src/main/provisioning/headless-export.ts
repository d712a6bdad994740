import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExportOptions } from '../config.ts';
import { HistoryReader } from '../history/history-reader.ts';
import { exportCalls } from '../history/export/export-calls.ts';
import type { FileOptions } from '../db/at-rest/key.ts';
import { type ExportedFile, ExportedFiles } from '../db/erasing/exported-files.ts';
import { openBeside, openDatabase, openReadOnly } from '../db/open.ts';
import { importCalls } from '../history/import/import-calls.ts';
import { SettingsStore } from '../db/settings.ts';
import type { Paths } from '../paths.ts';
import { JsonFile } from '../lib/json-file.ts';
import { workspaceFileSchema } from './workspace-file.ts';

/**
 * Exports the calls of the workspace that the console opens on, without a window. It only reads them, so a running
 * console is not disturbed, and notes the file for later certificates of erasure.
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
  const database = databaseOf(paths);
  const reader = new HistoryReader({
    path: database,
    nativeBinding: paths.sqliteBinding,
    keys,
    script: paths.readerWorker,
  });
  const path = resolve(options.file);
  const { file: _, from, to, preset, ...more } = options;
  const file = { path: database, keys, nativeBinding: paths.sqliteBinding };
  const { filter, ...what } =
    preset === undefined ? { ...more, filter: {} } : presetOf(preset, file);
  try {
    const { rows } = await exportCalls({ reader, path, ...what, filter: { ...filter, from, to } });
    noteExport({ path, at: Date.now(), has: 'calls', from, to }, file);
    return `${rows} ${rows === 1 ? 'call' : 'calls'} written to ${path}`;
  } finally {
    await reader.close();
  }
}

/**
 * Imports calls that were exported as JSON Lines into that workspace's history, which no console has open.
 *
 * @param keys of the database, see `OpenOptions`
 * @returns one line that says what was read
 * @throws Error with a sentence for the person
 */
export async function importWithoutWindow(
  paths: Paths,
  file: string,
  keys: readonly string[],
): Promise<string> {
  const { db } = openDatabase({
    path: databaseOf(paths),
    nativeBinding: paths.sqliteBinding,
    keys,
  });
  try {
    const { calls, known } = await importCalls(db, resolve(file));
    return `${calls} calls read from ${resolve(file)}; ${known} were here already`;
  } finally {
    db.close();
  }
}

/** @throws Error with a sentence for the person: the file stands, and no certificate would name it */
function noteExport(exported: ExportedFile, file: FileOptions): void {
  const db = openBeside(file);
  try {
    new ExportedFiles(db).note(exported);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${exported.path} was written, but could not be noted as an export: ${why}`, {
      cause: error,
    });
  } finally {
    db.close();
  }
}

/** @throws Error with a sentence for the person if there is none yet */
function databaseOf(paths: Paths): string {
  const open =
    new JsonFile(paths.workspaceFile, workspaceFileSchema, { copy: true }).peek()?.open ??
    'profile';
  const database = paths.database(open);
  if (!existsSync(database)) {
    throw new Error(`There is no call history yet: ${database} does not exist.`);
  }
  return database;
}

/** @throws Error with a sentence for the person if there is none of this name */
function presetOf(name: string, file: FileOptions) {
  const db = openReadOnly(file);
  try {
    const presets = new SettingsStore(db).get().exportPresets;
    const found = presets.find((preset) => preset.name === name);
    if (found) {
      const { format, separator, columns, manifest, filter } = found;
      return { format, separator, columns, manifest, filter };
    }
    const known = presets.map((preset) => `“${preset.name}”`).join(', ') || 'none';
    throw new Error(`There is no preset “${name}”; there are: ${known}.`);
  } finally {
    db.close();
  }
}
