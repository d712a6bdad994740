import type { Finding, Severity } from './findings.ts';
import { earliest } from './times.ts';

/** The findings of one rule, and when they may change without an event (Unix ms). */
export interface Ruling {
  findings: readonly Finding[];
  changesAt?: number | undefined;
}

/** The answer to "may I?", with all reasons, most severe first. */
export interface Verdict {
  allowed: boolean;
  findings: readonly Finding[];
  /** The verdict stays the same until then unless something happens (Unix ms). */
  changesAt?: number | undefined;
}

/** No findings. */
export const silent: Ruling = { findings: [] };

/** A ruling that changes when its first finding does, or at `changesAt`. */
export function ruling(findings: readonly Finding[], changesAt?: number): Ruling {
  return { findings, changesAt: earliest([changesAt, ...findings.map((f) => f.changesAt)]) };
}

const gravity: Record<Severity, number> = { block: 0, warn: 1, info: 2 };

/** Merges rulings. Within a severity the order of the rules stays. */
export function verdict(rulings: readonly Ruling[]): Verdict {
  const findings = rulings
    .flatMap((one) => one.findings)
    .sort((a, b) => gravity[a.severity] - gravity[b.severity]);
  return {
    allowed: findings.every((one) => one.severity !== 'block'),
    findings,
    changesAt: earliest(rulings.map((one) => one.changesAt)),
  };
}
