import type { BreakdownFigures } from './breakdown.ts';
import type { CostRow } from './cost.ts';
import type { DayCounts, HoursFigures } from './hours.ts';
import type { QualityFigures } from './quality.ts';
import type { Dimension } from './question.ts';
import type { TransferFigures } from './transfers.ts';

/** What a view asks for. */
export type InsightPart =
  | { view: 'hours' | 'pickUp' | 'cost' | 'quality' | 'transfers' }
  | { view: 'breakdown'; dimension: Dimension };

/** The answer. */
export type InsightFigures =
  | ({ view: 'hours' } & HoursFigures)
  | { view: 'pickUp'; numbers: readonly { accountId: string; days: readonly DayCounts[] }[] }
  | ({ view: 'breakdown'; dimension: Dimension } & BreakdownFigures)
  | { view: 'cost'; rows: readonly CostRow[] }
  | ({ view: 'quality' } & QualityFigures)
  | ({ view: 'transfers' } & TransferFigures);
