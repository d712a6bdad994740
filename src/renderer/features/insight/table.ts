import type { InsightSlice } from '../../../shared/protocol/insight-question.ts';
import { csvDialects, type CsvSeparator } from '../../../shared/ipc/export.ts';
import { csvText } from '../../../shared/lib/csv.ts';

/** What a cell leads to: the calls behind its figure, beyond the range that all have in common. */
export type CellSlice = Omit<InsightSlice, 'from' | 'to' | 'zone'> & {
  from?: number;
  to?: number;
  /** At the relay, whose calls. */
  agentId?: string;
};

export interface Cell {
  /** As it is shown. */
  text: string;
  /** As a program reads it; missing: as it is shown. */
  value?: number | string | undefined;
  slice?: CellSlice | undefined;
}

/** Figures in rows. */
export interface Table {
  columns: readonly string[];
  /** `key`: where names may be the same. */
  rows: readonly { name: string; key?: string; cells: readonly Cell[]; isSum?: boolean }[];
}

/** As a file that spreadsheets open; a name that could be a formula begins with an apostrophe. */
export function tableCsv({ columns, rows }: Table, by: CsvSeparator): string {
  const { separator, decimal } = csvDialects[by];
  const cell = (value: number | string) =>
    typeof value === 'number'
      ? String(Math.round(value * 1000) / 1000).replace('.', decimal)
      : csvText(value);
  const lines = rows.map(({ name, cells }) => [
    csvText(name),
    ...cells.map(({ text, value }) => cell(value ?? text)),
  ]);
  const all = [columns.map(csvText), ...lines].map((line) => line.join(separator));
  return [...all, ''].join('\r\n');
}
