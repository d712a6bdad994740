import type { Clock } from '../../shared/lib/clock.ts';
import type { FromRelayFrame } from '../../shared/protocol/frames.ts';

/** A console must not wait for the relay while a customer waits for the console, in ms. Some questions take longer. */
const ANSWER_WITHIN_MS = 2_000;

export type Outcome =
  | Extract<FromRelayFrame, { type: 'result' }>['outcome']
  | { kind: 'unreachable' };

/** Requests to the relay that have no answer yet. */
export class Requests {
  private readonly clock: Clock;
  private readonly waiting = new Map<number, (outcome: Outcome) => void>();
  private lastId = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Sends a request under a new number, to be answered within `withinMs`. Without an answer in time it is `unreachable`. */
  ask(send: (id: number) => void, withinMs = ANSWER_WITHIN_MS): Promise<Outcome> {
    const id = ++this.lastId;
    const answered = new Promise<Outcome>((resolve) => {
      const cancel = this.clock.at(this.clock.now() + withinMs, () => {
        this.settle(id, { kind: 'unreachable' });
      });
      this.waiting.set(id, (outcome) => {
        cancel();
        resolve(outcome);
      });
    });
    send(id);
    return answered;
  }

  /** An answer; one that comes too late finds nobody. */
  settle(id: number, outcome: Outcome): void {
    const settle = this.waiting.get(id);
    this.waiting.delete(id);
    settle?.(outcome);
  }

  /** The connection is gone, and the answers with it. */
  abandon(): void {
    for (const id of this.waiting.keys()) this.settle(id, { kind: 'unreachable' });
  }
}
