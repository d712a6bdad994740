import type { Chart, ChartConfiguration, ChartDataset } from 'chart.js';
import { formats } from '../../../shared/i18n/i18n.ts';
import { lengthInWords } from '../../lib/format.ts';
import type { Colours } from './colours.ts';
import type { Bars, Heat, Picture, Series } from './picture.ts';

type Config = ChartConfiguration<'bar' | 'line' | 'scatter'>;

/** How a picture is drawn besides. */
export interface Look {
  colours: Colours;
  /** It reads from right to left. */
  isMirrored: boolean;
  /** There is little room, so it is higher than it would be. */
  isNarrow: boolean;
}

/** Chart.js's options for a picture. */
export function chartConfig(picture: Picture, look: Look): Config {
  return picture.type === 'heat' ? heatConfig(picture, look) : barsConfig(picture, look);
}

function barsConfig(picture: Bars, look: Look): Config {
  const { colours, isMirrored, isNarrow } = look;
  const {
    series,
    labels,
    isStacked = false,
    isLying = false,
    isOfSeconds = false,
    min,
    max,
  } = picture;
  const names = {
    stacked: isStacked,
    reverse: isMirrored && !isLying,
    position: isLying && isMirrored ? ('right' as const) : undefined,
    grid: { display: false },
    border: { color: colours.line },
    ticks: { color: colours.text, maxRotation: 0, autoSkipPadding: 12 },
  };
  const values = {
    stacked: isStacked,
    beginAtZero: true,
    reverse: isMirrored && isLying,
    position: !isLying && isMirrored ? ('right' as const) : undefined,
    min,
    max,
    grid: { color: colours.line },
    border: { display: false },
    ticks: {
      color: colours.text,
      precision: 0,
      stepSize: isOfSeconds ? stepOf(series) : undefined,
      callback: (value: number | string) =>
        isOfSeconds ? lengthInWords(Number(value)) : formats.number(Number(value)),
    },
  };
  const hasSecond = series.some(({ isLine }) => isLine);
  return {
    type: picture.type === 'lines' ? 'line' : 'bar',
    data: {
      labels: [...labels],
      datasets: series.map((one) => dataset(one, picture, colours)),
    },
    options: {
      ...common(look, picture.type === 'lines' ? series : undefined),
      aspectRatio: isLying ? lyingRatio(picture, isNarrow) : isNarrow ? 1.3 : 2.4,
      indexAxis: isLying ? 'y' : 'x',
      scales: {
        [isLying ? 'y' : 'x']: names,
        [isLying ? 'x' : 'y']: values,
        ...(hasSecond && {
          second: {
            min: 1,
            max: 4.5,
            position: isMirrored ? ('left' as const) : ('right' as const),
            grid: { display: false },
            ticks: { color: colours.text },
          },
        }),
      },
    },
  };
}

/** Whole lengths on the scale, a few of them, in seconds. */
function stepOf(series: readonly Series[]): number {
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return STEPS.find((step) => most / step <= 6) ?? Math.ceil(most / 6 / 3600) * 3600;
}

const STEPS = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200];

/** As high as its bars need. */
function lyingRatio({ labels, series, isStacked = false }: Bars, isNarrow: boolean): number {
  const bars = labels.length * (isStacked ? 1 : series.length);
  const [most, width] = isNarrow ? [1.3, 330] : [2.4, 860];
  return Math.max(most, width / (100 + 32 * bars));
}

/** Length of a dash and of the gap after it, px. */
const DASHES = [5, 4];

function dataset(one: Series, picture: Bars, colours: Colours): ChartDataset<'bar' | 'line'> {
  const colour = colours.of(one.colour);
  const data = [...one.values];
  if (one.isLine || picture.type === 'lines') {
    return {
      type: 'line',
      label: one.name,
      data,
      borderColor: colour,
      backgroundColor: colour,
      borderWidth: 2,
      pointRadius: data.length > 40 ? 0 : 2,
      spanGaps: false,
      ...(one.isDashed && { borderDash: DASHES, pointRadius: 0 }),
      // Over the bars.
      ...(one.isLine && { yAxisID: 'second', order: -1 }),
    };
  }
  return { type: 'bar', label: one.name, data, backgroundColor: colour, maxBarThickness: 28 };
}

