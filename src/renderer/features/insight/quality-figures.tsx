import { blames } from '../../../shared/protocol/insight-question.ts';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { QualityCounts, QualityFigures } from '../../../shared/insight/quality.ts';
import { Figure } from './figure.tsx';
import { countCell } from './hours-figures.tsx';
import type { Picture } from './picture.ts';
import type { Cell, CellSlice, Table } from './table.ts';
import { dateName } from '../../lib/format.ts';

const kinds = ['good', ...blames] as const;
const colours = {
  good: 'good',
  agent: 'bad',
  customer: 'soon',
  relay: 'accent',
  unclear: 'line-strong',
} as const;

/** The sound of each day, and whose network broke it up. */
export function QualityView({
  figures,
  onOpen,
}: {
  figures: QualityFigures;
  onOpen: (slice: CellSlice) => void;
}) {
  return (
    <Figure
      name={t('insight.qualityTitle')}
      file="sound-by-day"
      picture={qualityPicture(figures)}
      table={qualityTable(figures)}
      onOpen={onOpen}
    />
  );
}

function qualityPicture({ days }: QualityFigures): Picture {
  return {
    type: 'bars',
    labels: days.map(({ date }) => dateName(date)),
    series: [
      ...kinds.map((kind) => ({
        name: t(`insight.blames.${kind}`),
        colour: colours[kind],
        values: days.map((day) => day[kind]),
      })),
      {
        name: t('insight.mos'),
        colour: 'text-quiet' as const,
        values: days.map(({ mos }) => mos ?? null),
        isLine: true,
      },
    ],
    isStacked: true,
  };
}

function qualityTable({ all, days }: QualityFigures): Table {
  const cells = (counts: QualityCounts, slice: CellSlice): readonly Cell[] => [
    ...kinds.map((quality) => countCell(counts[quality], { ...slice, quality })),
    counts.mos === undefined
      ? { text: '–', value: '' }
      : { text: formats.number(counts.mos, 2), value: counts.mos },
  ];
  return {
    columns: [
      t('insight.day'),
      ...kinds.map((kind) => t(`insight.blames.${kind}`)),
      t('insight.mos'),
    ],
    rows: [
      { name: t('insight.all'), cells: cells(all, {}), isSum: true },
      ...days.toReversed().map((day) => ({
        name: dateName(day.date),
        key: day.date,
        cells: cells(day, { date: day.date }),
      })),
    ],
  };
}
