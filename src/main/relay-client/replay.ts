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

/** Acknowledges what is stored; during a replay not every single entry. */
export class Acks {
  readonly #clock: Clock;
  readonly #send: () => void;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, send: () => void) {
    this.#clock = clock;
    this.#send = send;
  }

  now(): void {
    this.cancel();
    this.#send();
  }

  soon(): void {
    this.#cancelTimer ??= this.#clock.at(this.#clock.now() + GATHER_MS, () => this.now());
  }

  cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
