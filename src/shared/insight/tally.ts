import type { InsightPart, InsightRange } from '../protocol/insight-question.ts';
import { BreakdownTally } from './breakdown.ts';
import { CostTally, type PriceList, startOfMonth } from './cost.ts';
import type { CountedCall } from './counted-call.ts';
import { countedOf, type DayColumns } from './day-columns.ts';
import type { InsightFigures } from './figures.ts';
import { HoursTally } from './hours.ts';
import { LocalHours } from './local-hours.ts';
import { PickUpTally } from './pick-up-days.ts';
import { QualityTally } from './quality.ts';
import { type AgentNames, inRange, type TeamOf } from './slice.ts';
import { TransferTally } from './transfers.ts';

/** What is known besides the calls. */
export interface InsightContext extends AgentNames {
  priceList?: PriceList | undefined;
  /** Whether a number's provider charges nothing for calls. */
  isFree: (accountId: string) => boolean;
}

/** Counts for one view. */
export interface ViewTally {
  /** Calls from then on have to be added, in the order of time, Unix ms. */
  since: number;
  add(call: CountedCall): void;
  /** Adds all calls of a UTC day that is wholly in range; missing where `add` is given only what counts. */
  addDay?: ((day: DayColumns) => void) | undefined;
  /** Calls that it looks at; missing: all. */
  only?: 'ours' | 'transferred' | undefined;
  result(): InsightFigures;
}

/** Makes the tally of a view; calls that are out of range are left out by itself. */
export function tallyOf(
  part: InsightPart,
  range: InsightRange,
  context: InsightContext,
): ViewTally {
  const hours = new LocalHours(range.zone);
  const { teamOf, nameOf } = context;
  switch (part.view) {
    case 'hours': {
      const tally = new HoursTally(hours);
      return counting(tally, range, teamOf, () => ({ view: 'hours', ...tally.result() }));
    }
    case 'pickUp': {
      const tally = new PickUpTally(hours);
      return counting(tally, range, teamOf, () => ({ view: 'pickUp', numbers: tally.result() }));
    }
    case 'breakdown': {
      const { dimension } = part;
      const tally = new BreakdownTally(dimension, context);
      return counting(tally, range, teamOf, () => ({
        view: 'breakdown',
        dimension,
        ...tally.result(),
      }));
    }
    case 'cost': {
      const tally = new CostTally(context.priceList, context.isFree, range.from);
      const whole = { ...range, from: startOfMonth(range.from) };
      const result = () => ({ view: 'cost' as const, rows: tally.result() });
      return { ...counting(tally, whole, teamOf, result), only: 'ours' };
    }
    case 'quality': {
      const tally = new QualityTally(hours);
      return counting(tally, range, teamOf, () => ({ view: 'quality', ...tally.result() }));
    }
    case 'transfers': {
      const tally = new TransferTally(nameOf);
      const result = () => ({ view: 'transfers' as const, ...tally.result() });
      return { ...counting(tally, range, teamOf, result), only: 'transferred' };
    }
    default:
      return part satisfies never;
  }
}

function counting(
  tally: {
    add(call: CountedCall): void;
    addDay?(day: DayColumns, counted: Uint8Array | undefined): void;
  },
  range: InsightRange,
  teamOf: TeamOf,
  result: () => InsightFigures,
): ViewTally {
  const counts = inRange(range, teamOf);
  return {
    since: range.from,
    add: (call) => {
      if (counts(call)) tally.add(call);
    },
    ...(tally.addDay && {
      addDay: (day: DayColumns) => tally.addDay?.(day, countedOf(day, range, teamOf)),
    }),
    result,
  };
}
