import { expect, test } from 'vitest';
import { duration, time } from '../../../../src/shared/providers/fields.ts';

const at = Date.UTC(2026, 10, 28, 10, 0, 5);

test.each([
  [at / 1000],
  [at],
  [at * 1e3],
  [at * 1e6],
  [`${at / 1000}`],
  [` ${at} `],
  [new Date(at).toISOString()],
  ['2026-11-28T12:00:05+02:00'],
  ['2026-11-28T12:00:05+0200'],
])('%j is one and the same time', (value) => {
  expect(time.parse(value)).toBe(at);
});

test.each([
  0,
  '0',
  -1,
  Number.NaN,
  '',
  'yesterday',
  '1970-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-13-45T99:00:00Z',
  '2026-11-28T10:00:05',
  '1'.repeat(400),
])('V7 %j is no time of a call', (value) => {
  expect(time.safeParse(value).success).toBe(false);
});

test.each([[0], [12.5], ['120'], [' 7 ']])('%j is a duration', (value) => {
  expect(duration.parse(value)).toBe(Number(value));
});

test.each([[-1], [4_294_967_295], [2_147_483_647], [1e308], ['1e3'], [''], ['00:02:00']])(
  'V7 %j is no duration of a call, from whose end its start could be counted back',
  (value) => {
    expect(duration.safeParse(value).success).toBe(false);
  },
);
