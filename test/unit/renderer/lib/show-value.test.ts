import { expect, test } from 'vitest';
import { formats } from '../../../../src/shared/i18n/i18n.ts';
import { showValueAt } from '../../../../src/renderer/lib/show-value.ts';

const noon = new Date(2026, 10, 30, 12).getTime();
const show = showValueAt(noon);

test('since when it lasts is a time, and what happened is so many minutes ago', () => {
  const before = noon - 120_000;
  expect(show('sinceAt', before)).toBe(formats.time(before));
  expect(show('lastAt', before)).toBe('2\u00a0min ago');
});

test('since another day it says which', () => {
  expect(show('sinceAt', noon - 2 * 86_400_000)).toContain('Saturday');
});

test('prices hold from a day on, the same in every time zone', () => {
  const day = new Date(2025, 9, 1, 12).getTime();
  expect(show('fromAt', Date.UTC(2025, 9, 1))).toBe(formats.date(day));
});
