import { outcomes } from '../../../shared/call/record.ts';
import {
  type CountedPart,
  type CountedTransfer,
  fateOf,
} from '../../../shared/insight/counted-call.ts';
import type { DayColumns } from '../../../shared/insight/day-columns.ts';
import { type Blame, blames } from '../../../shared/protocol/insight-question.ts';
import { SEQ_PER_MS } from '../call-seq.ts';
import { type LoggedCall, SELF } from './day-calls.ts';
import {
  FIRST_TEAMMATE,
  NOBODY,
  OURS,
  OWN,
  type PackedDay,
  type Rare,
  WORDS,
  type Words,
} from './packed-day.ts';

const DAY_MS = 86_400_000;

/** Reads a packed day: its columns, or its calls one by one. */
export class PackedCalls implements DayColumns {
  readonly begins: number;
  readonly calls: number;
  readonly #all: Uint32Array;
  readonly #words: readonly string[];
  readonly #rare: string;

  private constructor(day: number, { calls, words }: Words, rare: string, all: Uint32Array) {
    this.begins = day * DAY_MS;
    this.calls = calls;
    this.#all = all;
    this.#words = words;
    this.#rare = rare;
  }

  /** Undefined if it cannot be read. */
  static of({ day, words, rare, calls }: PackedDay): PackedCalls | undefined {
    const known = wordsOf(words);
    const all = numbersOf(calls);
    if (!known || all.length < known.calls * WORDS) return undefined;
    return new PackedCalls(day, known, rare, all);
  }

  /** Whether the columns have all calls of the day; else `each` has them. */
  get isPlain(): boolean {
    // `odd` is written last.
    return this.#rare === '' || this.#rare.endsWith('"odd":[]}');
  }

  ms(n: number): number {
    return this.#word(n, 0) & 0x7ff_ffff;
  }

