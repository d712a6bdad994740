import type { PresenceView } from '../../shared/ipc/team.ts';
import type { Clock } from '../../shared/lib/clock.ts';

interface Ports {
  clock: Clock;
  store: (callId: string, seconds: number) => void;
}

/** Measures how long the agent wraps a call up: from its end until their presence is another one. */
export class WrapUpClock {
  readonly #ports: Ports;
  #last: { callId: string; endedAt: number; isWrappingUp: boolean } | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** A call in which this agent talked is over. */
  handleEnded(callId: string): void {
    this.#last = { callId, endedAt: this.#ports.clock.now(), isWrappingUp: false };
  }

  /** The agent's presence, whenever it may have changed. */
  handlePresence(state: PresenceView['state']): void {
    const last = this.#last;
    if (!last) return;
    if (state === 'wrap-up') last.isWrappingUp = true;
    // The relay takes a moment to begin the wrap-up.
    else if (last.isWrappingUp || state === 'on-call') {
      this.#last = undefined;
      if (!last.isWrappingUp) return;
      const { clock, store } = this.#ports;
      store(last.callId, Math.max(0, Math.round((clock.now() - last.endedAt) / 1000)));
    }
  }
}
