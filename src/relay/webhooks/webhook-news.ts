import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { NumberWebhooks } from '../../shared/protocol/frames.ts';
import type { WebhookHealth } from './webhook-health.ts';

/** Anybody can have a webhook refused, so it is told at most this often, in ms. */
const EVERY_MS = 1_000;

interface NewsPorts {
  health: Pick<WebhookHealth, 'on' | 'of'>;
  clock: Clock;
  /** `here`: this relay has seen it, and the others of its store have not. */
  tell: (webhooks: NumberWebhooks, here: boolean) => void;
}

/** Tells within a second that a number's webhooks are refused, or are taken again. */
export class WebhookNews {
  readonly #next: Deadline;
  readonly #waiting = new Map<string, boolean>();
  #toldAt = -Infinity;

  constructor({ health, clock, tell }: NewsPorts) {
    this.#next = new Deadline(clock, () => {
      this.#next.set(undefined);
      this.#toldAt = clock.now();
      const turned = [...this.#waiting];
      this.#waiting.clear();
      for (const [accountId, here] of turned) tell(health.of(accountId), here);
    });
    health.on('turned', (accountId, here) => {
      this.#waiting.set(accountId, here || this.#waiting.get(accountId) === true);
      if (this.#waiting.size === 1) {
        // The clock may be set meanwhile.
        this.#next.set(Math.max(clock.now(), this.#toldAt + EVERY_MS), EVERY_MS);
      }
    });
  }

  close(): void {
    this.#next.set(undefined);
  }
}
