import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { Store } from '../store/store.ts';

const isOver = ({ state }: RelayedCallRecord): boolean => state.kind === 'ended';

/** Relayed calls whose media is at other nodes, according to their records. */
export class CallsElsewhere {
  readonly #store: Pick<Store, 'openRelayedCalls' | 'relayedCall'>;
  readonly #own: string | undefined;
  #records: readonly RelayedCallRecord[] = [];
  /** The reading under way or done; undefined if anything may have changed since. */
  #reading: Promise<readonly RelayedCallRecord[]> | undefined;

  /** @param own this node's name; undefined if there are no others */
  constructor(store: Pick<Store, 'openRelayedCalls' | 'relayedCall'>, own: string | undefined) {
    this.#store = store;
    this.#own = own;
  }

  /** Call it when another node has written something. */
  invalidate(): void {
    this.#reading = undefined;
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

  /** Reads the records if anything may have changed. Rejects if the store fails. */
  async update(): Promise<void> {
    if (this.#own === undefined) return;
    const reading = (this.#reading ??= this.#read());
    try {
      const records = await reading;
      const isOvertaken = this.#reading !== undefined && this.#reading !== reading;
      if (!isOvertaken) this.#records = records;
    } catch (error) {
      if (this.#reading === reading) this.invalidate();
      throw error;
    }
  }

  async #read(): Promise<readonly RelayedCallRecord[]> {
    const open = (await this.#store.openRelayedCalls()).filter(({ node }) => node !== this.#own);
    const ids = new Set(open.map(({ callId }) => callId));
    const ended: RelayedCallRecord[] = [];
    for (const known of this.#records) {
      if (ids.has(known.callId)) continue;
      const last = isOver(known) ? known : await this.#store.relayedCall(known.callId);
      // Also one that this node has taken over and ended: consoles may have been sent an older state since.
      if (last && isOver(last)) ended.push(last);
    }
    return [...open, ...ended];
  }

  /** The call with an id, either its own or that of its call offer. */
  find(id: string): RelayedCallRecord | undefined {
    return this.#records.find(
      ({ callId, callOffers, state }) =>
        state.kind !== 'ended' && (callId === id || callOffers.includes(id)),
    );
  }
}
