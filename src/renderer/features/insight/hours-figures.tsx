import { useState } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { Counts, HoursFigures } from '../../../shared/insight/hours.ts';
import { Choice } from '../../ui/choice.tsx';
import { Figure } from './figure.tsx';
import css from './insight-view.module.css';
import type { Picture } from './picture.ts';
import type { Cell, CellSlice, Table } from './table.ts';
import { datesBetween } from './words.ts';
import { dateName } from '../../lib/format.ts';
import { hourName, weekdayNames, weekdays } from '../../messages/insight.ts';

const kinds = ['received', 'pickedUp', 'missed', 'placed', 'reached'] as const;
type Shown = keyof Counts;

/** Calls by the hour of the week and by day. */
export function HoursView({
  figures,
  onOpen,
}: {
  figures: HoursFigures;
  onOpen: (slice: CellSlice) => void;
}) {
  const [shown, setShown] = useState<Shown>('missed');
  return (
    <>
      <Figure
        name={t('insight.heat')}
        file="calls-by-hour"
        picture={heatPicture(figures, shown)}
        table={heatTable(figures, shown)}
        onOpen={onOpen}
      >
        <Choice
          className={css.choice}
          label={t('insight.shown')}
          value={shown}
          options={kinds.map((value) => ({ value, label: t(`insight.${value}`) }))}
          onChange={setShown}
        />
      </Figure>
      <Figure
        name={t('insight.perDay')}
        file="calls-by-day"
        picture={daysPicture(figures)}
        table={daysTable(figures)}
        onOpen={onOpen}
      />
    </>
  );
}

const nameOf = (weekday: number): string => weekdayNames()[weekday] ?? '';
const hours = Array.from({ length: 24 }, (_, hour) => hour);

function heatPicture({ week }: HoursFigures, shown: Shown): Picture {
  return {
    type: 'heat',
    rows: weekdays().map(nameOf),
    columns: hours.map(String),
    values: weekdays().flatMap((weekday) =>
      hours.map((hour) => week[weekday * 24 + hour]?.[shown] ?? 0),
    ),
    colour: shown === 'missed' ? 'bad' : shown === 'placed' ? 'accent' : 'good',
  };
}

function heatTable({ week }: HoursFigures, shown: Shown): Table {
  return {
    columns: [t('insight.weekday'), ...hours.map(hourName)],
    rows: weekdays().map((weekday) => ({
      name: nameOf(weekday),
      cells: hours.map((hour) =>
        countCell(week[weekday * 24 + hour]?.[shown] ?? 0, { ...sliceOf(shown), weekday, hour }),
      ),
    })),
  };
}

function daysPicture({ days }: HoursFigures): Picture {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const dates = datesBetween(days[0]?.date ?? '', days.at(-1)?.date ?? '');
  const series = (shown: Shown, colour: 'good' | 'bad' | 'accent') => ({
    name: t(`insight.${shown}`),
    colour,
    values: dates.map((date) => byDate.get(date)?.[shown] ?? 0),
  });
  return {
    type: 'bars',
    labels: dates.map(dateName),
    series: [series('pickedUp', 'good'), series('missed', 'bad'), series('placed', 'accent')],
    isStacked: true,
  };
}

function daysTable({ all, days }: HoursFigures): Table {
  return {
    columns: [t('insight.day'), ...kinds.map((kind) => t(`insight.${kind}`))],
    rows: [
      { name: t('insight.all'), cells: countCells(all, {}), isSum: true },
      ...days.toReversed().map((day) => ({
        name: dateName(day.date),
        key: day.date,
        cells: countCells(day, { date: day.date }),
      })),
    ],
  };
}

/** Which calls a count is of. */
function sliceOf(shown: Shown): CellSlice {
  switch (shown) {
    case 'received':
      return { direction: 'inbound' };
    case 'placed':
      return { direction: 'outbound' };
    default:
      return { kind: shown };
  }
}

/** A count that leads to its calls, unless there are none. */
export function countCell(value: number, slice: CellSlice): Cell {
  return { text: formats.number(value), value, slice: value > 0 ? slice : undefined };
}

/** The five counts of a row. */
export function countCells(counts: Counts, slice: CellSlice): readonly Cell[] {
  return kinds.map((kind) => countCell(counts[kind], { ...slice, ...sliceOf(kind) }));
}
