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
