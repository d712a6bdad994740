import { blames } from '../../../shared/protocol/insight-question.ts';
import { outcomes } from '../../../shared/call/record.ts';
import { type CountedTransfer } from '../../../shared/insight/counted-call.ts';
import { SEQ_PER_MS } from '../call-seq.ts';
import { type LoggedCall, SELF } from './day-calls.ts';

/** A row of `insight_day`. */
export interface PackedDay {
  day: number;
  words: string;
  /** Empty if no call has any of it. */
  rare: string;
  calls: Buffer;
}

const DAY_MS = 86_400_000;
/** Of 32 bits, for each call; after them two for each call of ours, in the same order. */
export const WORDS = 5;
export const OURS = 2;

/**
 * Bits from the lowest: how many values have, in the order in which they are stored. Lengths are stored with one added,
 * so that 0 is none.
 */
const bits = {
  ms: 27,
  blame: 3,
  isOurs: 1,
  outcome: 4,
  country: 10,
  mos: 9,
  account: 9,
  answer: 16,
  hold: 16,
  talk: 17,
  wrapUp: 15,
  agent: 16,
  label: 16,
  bill: 32,
} as const;

/** Which agent had it: nobody, this one, or a teammate, whose word follows. */
export const NOBODY = 0;
export const OWN = 1;
export const FIRST_TEAMMATE = 2;

/** What the calls of a day refer to by number. */
export interface Words {
  calls: number;
  words: readonly string[];
}

/** What few calls have, by their place in the day. */
export interface Rare {
  /** Of calls that share their millisecond with others, the place among them. */
  places: readonly (readonly [number, number])[];
  transfers: readonly (readonly [number, readonly CountedTransfer[]])[];
  /** Calls with a value that has no room, such as one of more than 18 hours. Their bits are zero. */
  odd: readonly (readonly [number, LoggedCall])[];
}

/** Packs a day's calls: 20 bytes each, 28 those of ours, and each name once. */
export function packDay(day: number, calls: readonly LoggedCall[]): PackedDay {
  const ours = calls.filter(({ direction }) => direction === 'outbound').length;
  const packed = new Uint32Array(calls.length * WORDS + ours * OURS);
  const known = new Map<string, number>();
  const wordOf = (text: string) => {
    const place = known.get(text) ?? known.size;
    known.set(text, place);
    return place;
  };
  const rare = {
    places: [] as [number, number][],
    transfers: [] as [number, readonly CountedTransfer[]][],
    odd: [] as [number, LoggedCall][],
  };
  let bill = calls.length * WORDS;
  for (const [n, call] of calls.entries()) {
    const place = call.seq - call.at * SEQ_PER_MS;
    if (place > 0) rare.places.push([n, place]);
    if (call.transfers.length > 0) rare.transfers.push([n, call.transfers]);
    const packedCall = packCall(call, call.at - day * DAY_MS, wordOf);
    if (packedCall) packed.set(packedCall.call, n * WORDS);
    else rare.odd.push([n, call]);
    if (call.direction !== 'outbound') continue;
    if (!packedCall) packed[n * WORDS] = 1 << 30;
    packed.set(packedCall?.bill ?? [], bill);
    bill += OURS;
  }
  const isPlain = rare.places.length + rare.transfers.length + rare.odd.length === 0;
  return {
    day,
    words: JSON.stringify({ calls: calls.length, words: [...known.keys()] } satisfies Words),
    rare: isPlain ? '' : JSON.stringify(rare satisfies Rare),
    calls: Buffer.from(packed.buffer),
  };
}

/** @returns undefined if a value has no room */
function packCall(
  call: LoggedCall,
  ms: number,
  wordOf: (text: string) => number,
): { call: readonly number[]; bill: readonly number[] } | undefined {
  const [part, other] = call.parts;
  let hasRoom = other === undefined;
  const fit = (name: keyof typeof bits, value: number) => {
    if (value < 0 || value >= 2 ** bits[name]) hasRoom = false;
    return value;
  };
  const isOurs = call.direction === 'outbound' ? 1 : 0;
  const agent = part ? (part.agent === SELF ? OWN : FIRST_TEAMMATE + wordOf(part.agent)) : NOBODY;
  const blame = call.blame === undefined ? 0 : blames.indexOf(call.blame) + 1;
  const label = call.disposition === undefined ? 0 : wordOf(call.disposition) + 1;
  const words = [
    fit('ms', ms) | (blame << 27) | (isOurs << 30),
    outcomes.indexOf(call.outcome) |
      (packCountry(call.country) << 4) |
      (fit('mos', Math.round((call.mos ?? 0) * 100)) << 14) |
      (fit('account', wordOf(call.accountId)) << 23),
    fit('answer', plusOne(call.answerSeconds)) | (fit('hold', plusOne(part?.holdSeconds)) << 16),
    fit('talk', plusOne(part?.talkSeconds)) | (fit('wrapUp', plusOne(part?.wrapUpSeconds)) << 17),
    fit('label', label) | (fit('agent', agent) << 16),
  ];
  const bill = [call.billedSeconds, call.billedMicros].map((one) => fit('bill', plusOne(one)));
  return hasRoom ? { call: words, bill } : undefined;
}

const plusOne = (value: number | undefined): number => (value === undefined ? 0 : value + 1);

/** Two letters in five bits each; 0 is none. */
const packCountry = (country: string | undefined): number =>
  country === undefined ? 0 : letterOf(country, 0) | (letterOf(country, 1) << 5);
const letterOf = (country: string, n: number): number => (country.charCodeAt(n) - 64) & 31;
