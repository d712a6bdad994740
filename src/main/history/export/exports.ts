import { exportCalls, type ExportCallsOptions } from './export-calls.ts';

/** The exports that windows have asked for and that are going on, by the id each window gave. */
export class Exports {
  readonly #running = new Map<string, AbortController>();

  /** Like `exportCalls`, until it is done or cancelled. */
  async run(id: string, options: Omit<ExportCallsOptions, 'signal'>): Promise<{ rows: number }> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      return await exportCalls({ ...options, signal: controller.signal });
    } finally {
      this.#running.delete(id);
    }
  }

  /** Ends an export; nothing is left of it. One that is not going on is ignored. */
  cancel(id: string): void {
    this.#running.get(id)?.abort();
  }
}
