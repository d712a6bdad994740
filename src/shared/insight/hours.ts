import { type CountedCall, fateOf, fates } from './counted-call.ts';
import type { DayColumns } from './day-columns.ts';
import { dateOfDay, HOURS_OF_WEEK, type LocalHours } from './local-hours.ts';
import { eachQuarter } from './quarters.ts';

/** Calls by what happened to them. */
export interface Counts {
  /** Customers' calls. */
  received: number;
  pickedUp: number;
  missed: number;
  /** Ours. */
  placed: number;
  reached: number;
}

export const noCounts = (): Counts => ({
  received: 0,
  pickedUp: 0,
  missed: 0,
  placed: 0,
  reached: 0,
});

export interface DayCounts extends Counts {
  /** `YYYY-MM-DD`. */
  date: string;
}

export interface HoursFigures {
  all: Counts;
  /** By the hour of the week, Monday 0:00 first. */
  week: readonly Counts[];
  /** Local days with calls, oldest first. */
  days: readonly DayCounts[];
}

/** Counts calls that all have this fate (`fateOf`). */
export function countFate(counts: Counts, fate: number, calls: number): void {
  const known = fates[fate];
  if (!known) return;
  const { direction, kind } = known;
  if (direction === 'inbound') {
    counts.received += calls;
    if (kind === 'pickedUp') counts.pickedUp += calls;
    else if (kind === 'missed') counts.missed += calls;
  } else {
    counts.placed += calls;
    if (kind === 'reached') counts.reached += calls;
  }
}

/** Adds `other` to `sum`. */
function addCounts(sum: Counts, other: Counts): void {
  sum.received += other.received;
  sum.pickedUp += other.pickedUp;
  sum.missed += other.missed;
  sum.placed += other.placed;
  sum.reached += other.reached;
}

/** Calls by the hour of the week, and by the day. */
export class HoursTally {
  readonly #hours: LocalHours;
  readonly #week = Array.from({ length: HOURS_OF_WEEK }, noCounts);
  readonly #days = new Map<number, Counts>();
  #day = Number.NaN;
  #ofDay = noCounts();

  constructor(hours: LocalHours) {
    this.#hours = hours;
  }

  add(call: CountedCall): void {
    this.#add(call.at, fateOf(call), 1);
  }

  addDay(day: DayColumns, counted: Uint8Array | undefined): void {
    eachQuarter(day, counted, this.#hours, (_, at, fate, calls) => this.#add(at, fate, calls));
  }

  #add(at: number, fate: number, calls: number): void {
    const { day, weekday, hour } = this.#hours.at(at);
    const cell = this.#week[weekday * 24 + hour];
    if (cell) countFate(cell, fate, calls);
    if (day !== this.#day) {
      this.#day = day;
      this.#ofDay = this.#days.get(day) ?? noCounts();
      this.#days.set(day, this.#ofDay);
    }
    countFate(this.#ofDay, fate, calls);
  }

  result(): HoursFigures {
    const all = noCounts();
    for (const cell of this.#week) addCounts(all, cell);
    const days = [...this.#days]
      .sort(([a], [b]) => a - b)
      .map(([day, counts]) => ({ date: dateOfDay(day), ...counts }));
    return { all, week: this.#week, days };
  }
}
