import { blames, type Blame } from '../../../shared/protocol/insight-question.ts';
import { z } from 'zod';
import { outcomes } from '../../../shared/call/record.ts';
import { type CountedPart, type CountedTransfer } from '../../../shared/insight/counted-call.ts';
import { SEQ_PER_MS } from '../call-log.ts';
import { parseColumn } from '../json.ts';
import { type LoggedCall, SELF } from './day-calls.ts';

/** A row of `insight_day`. */
export interface PackedDay {
  day: number;
  calls: Buffer;
  words: string;
}

const DAY_MS = 86_400_000;
/** Of 32 bits, for each call; after them two for each call of ours, in the same order. */
const WORDS = 5;
const OURS = 2;

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
} as const;
const most = (name: keyof typeof bits): number => 2 ** bits[name] - 1;

/** Which agent had it: nobody, this one, or a teammate, whose word follows. */
const NOBODY = 0;
const OWN = 1;
const FIRST_TEAMMATE = 2;

const sidecar = z
  .object({
    calls: z.number(),
    words: z.array(z.string()),
    /** Of calls that share their millisecond with others, the place among them. */
    places: z.array(z.tuple([z.number(), z.number()])),
    transfers: z.array(
      z.tuple([z.number(), z.array(z.object({ to: z.string(), end: z.string().optional() }))]),
    ),
  })
  .catch({ calls: 0, words: [], places: [], transfers: [] });

/**
 * Packs a day's calls: 20 bytes each, 28 those of ours, and each name once.
 *
 * @returns undefined for a day with a value that has no room, such as a call of more than 18 hours
 */
export function packDay(day: number, calls: readonly LoggedCall[]): PackedDay | undefined {
  const ours = calls.filter(({ direction }) => direction === 'outbound');
  const packed = new Uint32Array(calls.length * WORDS + ours.length * OURS);
  const known = new Map<string, number>();
  const wordOf = (text: string) => {
    const place = known.get(text) ?? known.size;
    known.set(text, place);
    return place;
  };
  let hasRoom = true;
  const fit = (name: keyof typeof bits, value: number) => {
    if (value > most(name)) hasRoom = false;
    return value;
  };
  const places: [number, number][] = [];
  const transfers: [number, readonly CountedTransfer[]][] = [];
  for (const [n, call] of calls.entries()) {
    const [part] = call.parts;
    const place = call.seq - call.at * SEQ_PER_MS;
    if (place > 0) places.push([n, place]);
    if (call.transfers.length > 0) transfers.push([n, call.transfers]);
    const blame = call.blame === undefined ? 0 : blames.indexOf(call.blame) + 1;
    const isOurs = call.direction === 'outbound' ? 1 : 0;
    const agent = part ? (part.agent === SELF ? OWN : FIRST_TEAMMATE + wordOf(part.agent)) : NOBODY;
    const label = call.disposition === undefined ? 0 : wordOf(call.disposition) + 1;
    packed.set(
      [
        (call.at - day * DAY_MS) | (blame << 27) | (isOurs << 30),
        outcomes.indexOf(call.outcome) |
          (packCountry(call.country) << 4) |
          (Math.round((call.mos ?? 0) * 100) << 14) |
          (fit('account', wordOf(call.accountId)) << 23),
        fit('answer', plusOne(call.answerSeconds)) |
          (fit('hold', plusOne(part?.holdSeconds)) << 16),
        fit('talk', plusOne(part?.talkSeconds)) |
          (fit('wrapUp', plusOne(part?.wrapUpSeconds)) << 17),
        fit('label', label) | (fit('agent', agent) << 16),
      ],
      n * WORDS,
    );
  }
  for (const [n, { billedSeconds, billedMicros }] of ours.entries()) {
    packed.set([plusOne(billedSeconds), plusOne(billedMicros)], calls.length * WORDS + n * OURS);
  }
  if (!hasRoom) return undefined;
  const words = [...known.keys()];
  return {
    day,
    calls: Buffer.from(packed.buffer),
    words: JSON.stringify({ calls: calls.length, words, places, transfers }),
  };
}

/**
 * Visits each call of a packed day, in the order of the log. All visits are given the same object, because a million new
 * ones would take longer than counting them.
 */
