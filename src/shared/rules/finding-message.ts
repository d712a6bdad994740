import { fill, formats } from '../i18n/i18n.ts';
import type { Value, Values } from '../i18n/keys.ts';
import type { FindingCode } from './findings.ts';

/** Turns a value into text: a time where the name ends in `At`, a country, a number. */
export type ShowValue = (name: string, value: string | number) => string;

/** The text of a finding with its values filled in: what is wrong, and what to do next. */
export function findingMessage(
  { code, values }: { code: FindingCode; values: Readonly<Record<string, string | number>> },
  show: ShowValue,
): { what: string; next: string } {
  const filled = { ...showValues(values, show), count: countOf(values) };
  return {
    what: fill(`findings.${code}.what`, filled),
    next: fill(`findings.${code}.next`, filled),
  };
}

/** The values of a text as people read them: a share of 100 where the name ends in `Percent`, others by `show`. */
export function showValues(values: Values, show: ShowValue): Values {
  const shown = Object.entries(values).map(([name, value]): [string, Value] => {
    if (typeof value !== 'string' && typeof value !== 'number') return [name, value];
    const isPercent = typeof value === 'number' && name.endsWith('Percent');
    return [name, isPercent ? formats.percent(value / 100) : show(name, value)];
  });
  return Object.fromEntries(shown);
}

/** The number that a finding's noun agrees with: `1 call`, `2 calls`. */
const countOf = ({ unanswered, max }: Readonly<Record<string, string | number>>) =>
  Number(unanswered ?? max ?? 0);
