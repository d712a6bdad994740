import type { Blame } from '../protocol/insight-question.ts';
import type { CountedCall } from './counted-call.ts';
import { dateOfDay, type LocalHours } from './local-hours.ts';
import { qualityOf } from './slice.ts';

/** Measured calls by whose network broke up the sound. */
export interface QualityCounts extends Record<Blame | 'good', number> {
  /** Of those with an estimate. */
  mos?: number | undefined;
}

export interface QualityFigures {
  all: QualityCounts;
  /** Local days with measured calls, oldest first. */
  days: readonly (QualityCounts & { date: string })[];
}

interface Sum extends Record<Blame | 'good', number> {
  /** Hundredths, so that sums are exact. */
  mos: number;
  scored: number;
}

const nothing = (): Sum => ({
  good: 0,
  agent: 0,
  customer: 0,
  relay: 0,
  unclear: 0,
  mos: 0,
  scored: 0,
});

/** The voice quality of each day, and who is to blame. */
export class QualityTally {
  readonly #hours: LocalHours;
  readonly #all = nothing();
  readonly #days = new Map<number, Sum>();

  constructor(hours: LocalHours) {
    this.#hours = hours;
  }

  add(call: CountedCall): void {
    const quality = qualityOf(call);
    if (quality === undefined) return;
    const { day } = this.#hours.at(call.at);
    const ofDay = this.#days.get(day) ?? nothing();
    this.#days.set(day, ofDay);
    for (const sum of [this.#all, ofDay]) {
      sum[quality] += 1;
      if (call.mos !== undefined) {
        sum.mos += Math.round(call.mos * 100);
        sum.scored += 1;
      }
    }
  }

  result(): QualityFigures {
    return {
      all: shown(this.#all),
      days: [...this.#days]
        .sort(([a], [b]) => a - b)
        .map(([day, sum]) => ({ date: dateOfDay(day), ...shown(sum) })),
    };
  }
}

const shown = ({ mos, scored, ...counts }: Sum): QualityCounts => ({
  ...counts,
  ...(scored > 0 && { mos: mos / scored / 100 }),
});
