import type { CallOfferEnd } from '../protocol/call-offer-end.ts';
import type { CountedCall } from './counted-call.ts';
import type { AgentNames } from './slice.ts';

/** So many calls were transferred to somebody with this end. */
export interface TransferCount {
  to: string;
  /** Missing: nobody ever told. */
  end?: CallOfferEnd | undefined;
  calls: number;
}

export interface TransferFigures {
  /** Calls that were offered to others at least once. */
  calls: number;
  /** The most first. A call that was offered several times may be in several of them. */
  to: readonly TransferCount[];
}

/** To whom calls were transferred, and where that ended. */
export class TransferTally {
  readonly #nameOf: AgentNames['nameOf'];
  #calls = 0;
  readonly #to = new Map<string, TransferCount>();

  constructor(nameOf: AgentNames['nameOf']) {
    this.#nameOf = nameOf;
  }

  add({ transfers }: CountedCall): void {
    if (transfers.length === 0) return;
    this.#calls += 1;
    const named = transfers.map(({ to, end }) => ({ to: this.#nameOf(to), end }));
    const ends = new Map(named.map((one) => [`${one.end ?? ''}/${one.to}`, one]));
    for (const [key, end] of ends) {
      const known = this.#to.get(key);
      if (known) known.calls += 1;
      else this.#to.set(key, { ...end, calls: 1 });
    }
  }

  result(): TransferFigures {
    const to = [...this.#to.values()];
    return {
      calls: this.#calls,
      to: to.sort((a, b) => b.calls - a.calls || (a.to < b.to ? -1 : 1)),
    };
  }
}
