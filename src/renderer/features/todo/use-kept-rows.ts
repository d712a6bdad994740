import { useState } from 'react';
import type { Waiting } from './reasons.ts';

/** A row, perhaps of somebody who does not wait any more. */
export interface KeptRow extends Waiting {
  isOver?: boolean;
}

/**
 * During a call no row moves: whoever does not wait any more keeps their place, and whoever begins to wait comes last.
 *
 * @param list names the list; another one begins anew
 */
export function useKeptRows(
  rows: readonly Waiting[],
  list: string,
  isBusy: boolean,
): readonly KeptRow[] {
  const [kept, setKept] = useState<{ list: string; rows: readonly KeptRow[] }>({ list, rows });
  const shown = isBusy && kept.list === list ? inPlace(kept.rows, rows) : rows;
  if (kept.list !== list || !isSame(kept.rows, shown)) setKept({ list, rows: shown });
  return shown;
}

function inPlace(kept: readonly KeptRow[], rows: readonly Waiting[]): readonly KeptRow[] {
  const now = new Map(rows.map((row) => [row.customer, row]));
  const there = new Set(kept.map(({ customer }) => customer));
  const stay = kept.map(
    (row) => now.get(row.customer) ?? (row.isOver ? row : { ...row, isOver: true }),
  );
  return [...stay, ...rows.filter(({ customer }) => !there.has(customer))];
}

const isSame = (one: readonly KeptRow[], other: readonly KeptRow[]): boolean =>
  one.length === other.length && one.every((row, index) => row === other[index]);
