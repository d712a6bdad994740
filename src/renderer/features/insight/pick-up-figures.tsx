import { useQuery } from '@tanstack/react-query';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { DayCounts } from '../../../shared/insight/hours.ts';
import {
  defaultPickUpLimits,
  PICK_UP_DAYS,
  type PickUpLimits,
  type PickUpStanding,
  pickUpStanding,
} from '../../../shared/insight/pick-up.ts';
import { fetchFromMain } from '../../state/requests.ts';
import { Figure } from './figure.tsx';
import type { Colour, Picture, Series } from './picture.ts';
import type { CellSlice, Table } from './table.ts';
import { countCell } from './hours-figures.tsx';
import { dateName } from '../../lib/format.ts';
import { datesBetween } from './words.ts';
import css from './insight-view.module.css';

interface PickUpViewProps {
  numbers: readonly { accountId: string; days: readonly DayCounts[] }[];
  label: (accountId: string) => string;
  today: string;
  /** When seven days ago began, Unix ms. */
  since: number;
  onOpen: (slice: CellSlice) => void;
}

const colours: readonly Colour[] = ['accent', 'good', 'soon', 'text-quiet', 'line-strong'];

/** The pick-up rate of each number, its limits, and what is to be expected. */
export function PickUpView({ numbers, label, today, since, onOpen }: PickUpViewProps) {
  const { data: limits = defaultPickUpLimits } = useQuery({
    queryKey: ['insight', 'limits'],
    queryFn: () => fetchFromMain('insight.limits', {}),
  });
  const standing = numbers.map(({ accountId, days }) => ({
    accountId,
    days,
    name: label(accountId),
    now: pickUpStanding(days, today, limits),
  }));
  return (
    <Figure
      name={t('insight.rateTitle')}
      file="pick-up-rate"
      picture={ratePicture(standing, today, limits)}
      table={rateTable(standing, limits, since)}
      onOpen={onOpen}
    >
      <p className={css.quiet}>{t('insight.pickUpNote')}</p>
    </Figure>
  );
}

interface Standing {
  accountId: string;
  name: string;
  days: readonly DayCounts[];
  now: PickUpStanding;
}

const DAY_MS = 86_400_000;

function ratePicture(standing: readonly Standing[], today: string, limits: PickUpLimits): Picture {
  const first = new Date(Date.parse(today) - 2 * PICK_UP_DAYS * DAY_MS).toISOString().slice(0, 10);
  const past = datesBetween(first, today);
  const known = standing.find(({ now }) => now.forecast.length > 0);
  const coming = known?.now.forecast.map(({ date }) => date) ?? [];
  const dates = [...past, ...coming];
  const series = standing.flatMap(({ name, days, now }, n): Series[] => {
    const colour = colours[n % colours.length] ?? 'accent';
    const rates = past.map((date) => pickUpStanding(days, date, limits).rate ?? null);
    const ahead = now.forecast.map(({ rate }) => rate);
    return [
      { name, colour, values: [...rates, ...coming.map(() => null)] },
      ...(ahead.length > 0
        ? [
            {
              name: t('insight.forecastOf', { name }),
              colour,
              isDashed: true,
              values: [...past.slice(1).map(() => null), now.rate ?? null, ...ahead],
            },
          ]
        : []),
    ];
  });
  const limit = (name: string, value: number | undefined, colour: Colour): Series[] =>
    value === undefined ? [] : [{ name, colour, values: dates.map(() => value), isDashed: true }];
  return {
    type: 'lines',
    labels: dates.map(dateName),
    series: [
      ...series,
      ...limit(t('insight.warnLimit'), limits.warnBelow, 'soon'),
      ...limit(t('insight.holdLimit'), limits.holdBelow, 'bad'),
    ],
    min: 0,
    max: 100,
  };
}

function rateTable(standing: readonly Standing[], limits: PickUpLimits, since: number): Table {
  const { warnBelow, holdBelow } = limits;
  return {
    columns: [
      t('insight.dimensions.number'),
      t('insight.pickedUp'),
      t('insight.missed'),
      t('insight.rateNow'),
      t('insight.standing'),
      t('insight.forecast'),
      t('insight.warnLimit'),
      ...(holdBelow === undefined ? [] : [t('insight.holdLimit')]),
    ],
    rows: standing.map(({ accountId, name, now }) => {
      const slice: CellSlice = { accountId, from: since };
      return {
        name,
        cells: [
          countCell(now.pickedUp, { ...slice, kind: 'pickedUp' }),
          countCell(now.missed, { ...slice, kind: 'missed' }),
          now.rate === undefined
            ? { text: '–', value: '' }
            : { text: formats.percent(now.rate / 100), value: now.rate },
          { text: t(`insight.states.${now.state}`) },
          { text: forecastText(now), value: forecastText(now) },
          { text: formats.percent(warnBelow / 100), value: warnBelow },
          ...(holdBelow === undefined
            ? []
            : [{ text: formats.percent(holdBelow / 100), value: holdBelow }]),
        ],
      };
    }),
  };
}

function forecastText({ falls, left }: PickUpStanding): string {
  if (falls) {
    const limit = formats.percent(falls.limit / 100);
    return t('insight.falls', { limit, date: dateName(falls.date) });
  }
  return left ? t('insight.left', { calls: left.calls }) : '–';
}
