import { blames, type Blame } from '../protocol/insight-question.ts';
import type { CountedCall } from './counted-call.ts';
import type { DayColumns } from './day-columns.ts';
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
  #day = Number.NaN;
  #ofDay = nothing();

  constructor(hours: LocalHours) {
    this.#hours = hours;
  }

  add(call: CountedCall): void {
    const quality = qualityOf(call);
    if (quality === undefined) return;
    const mos = call.mos === undefined ? 0 : Math.round(call.mos * 100);
    this.#add(call.at, quality, mos);
  }

  addDay(day: DayColumns, counted: Uint8Array | undefined): void {
    for (let n = 0; n < day.calls; n++) {
      if (counted !== undefined && counted[n] === 0) continue;
      const mos = day.mos(n);
      const blame = blames[day.blame(n) - 1];
      if (blame === undefined && mos === 0) continue;
      this.#add(day.begins + day.ms(n), blame ?? 'good', mos);
    }
  }

  /** @param mos in hundredths; 0: none */
  #add(at: number, quality: Blame | 'good', mos: number): void {
    const { day } = this.#hours.at(at);
    if (day !== this.#day) {
      this.#day = day;
      this.#ofDay = this.#days.get(day) ?? nothing();
      this.#days.set(day, this.#ofDay);
    }
    addTo(this.#all, quality, mos);
    addTo(this.#ofDay, quality, mos);
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

function addTo(sum: Sum, quality: Blame | 'good', mos: number): void {
  sum[quality] += 1;
  if (mos === 0) return;
  sum.mos += mos;
  sum.scored += 1;
}

const shown = ({ mos, scored, ...counts }: Sum): QualityCounts => ({
  ...counts,
  ...(scored > 0 && { mos: mos / scored / 100 }),
});
