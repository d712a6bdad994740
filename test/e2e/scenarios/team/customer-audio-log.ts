import type { TestAgent } from '../../harness/agents.ts';
import { agentAt } from '../../harness/customer-audio.ts';
import type { Backend } from '../../harness/backend.ts';

/** Consecutive measurements, 200 ms apart, that must agree. */
const STEADY_TIMES = 2;
const HOLD = 'hold audio';

/** Records whom the customer hears, in order and without repetition. */
export class CustomerAudioLog {
  readonly heard: string[] = [];
  readonly #backend: Backend;
  readonly #stop: () => void;

  constructor(backend: Backend, callId: string) {
    const { simulator } = backend;
    this.#backend = backend;
    let last = '';
    let times = 0;
    this.#stop = simulator.on('media', (event) => {
      if (event.callId !== callId || event.media.what !== 'heard') return;
      const now = nameOf(simulator.report(callId)?.media.toneHz ?? null);
      times = now === last ? times + 1 : 1;
      last = now;
      // Measurements cover the last second, so a switch is briefly neither one nor the other.
      if (now !== '' && times >= STEADY_TIMES && this.heard.at(-1) !== now) this.heard.push(now);
    });
  }

  /** Waits until the customer steadily hears this agent or hold music. */
  async until(who: TestAgent | 'hold'): Promise<void> {
    const name = who === 'hold' ? HOLD : who.name;
    await this.#backend.simulator.waitFor(() => this.heard.at(-1) === name, {
      what: `${name} at the customer`,
      timeoutMs: 30_000,
    });
  }

  /** Stops recording and returns whom the customer heard. */
  stop(): string[] {
    this.#stop();
    return this.heard;
  }
}

function nameOf(hz: number | null): string {
  if (hz === null) return '';
  return agentAt(hz)?.name ?? HOLD;
}
