import type { Clock } from '../../shared/lib/clock.ts';
import type { CallReport } from '../db/call-reports.ts';
import { DebouncedTask } from '../lib/debounced-task.ts';

/** After a call its quality, its bill and a wrap-up follow; what comes within this is told at once, in ms. */
const PAUSE_MS = 5_000;
/** The relay's figures go back so far. */
const KEPT_MS = 7 * 86_400_000;

export interface MeasuredPorts {
  store: {
    mark: (callId: string, at: number) => void;
    unsent: (since: number) => readonly CallReport[];
    sent: (report: CallReport) => void;
  };
  /** False if the relay could not be reached; undefined without a relay. */
  report: ((report: CallReport) => Promise<boolean>) | undefined;
  clock: Clock;
  /** It is tried again with the next change. */
  failed: (error: unknown) => void;
}

/** Tells the relay what was measured of our calls, also of those that ended while it was away. */
export class MeasuredCalls {
  readonly #ports: MeasuredPorts;
  readonly #telling: DebouncedTask;

  constructor(ports: MeasuredPorts) {
    this.#ports = ports;
    this.#telling = new DebouncedTask({ ...ports, pauseMs: PAUSE_MS, run: () => this.#tellAll() });
  }

  /** Something about a call that is over was stored. */
  handleChanged(callId: string): void {
    const { store, report, clock } = this.#ports;
    if (!report) return;
    store.mark(callId, clock.now());
    this.#telling.soon();
  }

  /** Tells all that the relay does not have; resolves when it has answered. */
  tell(): Promise<void> {
    return this.#telling.now();
  }

  close(): void {
    this.#telling.close();
  }

  async #tellAll(): Promise<void> {
    const { store, report, clock } = this.#ports;
    if (!report) return;
    for (;;) {
      const unsent = store.unsent(clock.now() - KEPT_MS);
      if (unsent.length === 0) return;
      for (const one of unsent) {
        if (!(await report(one))) return;
        store.sent(one);
      }
    }
  }
}
