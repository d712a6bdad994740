import type { Finding, Severity } from './findings.ts';
import { earliest } from './times.ts';

/** What one rule says, and when it may say something else although nothing happened (Unix ms). */
export interface Ruling {
  findings: readonly Finding[];
  changesAt?: number | undefined;
}

/** The answer to "may I?", with all reasons, gravest first. */
export interface Verdict {
  allowed: boolean;
  findings: readonly Finding[];
  /** Until then this very verdict stays true unless something happens (Unix ms). */
  changesAt?: number | undefined;
}

/** A rule with nothing to say. */
export const silent: Ruling = { findings: [] };

/** A ruling of findings; it changes when the first of them does, or at `changesAt`. */
export function ruling(findings: readonly Finding[], changesAt?: number): Ruling {
  return { findings, changesAt: earliest([changesAt, ...findings.map((f) => f.changesAt)]) };
}

const gravity: Record<Severity, number> = { block: 0, warn: 1, info: 2 };

/** Puts rulings together. Within one severity the order of the rules stays. */
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
