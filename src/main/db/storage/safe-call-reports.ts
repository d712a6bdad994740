import type { CallReport } from '../call-reports.ts';
import type { Storage } from './storage.ts';

/** What the relay has to be told of calls. While the file cannot be written, nothing is told. */
export class SafeCallReports {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  mark(callId: string, at: number): void {
    this.#storage.write(({ callReports }) => callReports.mark(callId, at), undefined);
  }

  unsent(since: number): readonly CallReport[] {
    if (this.#storage.isBehind()) return [];
    return this.#storage.read(({ callReports }) => callReports.unsent(since), []);
  }

  sent(report: CallReport): void {
    this.#storage.write(({ callReports }) => callReports.sent(report), undefined);
  }
}
