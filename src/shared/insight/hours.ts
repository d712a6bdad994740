import { type CountedCall, kindOf } from './counted-call.ts';
import { dateOfDay, HOURS_OF_WEEK, type LocalHours } from './local-hours.ts';

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

/** Counts a call. */
export function count(counts: Counts, call: CountedCall): void {
  const kind = kindOf(call);
  if (call.direction === 'inbound') {
    counts.received += 1;
    if (kind === 'pickedUp') counts.pickedUp += 1;
    else if (kind === 'missed') counts.missed += 1;
  } else {
    counts.placed += 1;
    if (kind === 'reached') counts.reached += 1;
  }
}

/** Adds `other` to `sum`. */
export function addCounts(sum: Counts, other: Counts): void {
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
    const { day, weekday, hour } = this.#hours.at(call.at);
    const cell = this.#week[weekday * 24 + hour];
    if (cell) count(cell, call);
    if (day !== this.#day) {
      this.#day = day;
      this.#ofDay = this.#days.get(day) ?? noCounts();
      this.#days.set(day, this.#ofDay);
    }
    count(this.#ofDay, call);
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
