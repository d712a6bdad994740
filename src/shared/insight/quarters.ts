import { fates } from './counted-call.ts';
import type { DayColumns } from './day-columns.ts';
import { type LocalHours, QUARTER_MS, QUARTERS } from './local-hours.ts';

/** So many calls of one group (a code), which all have this fate and began within the hour of `at`. */
type Visit = (group: number, at: number, fate: number, calls: number) => void;

/**
 * Visits how many calls of a UTC day had each fate, by the quarter-hour: within one, the clocks of every zone show one
 * hour. Of zones that are ahead by odd minutes, which there were until 1972, it visits each call.
 *
 * @param groupOf the group of a call; left out: all are one, 0
 */
export function eachQuarter(
  day: DayColumns,
  counted: Uint8Array | undefined,
  hours: LocalHours,
  visit: Visit,
  groupOf: (n: number) => number = () => 0,
): void {
  const { begins, calls } = day;
  const isQuartered = hours.isQuartered(begins);
  const groups: (Uint32Array | undefined)[] = [];
  for (let n = 0; n < calls; n++) {
    if (counted !== undefined && counted[n] === 0) continue;
    const group = groupOf(n);
    const ms = day.ms(n);
    const fate = day.fate(n);
    if (!isQuartered) {
      visit(group, begins + ms, fate, 1);
      continue;
    }
    const cells = (groups[group] ??= new Uint32Array(QUARTERS * fates.length));
    const cell = Math.floor(ms / QUARTER_MS) * fates.length + fate;
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  groups.forEach((cells, group) => {
    for (const [cell, found] of cells?.entries() ?? []) {
      if (found === 0) continue;
      const at = begins + Math.floor(cell / fates.length) * QUARTER_MS;
      visit(group, at, cell % fates.length, found);
    }
  });
}
