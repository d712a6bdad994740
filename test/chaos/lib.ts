import { seededRandom } from '../../src/simulator/lib/random.ts';

/** The machine's monotonic clock in ms: the same in every process, and never set. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 10_000n) / 100;

/** Random decisions that depend on a seed alone. */
export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** Separate decisions for this name, independent of how many were made before. */
  static of(seed: number, name: string): Chance {
    let hash = seed >>> 0;
    for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0;
    return new Chance(hash);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  /** True in `share` of 100 cases. */
  percent(share: number): boolean {
    return this.#random() * 100 < share;
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, at: this.#random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[Math.floor(this.#random() * from.length)] ?? from[0];
  }
}

/** Times at these distances, until shortly before the end. */
export function moments(chance: Chance, endsAt: number, leastMs: number, mostMs: number): number[] {
  const found: number[] = [];
  for (let at = 1_000 + chance.between(0, leastMs); at < endsAt - 2_000;) {
    found.push(at);
    at += chance.between(leastMs, mostMs);
  }
  return found;
}

/** The list if it is not empty; throws otherwise. */
export function some<T>(list: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('an empty list');
  return [first, ...rest];
}
