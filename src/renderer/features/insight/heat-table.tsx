import { type KeyboardEvent, useRef, useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import { classes } from '../../lib/classes.ts';
import type { CellSlice, Table } from './table.ts';
import css from './figure.module.css';

interface HeatTableProps {
  table: Table;
  label: string;
  onOpen: (slice: CellSlice) => void;
}

/** A row for each weekday, a column for each hour. One tab stop: the arrow keys move within. */
export function HeatTable({ table, label, onOpen }: HeatTableProps) {
  const { columns, rows } = table;
  const [at, setAt] = useState({ row: 0, column: 0 });
  const body = useRef<HTMLTableSectionElement>(null);
  const move = (event: KeyboardEvent) => {
    const isMirrored = getComputedStyle(event.currentTarget).direction === 'rtl';
    const ahead = isMirrored ? -1 : 1;
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowRight: [0, ahead],
      ArrowLeft: [0, -ahead],
      Home: [0, -at.column],
      End: [0, 23 - at.column],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = {
      row: Math.min(rows.length - 1, Math.max(0, at.row + step[0])),
      column: Math.min(columns.length - 2, Math.max(0, at.column + step[1])),
    };
    setAt(next);
    body.current?.querySelector<HTMLElement>(`[data-cell="${next.row}/${next.column}"]`)?.focus();
  };
  return (
    <section className={css.scroll} aria-label={label}>
      <p className={css.quiet}>{t('insight.heatKeys')}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the cells in it */}
      <table className={classes(css.table, css.heat)} onKeyDown={move}>
        <thead>
          <tr>
            {columns.map((name, n) => (
              <th key={name} scope="col">
                {n === 0 ? name : <abbr title={name}>{n - 1}</abbr>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map(({ name, cells }, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map(({ text, slice }, column) => {
                const figure = `${name} ${columns[column + 1] ?? ''}: ${text}`;
                return (
                  <td key={columns[column + 1]}>
                    <button
                      type="button"
                      className={classes(css.open, 'num', slice === undefined && css.none)}
                      data-cell={`${row}/${column}`}
                      tabIndex={at.row === row && at.column === column ? 0 : -1}
                      // Without calls it can still be read with the arrow keys.
                      aria-disabled={slice === undefined || undefined}
                      aria-label={slice ? t('insight.openCalls', { figure }) : figure}
                      onFocus={() => setAt({ row, column })}
                      onClick={() => slice && onOpen(slice)}
                    >
                      {text}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
