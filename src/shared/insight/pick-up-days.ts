import { type CountedCall, fateOf } from './counted-call.ts';
import type { DayColumns } from './day-columns.ts';
import { countFate, type DayCounts, noCounts, type Counts } from './hours.ts';
import { eachQuarter } from './quarters.ts';
import { dateOfDay, type LocalHours } from './local-hours.ts';

/** Each number's calls by local day, oldest first. */
export class PickUpTally {
  readonly #hours: LocalHours;
  readonly #numbers = new Map<string, Map<number, Counts>>();

  constructor(hours: LocalHours) {
    this.#hours = hours;
  }

  add(call: CountedCall): void {
    this.#add(call.accountId, call.at, fateOf(call), 1);
  }

  addDay(day: DayColumns, counted: Uint8Array | undefined): void {
    const add = (account: number, at: number, fate: number, calls: number) =>
      this.#add(day.name('number', account) ?? '', at, fate, calls);
    eachQuarter(day, counted, this.#hours, add, (n) => day.account(n));
  }

  #add(accountId: string, at: number, fate: number, calls: number): void {
    const { day } = this.#hours.at(at);
    const days = this.#numbers.get(accountId) ?? new Map<number, Counts>();
    this.#numbers.set(accountId, days);
    const counts = days.get(day) ?? noCounts();
    days.set(day, counts);
    countFate(counts, fate, calls);
  }

  result(): readonly { accountId: string; days: readonly DayCounts[] }[] {
    return [...this.#numbers].map(([accountId, days]) => ({
      accountId,
      days: [...days]
        .sort(([a], [b]) => a - b)
        .map(([day, counts]) => ({ date: dateOfDay(day), ...counts })),
    }));
  }
}
