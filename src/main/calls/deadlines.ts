import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';

/** The timers of calls' phases. The deadline itself is stored with the call; this only wakes up for it. */
export class Deadlines {
  readonly #clock: Clock;
  readonly #due: (callId: string) => void;
  readonly #armed = new Map<string, Deadline>();

  constructor(clock: Clock, due: (callId: string) => void) {
    this.#clock = clock;
    this.#due = due;
  }

  /** Arms, moves or (with undefined) clears the timer of a call. */
  set(callId: string, at: number | undefined): void {
    const armed = this.#armed.get(callId) ?? new Deadline(this.#clock, () => this.#due(callId));
    armed.set(at);
    if (at === undefined) this.#armed.delete(callId);
    else this.#armed.set(callId, armed);
  }
}