  fate(n: number): number {
    return fatesOf[this.#isOurs(n)]?.[this.outcome(n)] ?? 0;
  }

  outcome(n: number): number {
    return this.#word(n, 1) & 15;
  }

  country(n: number): number {
    return (this.#word(n, 1) >>> 4) & 1023;
  }

  mos(n: number): number {
    return (this.#word(n, 1) >>> 14) & 511;
  }

  account(n: number): number {
    return this.#word(n, 1) >>> 23;
  }

  blame(n: number): number {
    return (this.#word(n, 0) >>> 27) & 7;
  }

  answer(n: number): number {
    return (this.#word(n, 2) & 0xffff) - 1;
  }

  hold(n: number): number {
    return (this.#word(n, 2) >>> 16) - 1;
  }

  talk(n: number): number {
    return (this.#word(n, 3) & 0x1_ffff) - 1;
  }

  wrapUp(n: number): number {
    return (this.#word(n, 3) >>> 17) - 1;
  }

  disposition(n: number): number {
    return this.#word(n, 4) & 0xffff;
  }

  agent(n: number): number {
    return this.#word(n, 4) >>> 16;
  }

  name(dimension: Parameters<DayColumns['name']>[0], code: number): string | undefined {
    switch (dimension) {
      case 'number':
        return this.#words[code] ?? '';
      case 'agent':
        if (code === NOBODY) return undefined;
        return code === OWN ? SELF : (this.#words[code - FIRST_TEAMMATE] ?? '');
      case 'outcome':
        return outcomes[code];
      case 'country':
        return countries[code] ?? '';
      case 'disposition':
        return code === 0 ? undefined : this.#words[code - 1];
      default:
        return dimension satisfies never;
    }
  }

  /**
   * Visits the calls in the order of the log. All visits are given the same object, because a million new ones would take
   * longer than counting them.
   *
   * @param only which calls; missing: all
   */
  each(visit: (call: LoggedCall) => void, only?: 'ours' | 'transferred'): void {
    const rare = rareOf(this.#rare);
    const places = new Map(rare.places);
    const transfers = new Map(rare.transfers);
    const odd = new Map(rare.odd);
    const part = { agent: SELF, ...noLengths };
    const parts = [part];
    const call: LoggedCall = { ...noCall, parts };
    let billed = this.calls * WORDS;
    for (let n = 0; n < this.calls; n++) {
      const isOurs = this.#isOurs(n);
      const bill = billed;
      billed += OURS * isOurs;
      if (only === 'ours' && isOurs === 0) continue;
      if (only === 'transferred' && !transfers.has(n)) continue;
      const exact = odd.get(n);
      if (exact) {
        visit(exact);
        continue;
      }
      const mos = this.mos(n);
      call.at = this.begins + this.ms(n);
      call.seq = call.at * SEQ_PER_MS + (places.get(n) ?? 0);
      call.blame = blameAt(this.blame(n));
      call.direction = isOurs === 1 ? 'outbound' : 'inbound';
      call.outcome = outcomes[this.outcome(n)] ?? 'interrupted';
      call.country = countries[this.country(n)];
      call.mos = mos === 0 ? undefined : mos / 100;
      call.accountId = this.#words[this.account(n)] ?? '';
      call.answerSeconds = secondsOf(this.answer(n));
      call.disposition = this.name('disposition', this.disposition(n));
      call.transfers = transfers.get(n) ?? none;
      call.billedSeconds = isOurs === 1 ? secondsOf((this.#all[bill] ?? 0) - 1) : undefined;
      call.billedMicros = isOurs === 1 ? secondsOf((this.#all[bill + 1] ?? 0) - 1) : undefined;
      const agent = this.name('agent', this.agent(n));
      call.parts = agent === undefined ? nobody : parts;
      part.agent = agent ?? SELF;
      part.talkSeconds = secondsOf(this.talk(n));
      part.holdSeconds = secondsOf(this.hold(n));
      part.wrapUpSeconds = secondsOf(this.wrapUp(n));
      visit(call);
    }
  }

  #word(n: number, which: number): number {
    return this.#all[n * WORDS + which] ?? 0;
  }

  #isOurs(n: number): 0 | 1 {
    return ((this.#word(n, 0) >>> 30) & 1) === 1 ? 1 : 0;
  }
}

/** Only `packDay` writes them. */
function wordsOf(text: string): Words | undefined {
  try {
    const words: Words = JSON.parse(text);
    return words;
  } catch {
    return undefined;
  }
}

function rareOf(text: string): Rare {
  if (text === '') return { places: [], transfers: [], odd: [] };
  const rare: Rare = JSON.parse(text);
  return rare;
}

const nobody: readonly CountedPart[] = [];
const none: readonly CountedTransfer[] = [];
const noLengths: Omit<CountedPart, 'agent'> = {
  talkSeconds: undefined,
  holdSeconds: undefined,
  wrapUpSeconds: undefined,
};
const noCall: LoggedCall = {
  seq: 0,
  at: 0,
  accountId: '',
  direction: 'inbound',
  outcome: 'missed',
  country: undefined,
  answerSeconds: undefined,
  billedSeconds: undefined,
  billedMicros: undefined,
  disposition: undefined,
  mos: undefined,
  blame: undefined,
  parts: nobody,
  transfers: none,
};

/** By direction (ours are the second) and outcome. */
const fatesOf = (['inbound', 'outbound'] as const).map((direction) =>
  outcomes.map((outcome) => fateOf({ direction, outcome })),
);

/** A column of SQLite may begin anywhere in its buffer. */
function numbersOf({ buffer, byteOffset, length }: Buffer): Uint32Array {
  const bytes = Uint32Array.BYTES_PER_ELEMENT;
  return byteOffset % bytes === 0
    ? new Uint32Array(buffer, byteOffset, length / bytes)
    : new Uint32Array(buffer.slice(byteOffset, byteOffset + length));
}

const secondsOf = (column: number): number | undefined => (column < 0 ? undefined : column);
const blameAt = (code: number): Blame | undefined => blames[code - 1];

const countries: readonly (string | undefined)[] = Array.from({ length: 1024 }, (_, n) =>
  n === 0 ? undefined : String.fromCharCode(64 + (n & 31), 64 + (n >>> 5)),
);
