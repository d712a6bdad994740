import { FairQueue } from '../store/fair-queue.ts';

/** The most webhooks per turn over all accounts, and the most bytes. A turn takes some ms. */
const MOST = 32;
const MOST_BYTES = 262_144;
/** The most webhooks of one account that may wait, and the most bytes. */
const MOST_WAITING = 2_000;
const MOST_WAITING_BYTES = 33_554_432;

interface Waiting {
  accountId: string;
  bytes: number;
  go: (mayGo: boolean) => void;
}

interface Load {
  webhooks: number;
  bytes: number;
}

/**
 * Processes webhooks in turns of the event loop and alternates between accounts. However many or
 * large one account's webhooks are, they delay another account's by a turn or two, and consoles are
 * served in between.
 */
export class WebhookTurns {
  readonly #queue = new FairQueue<Waiting>();
  /** Waiting webhooks by account id. */
  readonly #waiting = new Map<string, Load>();
  #isDue = false;

  /**
   * Waits for a webhook's turn.
   *
   * @param bytes its body's length
   * @returns false, at once, if too much of the account is waiting already
   */
  take(accountId: string, bytes: number): Promise<boolean> {
    const { webhooks, bytes: before } = this.#waiting.get(accountId) ?? { webhooks: 0, bytes: 0 };
    if (webhooks >= MOST_WAITING || before + bytes > MOST_WAITING_BYTES) {
      return Promise.resolve(false);
    }
    this.#waiting.set(accountId, { webhooks: webhooks + 1, bytes: before + bytes });
    return new Promise((go) => {
      this.#queue.add(accountId, { accountId, bytes, go });
      this.#comeSoon();
    });
  }

  #comeSoon(): void {
    if (this.#isDue || this.#queue.isEmpty) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#turn();
      this.#comeSoon();
    });
  }

  #turn(): void {
    let bytes = 0;
    for (let count = 0; count < MOST && bytes < MOST_BYTES; count++) {
      const next = this.#queue.take();
      if (!next) return;
      bytes += next.bytes;
      this.#noteGone(next);
      next.go(true);
    }
  }

  #noteGone({ accountId, bytes }: Waiting): void {
    const load = this.#waiting.get(accountId);
    if (!load || load.webhooks === 1) this.#waiting.delete(accountId);
    else this.#waiting.set(accountId, { webhooks: load.webhooks - 1, bytes: load.bytes - bytes });
  }
}
