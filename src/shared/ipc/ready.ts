import type { EchoReport } from '../devices/echo.ts';
import type { NumberChecks } from '../checks/checks.ts';

/** The page “Ready to ring”. */
export interface ReadyView {
  /** It is being checked now. */
  running: boolean;
  /** When everything was last checked, Unix ms. */
  checkedAt?: number | undefined;
  numbers: readonly NumberChecks[];
}

/** How many checks need attention; one that all numbers share counts once. */
export interface ReadySummary {
  faults: number;
  warnings: number;
}

/** The relay's answer to the offer of an echo call, or why there is none. */
export type EchoAnswer =
  | { sdp: string }
  | Extract<EchoReport, { end: 'no-media' | 'busy' | 'unanswered' }>;
