import { z } from 'zod';
import { outcomes } from '../../../shared/call/record.ts';
import {
  type Blame,
  blames,
  type CountedPart,
  type CountedTransfer,
} from '../../../shared/insight/counted-call.ts';
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
/** Of 32 bits, for each call. A length is stored with one added, so that 0 is none. */
const WORDS = 11;
const at = {
  ms: 0,
  place: 1,
  account: 2,
  what: 3,
  answer: 4,
  talk: 5,
  hold: 6,
  wrapUp: 7,
  billed: 8,
  micros: 9,
  labels: 10,
} as const;

/** Which agent had it: nobody, this one, or a teammate, whose word follows. */
const NOBODY = 0;
const OWN = 1;
const FIRST_TEAMMATE = 2;

const words = z
  .object({
    words: z.array(z.string()),
    transfers: z.array(
      z.tuple([z.number(), z.array(z.object({ to: z.string(), end: z.string().optional() }))]),
    ),
  })
  .catch({ words: [], transfers: [] });

/** Packs a day's calls: 44 bytes each, and each name once. */
export function packDay(day: number, calls: readonly LoggedCall[]): PackedDay {
  const packed = new Uint32Array(calls.length * WORDS);
  const known = new Map<string, number>();
  const wordOf = (text: string) => {
    const place = known.get(text) ?? known.size;
    known.set(text, place);
    return place;
  };
  const transfers: [number, readonly CountedTransfer[]][] = [];
  for (const [n, call] of calls.entries()) {
    const base = n * WORDS;
    const [part] = call.parts;
    const set = (place: number, value: number) => (packed[base + place] = value);
    set(at.ms, call.at - day * DAY_MS);
    set(at.place, call.seq - call.at * SEQ_PER_MS);
    set(at.account, wordOf(call.accountId));
    set(
      at.what,
      (call.direction === 'outbound' ? 1 : 0) |
        (outcomes.indexOf(call.outcome) << 1) |
        ((call.blame === undefined ? 0 : blames.indexOf(call.blame) + 1) << 5) |
        (Math.round((call.mos ?? 0) * 100) << 8) |
        (letter(call.country, 0) << 20) |
        (letter(call.country, 1) << 25),
    );
    set(at.answer, plusOne(call.answerSeconds));
    set(at.talk, plusOne(part?.talkSeconds));
    set(at.hold, plusOne(part?.holdSeconds));
    set(at.wrapUp, plusOne(part?.wrapUpSeconds));
    set(at.billed, plusOne(call.billedSeconds));
    set(at.micros, plusOne(call.billedMicros));
    const agent = part ? (part.agent === SELF ? OWN : FIRST_TEAMMATE + wordOf(part.agent)) : NOBODY;
    const label = call.disposition === undefined ? 0 : wordOf(call.disposition) + 1;
    set(at.labels, (agent << 16) | label);
    if (call.transfers.length > 0) transfers.push([n, call.transfers]);
  }
  return {
    day,
    calls: Buffer.from(packed.buffer),
    words: JSON.stringify({ words: [...known.keys()], transfers }),
  };
}

/**
 * Visits each call of a packed day, in the order of the log. All visits are given the same object, because a million new
 * ones would take longer than counting them.
 */
export function eachCall(packed: PackedDay, visit: (call: LoggedCall) => void): void {
  const { day, calls } = packed;
  const list = words.parse(parseColumn(packed.words));
  const transfers = new Map(list.transfers);
  const word = (n: number) => list.words[n] ?? '';
  const all = new Uint32Array(
    calls.buffer.slice(calls.byteOffset, calls.byteOffset + calls.length),
  );
  const part: CountedPart = {
    agent: SELF,
    talkSeconds: undefined,
    holdSeconds: undefined,
    wrapUpSeconds: undefined,
  };
  const parts = [part];
  const nobody: readonly CountedPart[] = [];
  const none: readonly CountedTransfer[] = [];
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
  const get = (index: number) => all[index] ?? 0;
  for (let base = 0, n = 0; base < all.length; base += WORDS, n++) {
    const what = get(base + at.what);
    const labels = get(base + at.labels);
    const agent = labels >>> 16;
    const label = labels & 0xffff;
    call.at = day * DAY_MS + get(base + at.ms);
    call.seq = call.at * SEQ_PER_MS + get(base + at.place);
    call.accountId = word(get(base + at.account));
    call.direction = (what & 1) === 1 ? 'outbound' : 'inbound';
    call.outcome = outcomes[(what >>> 1) & 15] ?? 'interrupted';
    call.blame = blameAt((what >>> 5) & 7);
    call.mos = mosAt((what >>> 8) & 0xfff);
    call.country = countryAt(what >>> 20);
    call.answerSeconds = minusOne(get(base + at.answer));
    call.billedSeconds = minusOne(get(base + at.billed));
    call.billedMicros = minusOne(get(base + at.micros));
    call.disposition = label === 0 ? undefined : word(label - 1);
    call.transfers = transfers.size === 0 ? none : (transfersAt(transfers.get(n)) ?? none);
    call.parts = agent === NOBODY ? nobody : parts;
    part.agent = agent >= FIRST_TEAMMATE ? word(agent - FIRST_TEAMMATE) : SELF;
    part.talkSeconds = minusOne(get(base + at.talk));
    part.holdSeconds = minusOne(get(base + at.hold));
    part.wrapUpSeconds = minusOne(get(base + at.wrapUp));
    visit(call);
  }
}

const plusOne = (value: number | undefined): number => (value === undefined ? 0 : value + 1);
const minusOne = (stored: number): number | undefined => (stored === 0 ? undefined : stored - 1);

const blameAt = (n: number): Blame | undefined => (n === 0 ? undefined : blames[n - 1]);
const mosAt = (n: number): number | undefined => (n === 0 ? undefined : n / 100);

/** A letter of a country, 1 to 26 in five bits; 0 without one. */
const letter = (country: string | undefined, n: number): number =>
  country === undefined ? 0 : (country.charCodeAt(n) - 64) & 31;

const countries: (string | undefined)[] = Array.from({ length: 1024 }, (_, n) =>
  n === 0 ? undefined : String.fromCharCode(64 + (n & 31), 64 + (n >>> 5)),
);
const countryAt = (n: number): string | undefined => countries[n & 1023];

/** Only `packDay` writes it. */
function transfersAt(
  stored: readonly { to: string; end?: string | undefined }[] | undefined,
): readonly CountedTransfer[] | undefined {
  return stored?.filter((one): one is CountedTransfer => typeof one.to === 'string');
}
