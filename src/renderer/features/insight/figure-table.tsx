import { t } from '../../../shared/i18n/i18n.ts';
import { classes } from '../../lib/classes.ts';
import type { Cell, CellSlice, Table } from './table.ts';
import css from './figure.module.css';

interface FigureTableProps {
  table: Table;
  label: string;
  onOpen: (slice: CellSlice) => void;
}

/** The figures as a table; those of calls lead to them. */
export function FigureTable({ table, label, onOpen }: FigureTableProps) {
  const { columns, rows } = table;
  const isOfWords = (n: number) => rows.every(({ cells }) => isWord(cells[n - 1]));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrow keys scroll it
    <section className={css.scroll} aria-label={label} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((name, n) => (
              <th key={name} scope="col" className={classes(isOfWords(n) && css.words)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, key = name, cells, isSum = false }) => (
            <tr key={key} className={classes(isSum && css.sum)}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              {cells.map((cell, n) => (
                <td key={columns[n + 1]} className={classes(isOfWords(n + 1) && css.words)}>
                  <Figure
                    cell={cell}
                    name={`${name}, ${columns[n + 1] ?? ''}: ${cell.text}`}
                    onOpen={onOpen}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Names and states, and no figure. */
const isWord = (cell: Cell | undefined): boolean =>
  cell !== undefined && cell.value === undefined && cell.slice === undefined;

interface FigureProps {
  cell: Cell;
  name: string;
  onOpen: (slice: CellSlice) => void;
}

function Figure({ cell: { text, slice }, name, onOpen }: FigureProps) {
  if (!slice) return <span className="num">{text}</span>;
  return (
    <button
      type="button"
      className={classes(css.open, 'num')}
      aria-label={t('insight.openCalls', { figure: name })}
      onClick={() => onOpen(slice)}
    >
      {text}
    </button>
  );
}
