import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { Callback } from '../db/call-notes.ts';

export interface CallbackPorts {
  /** All that are open, by time. */
  open: () => readonly Callback[];
  clock: Clock;
  /** It is due. */
  remind: (callback: Callback) => void;
  /** It is not due any more: somebody called, or the agent changed it. */
  resolve: (callId: string) => void;
}

/**
 * Reminds the agent of each promised callback when it is due. The stored times are read again on
 * every change, so a restart forgets none.
 */
export class CallbackReminders {
  readonly #ports: CallbackPorts;
  readonly #next: Deadline;
  /** When each reminder on screen was due, by call. */
  readonly #shown = new Map<string, number>();

  constructor(ports: CallbackPorts) {
    this.#ports = ports;
    this.#next = new Deadline(ports.clock, () => this.refresh());
  }

  /** Something changed on which open callbacks depend. */
  refresh(): void {
    const { open, clock, remind, resolve } = this.#ports;
    const now = clock.now();
    const all = open();
    const due = all.filter(({ at }) => at <= now);
    this.#next.set(all.find(({ at }) => at > now)?.at);
    for (const callId of this.#shown.keys()) {
      if (due.some((callback) => callback.callId === callId)) continue;
      this.#shown.delete(callId);
      resolve(callId);
    }
    for (const callback of due) {
      // A reminder that the agent closed stays closed.
      if (this.#shown.get(callback.callId) === callback.at) continue;
      this.#shown.set(callback.callId, callback.at);
      remind(callback);
    }
  }

  close(): void {
    this.#next.set(undefined);
  }
}
