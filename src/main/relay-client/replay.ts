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

/** How long acknowledgements are gathered during a replay, in ms. */
const GATHER_MS = 50;

/**
 * Acknowledges what is stored: entries that came together with one acknowledgement, and during a replay
 * not every group of them.
 */
export class Acks {
  readonly #clock: Clock;
  readonly #send: () => void;
  #cancelTimer: (() => void) | undefined;
  #turn: NodeJS.Immediate | undefined;

  constructor(clock: Clock, send: () => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** As soon as everything that has arrived by now is stored. */
  now(): void {
    this.#turn ??= setImmediate(() => {
      this.cancel();
      this.#send();
    });
  }

  soon(): void {
    this.#cancelTimer ??= this.#clock.at(this.#clock.now() + GATHER_MS, () => this.now());
  }

  cancel(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
