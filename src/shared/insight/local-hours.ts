import { isoDate, offset } from '../rules/zoned-time.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
export const QUARTER_MS = 900_000;
/** Of a UTC day. */
export const QUARTERS = DAY_MS / QUARTER_MS;
/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const EPOCH_WEEKDAY = 3;

export const HOURS_OF_WEEK = 7 * 24;

/** A moment as a clock on the wall shows it. The same object is used again by the next answer. */
export interface LocalPlace {
  /** Days since 1 January 1970, by the local date. */
  day: number;
  /** 0 is Monday. */
  weekday: number;
  /** 0–23. An hour that the clocks repeat is one. */
  hour: number;
}

/**
 * By zone and UTC day: its offset, or one for each quarter-hour of a day on which it changes. Kept, because asking for one
 * takes longer than counting a hundred calls.
 */
const offsetsOfZones = new Map<string, Map<number, number | readonly number[]>>();

/** Local days and hours of a time zone, for many moments. */
export class LocalHours {
  readonly #zone: string;
  readonly #offsets: Map<number, number | readonly number[]>;
  #utcDay = Number.NaN;
  #offset: number | readonly number[] = 0;
  readonly #place: LocalPlace = { day: 0, weekday: 0, hour: 0 };

  /** @param zone one that `isTimeZone` knows */
  constructor(zone: string) {
    this.#zone = zone;
    this.#offsets = offsetsOfZones.get(zone) ?? new Map();
    offsetsOfZones.set(zone, this.#offsets);
  }

  /** @param at Unix ms */
  at(at: number): LocalPlace {
    const utcDay = Math.floor(at / DAY_MS);
    if (utcDay !== this.#utcDay) {
      this.#utcDay = utcDay;
      this.#offset = this.#offsetsOf(utcDay);
    }
    const known = this.#offset;
    const shift =
      typeof known === 'number'
        ? known
        : (known[Math.floor((at - utcDay * DAY_MS) / QUARTER_MS)] ?? 0);
    const local = at + shift;
    const place = this.#place;
    place.day = Math.floor(local / DAY_MS);
    place.weekday = (place.day + EPOCH_WEEKDAY) % 7;
    place.hour = Math.floor((local - place.day * DAY_MS) / HOUR_MS);
    return place;
  }

  /** Whether the clocks show one hour within each quarter-hour of a UTC day. @param begins Unix ms */
  isQuartered(begins: number): boolean {
    const offsets = this.#offsetsOf(Math.floor(begins / DAY_MS));
    return [offsets].flat().every((shift) => shift % QUARTER_MS === 0);
  }

  #offsetsOf(utcDay: number): number | readonly number[] {
    const known = this.#offsets.get(utcDay);
    if (known !== undefined) return known;
    const from = utcDay * DAY_MS;
    const first = offset(this.#zone, from);
    const found =
      offset(this.#zone, from + DAY_MS - 1) === first
        ? first
        : Array.from({ length: QUARTERS }, (_, n) => offset(this.#zone, from + n * QUARTER_MS));
    this.#offsets.set(utcDay, found);
    return found;
  }
}

/** The date of a day of `LocalPlace`, `YYYY-MM-DD`. */
export const dateOfDay = (day: number): string => isoDate(day * DAY_MS);

/** When a local day begins, Unix ms: at midnight, or at the first moment that the clocks do not skip. */
export function startOfDay(day: number, zone: string): number {
  const midnight = day * DAY_MS;
  // Before and after a change; the earlier one is the first moment of that date.
  const tried = [offset(zone, midnight - DAY_MS), offset(zone, midnight + DAY_MS)]
    .map((shift) => midnight - shift)
    .sort((a, b) => a - b);
  const hours = new LocalHours(zone);
  const exact = tried.find((at) => hours.at(at).day === day && hours.at(at - 1).day < day);
  if (exact !== undefined) return exact;
  // Midnight itself is skipped: the day begins with the change.
  let [low, high] = [(tried[0] ?? midnight) - DAY_MS / 2, (tried.at(-1) ?? midnight) + DAY_MS / 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (hours.at(middle).day < day) low = middle;
    else high = middle;
  }
  return high;
}
