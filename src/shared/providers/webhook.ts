import type { z } from 'zod';
import type { ProviderReport } from './events.ts';

export interface NormaliseOptions {
  /** Arrival of the delivery, Unix ms; stands in for a time that is missing or unreadable. */
  receivedAt: number;
  /** What an answer's illegal `a=setup:actpass` is taken for; see `meta/answer-setup.ts`. */
  actpassAnswer?: 'active' | 'passive' | undefined;
}

/** A report before it is known which of our accounts it is about. */
export interface UnassignedReport extends Omit<ProviderReport, 'accountId'> {
  /** The provider's id of the number that the event is about; missing if the delivery did not say. */
  numberId: string | undefined;
  /** The same text for every delivery of the same fact of one account, so that repetitions are recognised. */
  identity: string;
}

/** Something in a delivery that became no event, or an event with a part left out. */
export interface Problem {
  /** Where, e.g. `entry[0].changes[0].value.calls[1].session`; empty for the body as a whole. */
  path: string;
  why: string;
  /** `unsupported`: well-formed, but of no use to us. `malformed`: not as documented. */
  kind: 'malformed' | 'unsupported';
}

/** What was found in one delivery; at least one of either. */
export interface Normalised {
  events: readonly UnassignedReport[];
  problems: readonly Problem[];
}

/** Collects what is found on the way through one delivery. */
export class Reader {
  readonly options: NormaliseOptions;
  readonly #events: UnassignedReport[] = [];
  readonly #problems: Problem[] = [];

  constructor(options: NormaliseOptions) {
    this.options = options;
  }

  /** Whether a call's beginning was read: a customer's offer, or the answer to ours. */
  hasBegun(providerCallId: string): boolean {
    return this.#events.some(
      ({ event, providerCallId: id }) =>
        id === providerCallId && (event.kind === 'offer' || event.kind === 'answer'),
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
   * Parses `value`. A field that is wrong is reported and left out, and what can be understood without it is kept;
   * undefined if nothing can.
   */
  read<S extends z.ZodType>(schema: S, value: unknown, path: string): z.output<S> | undefined {
    const first = schema.safeParse(value);
    if (first.success) return first.data;
    for (const issue of first.error.issues) {
      this.malformed(join(path, issue.path), issue.message);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const wrong = new Set(first.error.issues.map((issue) => String(issue.path[0])));
    const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key)));
    const second = schema.safeParse(rest);
    return second.success ? second.data : undefined;
  }

  /** Reads every item of a list; an empty one is a problem, because nothing comes of it. */
  each(
    items: readonly unknown[],
    path: string,
    one: (reader: Reader, item: unknown, path: string) => void,
  ): void {
    if (items.length === 0) this.malformed(path, 'is empty');
    items.forEach((item, index) => one(this, item, `${path}[${index}]`));
  }

  /** The time of an event, Unix ms: as told, or else the arrival of the delivery. */
  at(told: number | undefined, path: string): number {
    if (told !== undefined) return told;
    this.malformed(`${path}.timestamp`, 'no usable time; the time of arrival stands in');
    return this.options.receivedAt;
  }

  result(): Normalised {
    return { events: this.#events, problems: this.#problems };
  }
}

function join(path: string, keys: readonly PropertyKey[]): string {
  let whole = path;
  for (const key of keys) {
    if (typeof key === 'number') whole += `[${key}]`;
    else whole += whole === '' ? String(key) : `.${String(key)}`;
  }
  return whole;
}
