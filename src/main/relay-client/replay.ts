import { inboundCallId } from '../../shared/call/ids.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { FromRelayFrame } from '../../shared/protocol/frames.ts';

/** What a replay brought. */
export interface ReplaySummary {
  /** When the connection before was lost, Unix ms; missing for the first since the start. */
  since?: number | undefined;
  /** Entries that were replayed. */
  entries: number;
  /** Customers' calls that began meanwhile, oldest first. */
  rang: readonly string[];
}

/** The entries from a welcome up to the head of the log that it names. */
export class Replay {
  readonly #head: number;
  readonly #rang: string[] = [];
  #entries = 0;

  constructor(head: number) {
    this.#head = head;
  }

  /** Whether everything up to the head is stored. */
  isOver(cursor: number): boolean {
    return cursor >= this.#head;
  }

  note({ body }: Extract<FromRelayFrame, { type: 'entry' }>): void {
    this.#entries++;
    if (body.type !== 'provider' || body.providerCallId === undefined) return;
    if (body.event.kind !== 'offer' && body.event.kind !== 'announced') return;
    this.#rang.push(inboundCallId(body.accountId, body.providerCallId));
  }

  summary(since: number | undefined): ReplaySummary {
    return { since, entries: this.#entries, rang: this.#rang };
  }
}

/** The shortest time between two acknowledgements, in ms, unless there are this many entries to acknowledge. */
const GATHER_MS = 250;
const GATHERED = 100;

/**
 * Acknowledges what is stored: at once if that is rare, otherwise many entries together. The relay
 * uses acknowledgements only to pace what it sends and to show how far a console is.
 */
export class Acks {
  readonly #clock: Clock;
  readonly #send: () => void;
  /** Stored since the last acknowledgement. */
  #entries = 0;
  #turn: NodeJS.Immediate | undefined;
  /** While entries gather. */
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, send: () => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** An entry is stored. */
  note(): void {
    this.#entries += 1;
    if (!this.#cancelTimer || this.#entries >= GATHERED) this.#sendSoon();
  }

  /** Includes everything that has arrived by now. */
  #sendSoon(): void {
    this.#turn ??= setImmediate(() => {
      this.cancel();
      this.#cancelTimer = this.#clock.at(this.#clock.now() + GATHER_MS, () => {
        this.#cancelTimer = undefined;
        if (this.#entries > 0) this.#sendSoon();
      });
      this.#send();
    });
  }

  cancel(): void {
    this.#entries = 0;
    clearImmediate(this.#turn);
    this.#turn = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
