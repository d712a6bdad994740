import type { Dimension, InsightRange } from '../protocol/insight-question.ts';
import type { TeamOf } from './slice.ts';

/**
 * The calls of one UTC day in columns of numbers, oldest first. A tally that reads two or three of them counts a million
 * calls in a tenth of the time that as many objects take. Calls are named by their place, codes are the day's own.
 */
export interface DayColumns {
  /** When the day begins, Unix ms. */
  readonly begins: number;
  readonly calls: number;
  /** Since the day began. */
  ms(n: number): number;
  /** As in `fateOf`. */
  fate(n: number): number;
  account(n: number): number;
  /** Who had it; 0: nobody. */
  agent(n: number): number;
  outcome(n: number): number;
  country(n: number): number;
  disposition(n: number): number;
  /** What a code of these columns stands for. */
  name(dimension: Exclude<Dimension, 'team'>, code: number): string | undefined;
  /** Whole seconds; −1: there are none. */
  answer(n: number): number;
  talk(n: number): number;
  hold(n: number): number;
  wrapUp(n: number): number;
  /** The place in `blames`, with one added; 0: nobody's. */
  blame(n: number): number;
  /** Hundredths; 0: not measured. */
  mos(n: number): number;
}

/** Says of each call of a day whether it is counted; undefined: all are. */
export function countedOf(
  day: DayColumns,
  { accountId, team }: InsightRange,
  teamOf: TeamOf,
): Uint8Array | undefined {
  if (accountId === undefined && team === undefined) return undefined;
  const counted = new Uint8Array(day.calls).fill(1);
  const keep = (column: (n: number) => number, isIn: (code: number) => boolean) => {
    const known: (boolean | undefined)[] = [];
    for (let n = 0; n < day.calls; n++) {
      const code = column(n);
      if (!(known[code] ??= isIn(code))) counted[n] = 0;
    }
  };
  if (accountId !== undefined) {
    keep(
      (n) => day.account(n),
      (code) => day.name('number', code) === accountId,
    );
  }
  if (team !== undefined) {
    keep(
      (n) => day.agent(n),
      (code) => {
        const agent = day.name('agent', code);
        return agent !== undefined && teamOf(agent) === team;
      },
    );
  }
  return counted;
}
