import { inboundCallId } from '../../shared/call/ids.ts';
import type { FromRelayFrame } from '../../shared/protocol/frames.ts';

export interface CaughtUp {
  /** When the connection before was lost, Unix ms; missing for the first since the start. */
  since?: number | undefined;
  /** Entries that were replayed. */
  entries: number;
  /** Customers' calls that began meanwhile, oldest first. */
  rang: readonly string[];
}

/** What comes between a welcome and the head of the log that it names. */
export class Replay {
  private readonly head: number;
  private entries = 0;
  private readonly rang: string[] = [];

  constructor(head: number) {
    this.head = head;
  }

  /** Whether everything up to the head is stored. */
  isOver(cursor: number): boolean {
    return cursor >= this.head;
  }

  note({ body }: Extract<FromRelayFrame, { type: 'entry' }>): void {
    this.entries++;
    if (body.type !== 'provider' || body.providerCallId === undefined) return;
    if (body.event.kind !== 'offer' && body.event.kind !== 'announced') return;
    this.rang.push(inboundCallId(body.accountId, body.providerCallId));
  }

  summary(since: number | undefined): CaughtUp {
    return { since, entries: this.entries, rang: this.rang };
  }
}
