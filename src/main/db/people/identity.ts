/** Later than every event, in Unix ms: a naming that still holds. */
export const ALWAYS = Number.MAX_SAFE_INTEGER;

/**
 * What is known about which keys (`personKey`: numbers, and `u:` with a user id) are one person's.
 * Times are Unix ms.
 */
export interface Evidence {
  /** Two keys that were seen together. */
  links: readonly { a: string; b: string; first: number; last: number }[];
  /** WhatsApp reported that a person changed their number or id. */
  moves: readonly { from: string; to: string; at: number }[];
  /** An agent said that two people are one. */
  merges: readonly { kept: string; other: string; at: number }[];
}

/** `key` means `person` in what happened until then; the earliest `until` that is not before it counts. */
export interface Naming {
  key: string;
  until: number;
  person: string;
}

/**
 * Whom each key means. Follows from the evidence alone, whatever the order and however often it came.
 *
 * A number that was given up may be somebody else's later, so each of its owners is a party of their
 * own. User ids are never given to anybody else.
 */
export function identify({ links, moves, merges }: Evidence): readonly Naming[] {
  const departures = departuresOf(moves);
  /** A key as its owner of that time has it. */
  const nodeAt = (key: string, at: number): string => {
    const owner = (departures.get(key) ?? []).filter((until) => until < at).length;
    return `${key} ${owner}`;
  };
  const groups = new Groups();
  for (const { a, b, first, last } of links) {
    groups.join(nodeAt(a, first), nodeAt(b, first));
    groups.join(nodeAt(a, last), nodeAt(b, last));
  }
  for (const { from, to, at } of moves) {
    const until = endOfSecond(at);
    groups.join(nodeAt(from, until), nodeAt(to, until + 1));
  }
  for (const { kept, other, at } of merges) groups.join(nodeAt(kept, at), nodeAt(other, at));

  const keys = [
    ...new Set([
      ...links.flatMap(({ a, b }) => [a, b]),
      ...moves.flatMap(({ from, to }) => [from, to]),
      ...merges.flatMap(({ kept, other }) => [kept, other]),
    ]),
  ].toSorted();
  const persons = new Map<string, string>();
  for (const key of keys.toSorted(preferring({ moves, merges }))) {
    const group = groups.of(nodeAt(key, ALWAYS));
    if (!persons.has(group)) persons.set(group, key);
  }
  return keys.flatMap((key) => {
    const ends = [...(departures.get(key) ?? []), ALWAYS];
    const namings = ends.map((until) => {
      const person = persons.get(groups.of(nodeAt(key, until))) ?? key;
      return { key, until, person };
    });
    return namings.every(({ person }) => person === key) ? [] : namings;
  });
}

/** When each number was given up, in order. */
function departuresOf(moves: Evidence['moves']): ReadonlyMap<string, readonly number[]> {
  const departures = new Map<string, number[]>();
  for (const { from, to, at } of moves) {
    if (from.startsWith('u:') || from === to) continue;
    const until = endOfSecond(at);
    const known = departures.get(from) ?? [];
    if (!known.includes(until))
      departures.set(
        from,
        [...known, until].toSorted((a, b) => a - b),
      );
  }
  return departures;
}

/** WhatsApp tells times in whole seconds, and messages of one second are stored after each other. */
function endOfSecond(at: number): number {
  return Math.floor(at / 1000) * 1000 + 999;
}

/** Which key a person goes by: a number, then what an agent kept, then where they moved last. */
function preferring({ moves, merges }: Omit<Evidence, 'links'>): (a: string, b: string) => number {
  const latest = new Map<string, number>();
  const raise = (key: string, at: number) => {
    latest.set(key, Math.max(latest.get(key) ?? 0, at));
  };
  for (const { to, at } of moves) raise(to, at);
  // Any merge counts before any move.
  for (const { kept, at } of merges) raise(kept, at + 2 ** 50);
  const rank = (key: string) => (key.startsWith('u:') ? 1 : 0);
  return (a, b) =>
    rank(a) - rank(b) || (latest.get(b) ?? 0) - (latest.get(a) ?? 0) || (a < b ? -1 : 1);
}

/** Disjoint sets. */
class Groups {
  readonly #parents = new Map<string, string>();

  /** A member that stands for all of its group. */
  of(one: string): string {
    let root = one;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) {
      root = next;
    }
    if (root !== one) this.#parents.set(one, root);
    return root;
  }

  join(one: string, other: string): void {
    const [a, b] = [this.of(one), this.of(other)];
    if (a !== b) this.#parents.set(a, b);
  }
}
