import type { CountedCall } from './counted-call.ts';
import { count, type DayCounts, noCounts, type Counts } from './hours.ts';
import { dateOfDay, type LocalHours } from './local-hours.ts';

/** Each number's calls by local day, oldest first. */
export class PickUpTally {
  readonly #hours: LocalHours;
  readonly #numbers = new Map<string, Map<number, Counts>>();

  constructor(hours: LocalHours) {
    this.#hours = hours;
  }

  add(call: CountedCall): void {
    const { day } = this.#hours.at(call.at);
    const days = this.#numbers.get(call.accountId) ?? new Map<number, Counts>();
    this.#numbers.set(call.accountId, days);
    const counts = days.get(day) ?? noCounts();
    days.set(day, counts);
    count(counts, call);
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