function heatConfig(picture: Heat, look: Look): Config {
  const { colours, isMirrored, isNarrow } = look;
  const { rows, columns, values, colour } = picture;
  const most = Math.max(1, ...values);
  const width = columns.length;
  const at = (n: number) => ({ row: Math.floor(n / width), column: n % width });
  const ticks = (names: readonly string[]) => ({
    color: colours.text,
    stepSize: 1,
    autoSkip: false,
    maxRotation: 0,
    callback: (value: number | string) => names[Number(value)] ?? '',
  });
  const every = (names: readonly string[], step: number) =>
    names.map((name, n) => (n % step === 0 ? name : ''));
  const { plugins, ...rest } = common(look);
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          data: values.map((_, n) => ({ x: at(n).column, y: at(n).row })),
          pointStyle: 'rect',
          // A square is drawn inside its circle.
          pointRadius: ({ chart }) => (0.66 * (chart.chartArea?.width ?? 480)) / width,
          pointHoverRadius: ({ chart }) => (0.7 * (chart.chartArea?.width ?? 480)) / width,
          pointBackgroundColor: values.map((value) =>
            value === 0 ? colours.line : mixed(colours.of(colour), 0.2 + (0.8 * value) / most),
          ),
          pointBorderWidth: 0,
        },
      ],
    },
    options: {
      ...rest,
      aspectRatio: isNarrow ? 1.7 : 3.4,
      scales: {
        x: {
          min: -0.5,
          max: width - 0.5,
          reverse: isMirrored,
          grid: { display: false },
          border: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = columns.map((_, value) => ({ value }));
          },
          ticks: ticks(every(columns, 3)),
        },
        y: {
          min: -0.5,
          max: rows.length - 0.5,
          reverse: true,
          position: isMirrored ? 'right' : 'left',
          grid: { display: false },
          border: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = rows.map((_, value) => ({ value }));
          },
          ticks: ticks(rows),
        },
      },
      plugins: {
        ...plugins,
        legend: { display: false },
        tooltip: {
          ...plugins.tooltip,
          callbacks: {
            label: ({ dataIndex }) => {
              const { row, column } = at(dataIndex);
              const value = formats.number(values[dataIndex] ?? 0);
              return `${rows[row] ?? ''} ${columns[column] ?? ''}: ${value}`;
            },
          },
        },
      },
    },
  };
}

const common = ({ colours, isMirrored }: Look, lines?: readonly Series[]) => ({
  responsive: true,
  maintainAspectRatio: true,
  animation: false as const,
  locale: undefined,
  font: { family: colours.font },
  plugins: {
    legend: {
      rtl: isMirrored,
      labels: {
        color: colours.text,
        boxWidth: lines ? 24 : 12,
        usePointStyle: lines !== undefined,
        ...(lines && { generateLabels: linesOfLegend(lines, colours) }),
        font: { family: colours.font },
      },
    },
    tooltip: { rtl: isMirrored, textDirection: isMirrored ? 'rtl' : 'ltr' },
  },
});

/** The legend shows each line as it is drawn. Chart.js would take the dashes from its points, which have none. */
const linesOfLegend =
  (lines: readonly Series[], { text, of }: Colours) =>
  (chart: Chart) =>
    lines.map(({ name, colour, isDashed = false }, datasetIndex) => ({
      text: name,
      fontColor: text,
      strokeStyle: of(colour),
      lineWidth: 2,
      lineDash: isDashed ? DASHES : [],
      pointStyle: 'line' as const,
      hidden: !chart.isDatasetVisible(datasetIndex),
      datasetIndex,
    }));

/** A colour, thinner. */
const mixed = (colour: string, share: number): string =>
  `color-mix(in srgb, ${colour} ${Math.round(share * 100)}%, transparent)`;
