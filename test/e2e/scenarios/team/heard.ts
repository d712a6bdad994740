import { type Player, players, SAME_HZ } from '../../harness/team.ts';
import type { World } from '../../harness/world.ts';

/** So many measurements in a row, 200 ms apart, must agree. */
const STEADY_TIMES = 2;
const HOLD = 'hold audio';

/** Notes who the customer hears, in order and each once in a row. */
export class EarWatch {
  readonly heard: string[] = [];
  readonly #world: World;
  readonly #stop: () => void;

  constructor(world: World, callId: string) {
    const { simulator } = world;
    this.#world = world;
    let last = '';
    let times = 0;
    this.#stop = simulator.on('media', (event) => {
      if (event.callId !== callId || event.media.what !== 'heard') return;
      const now = nameOf(simulator.report(callId)?.media.toneHz ?? null);
      times = now === last ? times + 1 : 1;
      last = now;
      // The last second of sound is measured: where one gives way to another it is neither for a moment.
      if (now !== '' && times >= STEADY_TIMES && this.heard.at(-1) !== now) this.heard.push(now);
    });
  }

  /** Waits until the customer steadily hears this agent, or hold audio. */
  async until(who: Player | 'hold'): Promise<void> {
    const name = who === 'hold' ? HOLD : who.name;
    await this.#world.simulator.waitFor(() => this.heard.at(-1) === name, {
      what: `${name} at the customer`,
      timeoutMs: 30_000,
    });
  }

  /** Who was heard until now; nothing more is noted. */
  stop(): string[] {
    this.#stop();
    return this.heard;
  }
}

function nameOf(hz: number | null): string {
  if (hz === null) return '';
  return players.find((player) => Math.abs(player.hz - hz) < SAME_HZ)?.name ?? HOLD;
}
