import type { z } from 'zod';
import type { ProviderEvent, ProviderReport } from './events.ts';

export interface NormaliseOptions {
  /** Arrival of the delivery, Unix ms; replaces a missing or unreadable time. */
  receivedAt: number;
  /** Replacement for an illegal `a=setup:actpass` in answers; see `meta/answer-setup.ts`. */
  actpassAnswer?: 'active' | 'passive' | undefined;
}

/** A report that is not yet assigned to one of our accounts. */
export interface UnassignedReport extends Omit<ProviderReport, 'accountId'> {
  /** The provider's id of the number concerned; missing if the delivery did not name it. */
  numberId: string | undefined;
  /** The same for every delivery of one fact, so repetitions are recognised. */
  identity: string;
}

/** A part of a delivery that yielded no event, or an event with a part missing. */
export interface Problem {
  /** Its path, e.g. `entry[0].changes[0].value.calls[1].session`; empty for the whole body. */
  path: string;
  why: string;
  /** `unsupported`: well-formed but not needed. `malformed`: not as documented. */
  kind: 'malformed' | 'unsupported';
}

/** The result of one delivery: at least one event or problem. */
export interface Normalised {
  events: readonly UnassignedReport[];
  problems: readonly Problem[];
}

/** More are not told, of one value. */
const MOST_ISSUES = 20;
/** The most that is read of what stands beside the items of a list, such as contacts and errors. */
export const MOST_BESIDE = 1_000;

/** Collects the events and problems of one delivery. */
export class Reader {
  readonly options: NormaliseOptions;
  readonly #events: UnassignedReport[] = [];
  readonly #problems: Problem[] = [];
  /** Further ones in lists are not read: reading must stay cheap. Meta sends at most 1,000 changes at once. */
  #items = 3_000;

  constructor(options: NormaliseOptions) {
    this.options = options;
  }

  /** Whether an event of one of these kinds was read about a call. */
  has(providerCallId: string, ...kinds: readonly ProviderEvent['kind'][]): boolean {
    return this.#events.some(
      ({ event, providerCallId: id }) => id === providerCallId && kinds.includes(event.kind),
    );
  }

  event(event: UnassignedReport): void {
    this.#events.push(event);
  }

  malformed(path: string, why: string): void {
    this.#problems.push({ path, why, kind: 'malformed' });
  }

  unsupported(path: string, why: string): void {
    this.#problems.push({ path, why, kind: 'unsupported' });
  }

  /**
   * Parses `value`. Reports and drops invalid fields, however deep, and keeps what is valid without
   * them; undefined if nothing is.
   */
  read<S extends z.ZodType>(schema: S, value: unknown, path: string): z.output<S> | undefined {
    const first = schema.safeParse(value);
    if (first.success) return first.data;
    const issues = first.error.issues.slice(0, MOST_ISSUES);
    for (const issue of issues) this.malformed(join(path, issue.path), issue.message);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    // What a field is wrong in may be needed without it; else the whole of it goes.
    const rest = issues.reduce<unknown>((left, { path: at }) => without(left, at), value);
    const again = schema.safeParse(rest);
    if (again.success) return again.data;
    const wrong = new Set(first.error.issues.map((issue) => String(issue.path[0])));
    const kept = Object.entries(value).filter(([key]) => !wrong.has(key));
    return schema.safeParse(Object.fromEntries(kept)).data;
  }

  /** Reads every item of a list. An empty list is a problem, because it yields nothing. */
  each(
    items: readonly unknown[],
    path: string,
    one: (reader: Reader, item: unknown, path: string) => void,
  ): void {
    if (items.length === 0) this.malformed(path, 'is empty');
    const most = Math.min(items.length, this.#items);
    this.#items -= most;
    for (let index = 0; index < most; index++) one(this, items[index], `${path}[${index}]`);
    if (most < items.length) this.malformed(path, `has ${items.length} items, which no sender has`);
  }

  /** An event's time, Unix ms: as stated, or the arrival of the delivery. */
  at(stated: number | undefined, path: string): number {
    if (stated !== undefined) return stated;
    this.malformed(`${path}.timestamp`, 'no usable time; the time of arrival stands in');
    return this.options.receivedAt;
  }

  result(): Normalised {
    return { events: this.#events, problems: this.#problems };
  }
}

/** A copy without what stands at a path. */
function without(value: unknown, [key, ...deeper]: readonly PropertyKey[]): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => (index === key ? without(one, deeper) : one));
  }
  const fields = Object.entries(value).filter(([name]) => name !== key || deeper.length > 0);
  return Object.fromEntries(
    fields.map(([name, one]) => [name, name === key ? without(one, deeper) : one]),
  );
}

function join(path: string, keys: readonly PropertyKey[]): string {
  let whole = path;
  for (const key of keys) {
    if (typeof key === 'number') whole += `[${key}]`;
    else whole += whole === '' ? String(key) : `.${String(key)}`;
  }
  return whole;
}
