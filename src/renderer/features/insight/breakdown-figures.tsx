import { dimensions, measures, type Dimension } from '../../../shared/protocol/insight-question.ts';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { BreakdownFigures, Group } from '../../../shared/insight/breakdown.ts';
import type { Lengths } from '../../../shared/insight/lengths.ts';
import { lengthInWords } from '../../lib/format.ts';
import { useUi } from '../../state/ui.ts';
import { Choice } from '../../ui/choice.tsx';
import { Figure } from './figure.tsx';
import css from './insight-view.module.css';
import { countCells } from './hours-figures.tsx';
import type { Picture } from './picture.ts';
import type { Cell, CellSlice, Table } from './table.ts';

interface BreakdownViewProps {
  figures: BreakdownFigures;
  dimension: Dimension;
  name: (key: string) => string;
  /** At the relay, the groups are agents by id. */
  ofTeam: boolean;
  onOpen: (slice: CellSlice) => void;
}

/** Groups in the picture; the table has all. */
const DRAWN = 12;

/** Calls and their lengths, divided by one thing. */
export function BreakdownView(props: BreakdownViewProps) {
  const { figures, dimension, name, onOpen } = props;
  const what = t(`insight.dimensions.${dimension}`);
  return (
    <>
      <Choice
        className={css.choice}
        label={t('insight.compareBy')}
        value={dimension}
        options={dimensions.map((value) => ({ value, label: t(`insight.dimensions.${value}`) }))}
        onChange={(dimension) =>
          useUi.setState(({ insight }) => ({ insight: { ...insight, dimension } }))
        }
      />
      <Figure
        name={t('insight.callsBy', { what: what.toLowerCase() })}
        file={`calls-by-${dimension}`}
        picture={countsPicture(figures.groups.slice(0, DRAWN), name)}
        table={countsTable(props, what)}
        onOpen={onOpen}
      />
      <Figure
        name={t('insight.lengthsBy', { what: what.toLowerCase() })}
        file={`lengths-by-${dimension}`}
        picture={lengthsPicture(figures.groups.slice(0, DRAWN), name)}
        table={lengthsTable(props, what)}
        onOpen={onOpen}
      />
    </>
  );
}

function countsPicture(groups: readonly Group[], name: (key: string) => string): Picture {
  const series = (kind: 'pickedUp' | 'missed' | 'placed', colour: 'good' | 'bad' | 'accent') => ({
    name: t(`insight.${kind}`),
    colour,
    values: groups.map((group) => group[kind]),
  });
  return {
    type: 'bars',
    labels: groups.map(({ key }) => name(key)),
    series: [series('pickedUp', 'good'), series('missed', 'bad'), series('placed', 'accent')],
    isStacked: true,
    isLying: true,
  };
}

function lengthsPicture(groups: readonly Group[], name: (key: string) => string): Picture {
  const colours = { answer: 'accent', talk: 'good', hold: 'soon', wrapUp: 'text-quiet' } as const;
  return {
    type: 'bars',
    labels: groups.map(({ key }) => name(key)),
    series: measures.map((measure) => ({
      name: `${t(`insight.${measure}`)} · ${t('insight.median')}`,
      colour: colours[measure],
      values: groups.map(({ lengths }) => lengths[measure]?.median ?? null),
    })),
    isLying: true,
    isOfSeconds: true,
  };
}

function countsTable(
  { figures, dimension, name, ofTeam }: BreakdownViewProps,
  what: string,
): Table {
  return {
    columns: [
      what,
      ...(['received', 'pickedUp', 'missed', 'placed', 'reached'] as const).map((kind) =>
        t(`insight.${kind}`),
      ),
      `${t('insight.talk')} · ${t('insight.total')}`,
    ],
    rows: rowsOf(figures, name, (group, isAll) => [
      ...countCells(group, isAll ? {} : sliceOf(dimension, group.key, ofTeam)),
      lengthCell(group.lengths.talk?.total),
    ]),
  };
}

function lengthsTable(
  { figures, dimension, name, ofTeam }: BreakdownViewProps,
  what: string,
): Table {
  const parts = ['median', 'p90', 'mean'] as const;
  return {
    columns: [
      what,
      ...measures.flatMap((measure) =>
        parts.map((part) => `${t(`insight.${measure}`)} · ${t(`insight.${part}`)}`),
      ),
    ],
    rows: rowsOf(figures, name, (group, isAll) =>
      measures.flatMap((measure) => {
        const lengths: Lengths | undefined = group.lengths[measure];
        const slice = { ...(isAll ? {} : sliceOf(dimension, group.key, ofTeam)), measure };
        return parts.map((part) => lengthCell(lengths?.[part], slice));
      }),
    ),
  };
}

function rowsOf(
  { all, groups }: BreakdownFigures,
  name: (key: string) => string,
  cells: (group: Group, isAll: boolean) => readonly Cell[],
): Table['rows'] {
  return [
    { name: t('insight.all'), cells: cells(all, true), isSum: true },
    ...groups.map((group) => ({ name: name(group.key), cells: cells(group, false) })),
  ];
}

function sliceOf(dimension: Dimension, key: string, ofTeam: boolean): CellSlice {
  return {
    by: { dimension, key },
    ...(ofTeam && dimension === 'agent' && { agentId: key }),
  };
}

const lengthCell = (seconds: number | undefined, slice?: CellSlice): Cell =>
  seconds === undefined
    ? { text: '–', value: '' }
    : { text: lengthInWords(seconds), value: seconds, slice };

/** Minutes with one digit. */
export const minutesCell = (seconds: number): Cell => ({
  text: formats.number(seconds / 60, 1),
  value: seconds / 60,
});
