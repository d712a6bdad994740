import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { Store } from '../store/store.ts';

/** Relayed calls whose media is at other nodes, according to their records. */
export class CallsElsewhere {
  readonly #store: Pick<Store, 'openRelayedCalls' | 'relayedCall'>;
  readonly #own: string | undefined;
  #records: readonly RelayedCallRecord[] = [];
  /** The reading under way or done; undefined if anything may have changed since. */
  #reading: Promise<void> | undefined;

  /** @param own this node's name; undefined if there are no others */
  constructor(store: Pick<Store, 'openRelayedCalls' | 'relayedCall'>, own: string | undefined) {
    this.#store = store;
    this.#own = own;
  }

  /** Call it when another node has written something. */
  invalidate(): void {
    this.#reading = undefined;
  }

  /** The records as last read, plus, once more, those that have ended since. */
  get records(): readonly RelayedCallRecord[] {
    return this.#records;
  }

  /** Reads the records if anything may have changed. Rejects if the store fails. */
  async update(): Promise<void> {
    if (this.#own === undefined) return;
    const reading = (this.#reading ??= this.#read());
    try {
      await reading;
    } catch (error) {
      if (this.#reading === reading) this.invalidate();
      throw error;
    }
  }

  async #read(): Promise<void> {
    const open = (await this.#store.openRelayedCalls()).filter(({ node }) => node !== this.#own);
    const ids = new Set(open.map(({ callId }) => callId));
    const ended: RelayedCallRecord[] = [];
    for (const { callId, state } of this.#records) {
      if (ids.has(callId) || state.kind === 'ended') continue;
      const last = await this.#store.relayedCall(callId);
      if (last?.state.kind === 'ended' && last.node !== this.#own) ended.push(last);
    }
    this.#records = [...open, ...ended];
  }

  /** The call with an id, either its own or that of its call offer. */
  find(id: string): RelayedCallRecord | undefined {
    return this.#records.find(
      ({ callId, callOffers, state }) =>
        state.kind !== 'ended' && (callId === id || callOffers.includes(id)),
    );
  }
}
