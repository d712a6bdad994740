import type { Dimension } from '../protocol/insight-question.ts';
import type { BreakdownFigures } from './breakdown.ts';
import type { CostRow } from './cost.ts';
import type { DayCounts, HoursFigures } from './hours.ts';
import type { QualityFigures } from './quality.ts';
import type { TransferFigures } from './transfers.ts';

/** Too many days of the range have to be prepared first (docs/call-log.md#insight): the console is at it. */
export interface Preparing {
  view: 'preparing';
  /** Of the days with calls, 0–1. */
  share: number;
}

/** Of the whole team, by the relay. */
export type TeamFigures = InsightFigures & {
  /** Since when the relay knows all calls, Unix ms. */
  knownSince: number;
};

/** The answer to an `InsightPart`. */
export type InsightFigures =
  | ({ view: 'hours' } & HoursFigures)
  | { view: 'pickUp'; numbers: readonly { accountId: string; days: readonly DayCounts[] }[] }
  | ({ view: 'breakdown'; dimension: Dimension } & BreakdownFigures)
  | { view: 'cost'; rows: readonly CostRow[] }
  | ({ view: 'quality' } & QualityFigures)
  | ({ view: 'transfers' } & TransferFigures);
