import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { Store } from '../store/store.ts';

/** While others write without a pause, what was read last is good enough. */
const MOST_READINGS = 5;

const isOver = ({ state }: RelayedCallRecord): boolean => state.kind === 'ended';

/** Relayed calls whose media is at other nodes, according to their records. */
export class CallsElsewhere {
  readonly #store: Pick<Store, 'openRelayedCalls' | 'relayedCall'>;
  readonly #own: string | undefined;
  #records: readonly RelayedCallRecord[] = [];
  /** How many changes others may have made, and how many of them the records show. */
  #changes = 1;
  #shown = 0;
  /** One at a time, so that each finds what became of the calls that the one before it found. */
  #reading: Promise<void> | undefined;

  /** @param own this node's name; undefined if there are no others */
  constructor(store: Pick<Store, 'openRelayedCalls' | 'relayedCall'>, own: string | undefined) {
    this.#store = store;
    this.#own = own;
  }

  /** Call it when another node has written something. */
  invalidate(): void {
    this.#changes += 1;
  }

  /** The records as last read, with those that have ended since, until they are forgotten. */
  get records(): readonly RelayedCallRecord[] {
    return this.#records;
  }

  /** Forgets calls that are over once every console was sent their end. */
  forgetEnded(): void {
    if (this.#records.some(isOver)) this.#records = this.#records.filter((one) => !isOver(one));
  }

  /** Follows a call that was here until another node took it over. */
  follow(record: RelayedCallRecord): void {
    this.#records = [...this.#records, record];
    this.invalidate();
  }

  /** Reads the records if anything may have changed, until nothing has meanwhile. Rejects if the store fails. */
  async update(): Promise<void> {
    if (this.#own === undefined) return;
    for (let read = 0; this.#shown !== this.#changes && read < MOST_READINGS; read++) {
      await (this.#reading ??= this.#read().finally(() => (this.#reading = undefined)));
    }
  }

  async #read(): Promise<void> {
    const changes = this.#changes;
    const open = (await this.#store.openRelayedCalls()).filter(({ node }) => node !== this.#own);
    const ids = new Set(open.map(({ callId }) => callId));
    const ended: RelayedCallRecord[] = [];
    for (const known of this.#records) {
      if (ids.has(known.callId)) continue;
      const last = isOver(known) ? known : await this.#store.relayedCall(known.callId);
      // Also one that this node has taken over and ended: consoles may have been sent an older state since.
      if (last && isOver(last)) ended.push(last);
    }
    this.#records = [...open, ...ended];
    this.#shown = changes;
  }

  /** The call with an id, either its own or that of its call offer. */
  find(id: string): RelayedCallRecord | undefined {
    return this.#records.find(
      ({ callId, callOffers, state }) =>
        state.kind !== 'ended' && (callId === id || callOffers.includes(id)),
    );
  }
}
