import type { Clock } from '../../shared/lib/clock.ts';
import type { Call } from './call.ts';

/** Timers of a call, cleared when it is picked up or ends, so that none acts on a later phase. */
export class CallTimers {
  readonly #running = new Map<Call, Set<() => void>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `task` in `ms`, unless the call has ended or its timers were cleared. */
  after(call: Call, ms: number, task: () => void): void {
    const timers = this.#running.get(call) ?? new Set();
    this.#running.set(call, timers);
    const cancel = this.#clock.at(this.#clock.now() + ms, () => {
      timers.delete(cancel);
      if (call.phase !== 'ended') task();
    });
    timers.add(cancel);
  }

  clear(call: Call): void {
    for (const cancel of this.#running.get(call) ?? []) cancel();
    this.#running.delete(call);
  }
}
