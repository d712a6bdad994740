import { type Clock, systemClock } from './clock.ts';

/** A limit to how long a request waits. */
export interface AnswerDeadline<T> {
  withinMs: number;
  /** The answer, or the error, if none arrives in time. */
  late: () => T;
}

/** Requests over a connection that wait for their answers, each under an id of its own. */
export class PendingRequests<T> {
  readonly #waiting = new Map<number, (answer: () => T) => void>();
  readonly #clock: Clock;
  #lastId = 0;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** An unused id, for a message that nobody waits for. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** Sends a request under a new id, and waits for its answer. */
  send(send: (id: number) => void, deadline?: AnswerDeadline<T>): Promise<T> {
    const id = this.nextId();
    const answered = new Promise<T>((resolve, reject) => {
      const cancel =
        deadline &&
        this.#clock.at(this.#clock.now() + deadline.withinMs, () => {
          this.#settle(id, deadline.late);
        });
      this.#waiting.set(id, (answer) => {
        cancel?.();
        try {
          resolve(answer());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    send(id);
    return answered;
  }

  /** Delivers an answer; a late one is dropped. */
  resolve(id: number, answer: T): void {
    this.#settle(id, () => answer);
  }

  reject(id: number, error: Error): void {
    this.#settle(id, () => {
      throw error;
    });
  }

  /**
   * The connection is gone, and with it every pending answer. @param answer what each request gets
   * or throws instead
   */
  settleAll(answer: () => T): void {
    for (const id of this.#waiting.keys()) this.#settle(id, answer);
  }

  #settle(id: number, answer: () => T): void {
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    settle?.(answer);
  }
}
