import type { HistoryReader } from '../history-reader.ts';
import type { ExportRequest } from '../reader-protocol.ts';

/** `path` is absolute; an existing file is replaced only once the new one is complete. */
export interface ExportCallsOptions extends ExportRequest {
  reader: Pick<HistoryReader, 'export'>;
  onProgress?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Writes the calls that match a filter to a file, newest first, on the reader's thread.
 *
 * @returns how many calls were written
 * @throws ReadFailure when cancelled (`cancelled` is true) or when reading or writing failed; no
 * file is left behind
 */
export function exportCalls(options: ExportCallsOptions): Promise<{ rows: number }> {
  const { reader, onProgress, signal, ...what } = options;
  return reader.export(what, { onProgress, signal });
}

/** Exports in progress, by the id that the window chose. */
export class Exports {
  readonly #running = new Map<string, AbortController>();

  /** Like `exportCalls`, but `cancel` can end it. */
  async run(id: string, options: Omit<ExportCallsOptions, 'signal'>): Promise<{ rows: number }> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      return await exportCalls({ ...options, signal: controller.signal });
    } finally {
      this.#running.delete(id);
    }
  }

  /** Ends an export and leaves no file behind. An unknown id is ignored. */
  cancel(id: string): void {
    this.#running.get(id)?.abort();
  }
}
