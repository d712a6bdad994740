import { fill } from '../i18n/i18n.ts';
import type { FindingCode } from './findings.ts';

/** Turns a value into text: a time where the name ends in `At`, a country, a number. */
export type ShowValue = (name: string, value: string | number) => string;

/** The text of a finding with its values filled in: what is wrong, and what to do next. */
export function findingMessage(
  { code, values }: { code: FindingCode; values: Readonly<Record<string, string | number>> },
  show: ShowValue,
): { what: string; next: string } {
  const shown = Object.entries(values).map(([name, value]) => [name, show(name, value)]);
  const filled = { ...Object.fromEntries(shown), count: countOf(values) };
  return {
    what: fill(`findings.${code}.what`, filled),
    next: fill(`findings.${code}.next`, filled),
  };
}

/** The number that a finding's noun agrees with: `1 call`, `2 calls`. */
const countOf = ({ unanswered, max }: Readonly<Record<string, string | number>>) =>
  Number(unanswered ?? max ?? 0);
