import type { InsightSlice } from '../../shared/protocol/insight-question.ts';
import { formats, t } from '../../shared/i18n/i18n.ts';
import { dateName } from '../lib/format.ts';
import { outcomeName } from './outcomes.ts';

const DAY_MS = 86_400_000;
/** Noon of a Monday, in local time. */
const MONDAY = new Date(2024, 0, 1, 12).getTime();

/** The weekdays (0 is Monday) in the order in which weeks run here. */
export const weekdays = (): readonly number[] =>
  Array.from({ length: 7 }, (_, n) => (formats.firstWeekday() + n) % 7);

/** Monday first. */
export const weekdayNames = (): readonly string[] =>
  Array.from({ length: 7 }, (_, n) => formats.weekday(MONDAY + n * DAY_MS));

/** `09:00`, as clocks here write it. */
export const hourName = (hour: number): string =>
  formats.time(new Date(2024, 0, 1, hour).getTime());

export const countryName = (code: string): string =>
  code === '' ? t('insight.unknownCountry') : formats.country(code);

export const transferEnd = (end: NonNullable<InsightSlice['transfer']>['end']): string =>
  t(`insight.ends.${end ?? 'unknown'}`);

/**
 * What the calls behind a figure have in common.
 *
 * @param label of one of our numbers
 * @param self this agent's name
 */
export function sliceWords(
  slice: InsightSlice,
  label: (accountId: string) => string,
  self: string | undefined,
): readonly string[] {
  const { direction, kind, weekday, hour, date, by, measure, quality, transfer } = slice;
  const { from, to, accountId, team, isBilled } = slice;
  return [
    ...(kind !== undefined && kind !== 'unknown' ? [t(`insight.${kind}`)] : []),
    ...(direction !== undefined
      ? [t(direction === 'inbound' ? 'insight.received' : 'insight.placed')]
      : []),
    ...(isBilled ? [t('insight.views.cost')] : []),
    ...(weekday !== undefined && hour !== undefined
      ? [
          t('insight.hourOf', {
            weekday: weekdayNames()[weekday] ?? '',
            from: hourName(hour),
            to: hourName((hour + 1) % 24),
          }),
        ]
      : []),
    ...(by ? [groupName(by, label, self)] : []),
    ...(measure ? [t(`insight.${measure}`)] : []),
    ...(quality ? [t(`insight.blames.${quality}`)] : []),
    ...(transfer
      ? [`${transfer.to || t('insight.everybody')} (${transferEnd(transfer.end)})`]
      : []),
    ...(accountId !== undefined ? [label(accountId)] : []),
    ...(team !== undefined ? [team] : []),
    date === undefined ? `${formats.date(from)} – ${formats.date(to)}` : dateName(date),
  ];
}

function groupName(
  { dimension, key }: NonNullable<InsightSlice['by']>,
  label: (accountId: string) => string,
  self: string | undefined,
): string {
  switch (dimension) {
    case 'number':
      return label(key);
    case 'country':
      return countryName(key);
    case 'outcome':
      return outcomeName(key);
    case 'agent':
      return key === '' ? (self ?? t('insight.you')) : key;
    case 'team':
    case 'disposition':
      return key;
    default:
      return dimension satisfies never;
  }
}