export function eachCall(packed: PackedDay, visit: (call: LoggedCall) => void): void {
  const { day } = packed;
  const list = sidecar.parse(parseColumn(packed.words));
  const transfers = new Map(list.transfers);
  const places = new Map(list.places);
  const { words } = list;
  const all = numbersOf(packed.calls);
  const part: CountedPart = {
    agent: SELF,
    talkSeconds: undefined,
    holdSeconds: undefined,
    wrapUpSeconds: undefined,
  };
  const parts = [part];
  const call: LoggedCall = {
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
    parts,
    transfers: none,
  };
  const dayMs = day * DAY_MS;
  let next = list.calls * WORDS;
  for (let n = 0, base = 0; n < list.calls; n++, base += WORDS) {
    const begun = all[base] ?? 0;
    const what = all[base + 1] ?? 0;
    const waits = all[base + 2] ?? 0;
    const talks = all[base + 3] ?? 0;
    const names = all[base + 4] ?? 0;
    const agent = names >>> 16;
    const label = names & 0xffff;
    const isOurs = (begun >>> 30) & 1;
    call.at = dayMs + (begun & 0x7ff_ffff);
    call.seq = call.at * SEQ_PER_MS + (places.size === 0 ? 0 : (places.get(n) ?? 0));
    call.blame = blameAt((begun >>> 27) & 7);
    call.direction = isOurs === 1 ? 'outbound' : 'inbound';
    call.outcome = outcomes[what & 15] ?? 'interrupted';
    call.country = countries[(what >>> 4) & 1023];
    call.mos = mosAt((what >>> 14) & 511);
    call.accountId = words[what >>> 23] ?? '';
    call.answerSeconds = minusOne(waits & 0xffff);
    call.disposition = label === 0 ? undefined : words[label - 1];
    call.transfers = transfers.size === 0 ? none : transfersOf(transfers.get(n));
    call.billedSeconds = isOurs === 1 ? minusOne(all[next] ?? 0) : undefined;
    call.billedMicros = isOurs === 1 ? minusOne(all[next + 1] ?? 0) : undefined;
    next += OURS * isOurs;
    call.parts = agent === NOBODY ? nobody : parts;
    part.agent = agent >= FIRST_TEAMMATE ? (words[agent - FIRST_TEAMMATE] ?? '') : SELF;
    part.talkSeconds = minusOne(talks & 0x1_ffff);
    part.holdSeconds = minusOne(waits >>> 16);
    part.wrapUpSeconds = minusOne(talks >>> 17);
    visit(call);
  }
}

const nobody: readonly CountedPart[] = [];
const none: readonly CountedTransfer[] = [];

/** A column of SQLite may begin anywhere in its buffer. */
function numbersOf({ buffer, byteOffset, length }: Buffer): Uint32Array {
  const bytes = Uint32Array.BYTES_PER_ELEMENT;
  return byteOffset % bytes === 0
    ? new Uint32Array(buffer, byteOffset, length / bytes)
    : new Uint32Array(buffer.slice(byteOffset, byteOffset + length));
}

const plusOne = (value: number | undefined): number => (value === undefined ? 0 : value + 1);
const minusOne = (stored: number): number | undefined => (stored === 0 ? undefined : stored - 1);

const blameAt = (n: number): Blame | undefined => (n === 0 ? undefined : blames[n - 1]);
const mosAt = (n: number): number | undefined => (n === 0 ? undefined : n / 100);

/** Two letters in five bits each; 0 is none. */
const packCountry = (country: string | undefined): number =>
  country === undefined ? 0 : letterOf(country, 0) | (letterOf(country, 1) << 5);
const letterOf = (country: string, n: number): number => (country.charCodeAt(n) - 64) & 31;

const countries: readonly (string | undefined)[] = Array.from({ length: 1024 }, (_, n) =>
  n === 0 ? undefined : String.fromCharCode(64 + (n & 31), 64 + (n >>> 5)),
);

/** Only `packDay` writes them. */
function transfersOf(
  stored: readonly { to: string; end?: string | undefined }[] | undefined,
): readonly CountedTransfer[] {
  return stored?.filter((one): one is CountedTransfer => typeof one.to === 'string') ?? none;
}
