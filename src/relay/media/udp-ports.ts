/**
 * The UDP ports of a range, tried in turn. The operating system knows which are free; the turn
 * keeps sockets that open at once apart, and rests a port after a call, so that late packets of
 * that call reach nobody.
 */
export class UdpPorts {
  readonly #first: number;
  readonly #count: number;
  /** A port that is being tried must not be tried for another socket. */
  readonly #trying = new Set<number>();
  #turn = 0;

  /** Both inclusive. */
  constructor(first: number, last: number) {
    this.#first = first;
    this.#count = last - first + 1;
  }

  /**
   * Calls `bind` with one port after the other until it returns a value.
   *
   * @throws Error if no port of the range is free
   */
  async open<T>(bind: (port: number) => Promise<T | undefined>): Promise<T> {
    for (let tries = 0; tries < this.#count; tries++) {
      const port = this.#first + this.#turn;
      this.#turn = (this.#turn + 1) % this.#count;
      if (this.#trying.has(port)) continue;
      this.#trying.add(port);
      try {
        const bound = await bind(port);
        if (bound !== undefined) return bound;
      } finally {
        this.#trying.delete(port);
      }
    }
    throw new Error('No UDP port of media.portRange is free.');
  }
}

/**
 * The share of a range for one of several media processes, so that no two of them try the same
 * port. Shares differ by at most one port.
 *
 * @param index of the process, from 0
 */
export function shareOfRange(
  [first, last]: readonly [first: number, last: number],
  index: number,
  processes: number,
): UdpPorts {
  const count = last - first + 1;
  const edge = (at: number) => first + Math.floor((count * at) / processes);
  return new UdpPorts(edge(index), edge(index + 1) - 1);
}
