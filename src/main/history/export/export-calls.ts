import type { HistoryReader } from '../history-reader.ts';
import type { ExportRequest } from '../reader-protocol.ts';

/** `path` is absolute; an existing file is replaced only once the new one is whole. */
export interface ExportCallsOptions extends ExportRequest {
  reader: Pick<HistoryReader, 'export'>;
  onProgress?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Writes the calls that match a filter to a file, newest first, on the reader's thread.
 *
 * @returns how many calls were written
 * @throws ReadFailure when cancelled (`cancelled` is true then) or when reading or writing failed;
 * no file is left behind
 */
export function exportCalls(options: ExportCallsOptions): Promise<{ rows: number }> {
  const { reader, onProgress, signal, ...what } = options;
  return reader.export(what, { onProgress, signal });
}
