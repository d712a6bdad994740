import type { Clock } from '../../shared/lib/clock.ts';

/** The timers of calls' phases. The deadline itself is stored with the call; this only wakes up for it. */
export class Deadlines {
  private readonly clock: Clock;
  private readonly due: (callId: string) => void;
  private readonly armed = new Map<string, { at: number; cancel: () => void }>();

  constructor(clock: Clock, due: (callId: string) => void) {
    this.clock = clock;
    this.due = due;
  }

  /** Arms, moves or (with undefined) clears the timer of a call. */
  set(callId: string, at: number | undefined): void {
    const armed = this.armed.get(callId);
    if (armed?.at === at) return;
    armed?.cancel();
    this.armed.delete(callId);
    if (at !== undefined) this.arm(callId, at, at);
  }

  private arm(callId: string, at: number, wakeAt: number): void {
    const cancel = this.clock.at(wakeAt, () => {
      const now = this.clock.now();
      // Timers may come a moment early, and people set clocks back.
      if (now < at) return this.arm(callId, at, at);
      // Should the event not end the phase (a full disk), it comes again.
      this.arm(callId, at, now + RETRY_MS);
      this.due(callId);
    });
    this.armed.set(callId, { at, cancel });
  }
}

const RETRY_MS = 1_000;
