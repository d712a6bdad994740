import type { ExportFormat, HistoryFilter } from '../../shared/ipc/model.ts';
import type { HistoryReader } from '../db/history-reader.ts';

export interface ExportCallsOptions {
  reader: Pick<HistoryReader, 'export'>;
  /** Absolute path of the file; an existing one is replaced only once the new one is whole. */
  path: string;
  format: ExportFormat;
  filter: HistoryFilter;
  onProgress?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Writes the calls that match a filter to a file, newest first, on the reader's thread.
 *
 * @returns how many calls were written
 * @throws ReadFailure when cancelled (`cancelled` is true then) or when reading or writing failed; no file is left behind
 */
export function exportCalls(options: ExportCallsOptions): Promise<{ rows: number }> {
  const { reader, path, format, filter, onProgress, signal } = options;
  return reader.export({ path, format, filter }, { onProgress, signal });
}
