import type {
  Dimension,
  InsightPart,
  InsightRange,
} from '../../../src/shared/protocol/insight-question.ts';
import assert from 'node:assert/strict';
import type { InsightFigures } from '../../../src/shared/insight/figures.ts';
import { type Expected, ranked } from './expected.ts';

type Ask = (part: InsightPart, range: InsightRange) => Promise<InsightFigures>;

/** Asserts that every view of Insight shows exactly these sums. */
export async function assertFigures(
  ask: Ask,
  range: InsightRange,
  expected: Expected,
): Promise<void> {
  const hours = await ask({ view: 'hours' }, range);
  assert(hours.view === 'hours');
  const zero = { received: 0, pickedUp: 0, missed: 0, placed: 0, reached: 0 };
  for (const [n, counts] of hours.week.entries()) {
    const key = `${Math.floor(n / 24)}/${n % 24}`;
    assert.deepEqual(counts, expected.week.get(key) ?? zero, `${range.zone} ${key}`);
  }
  const days = Object.fromEntries(hours.days.map(({ date, ...counts }) => [date, counts]));
  // The order of keys does not matter to it.
  assert.deepEqual(days, Object.fromEntries(expected.days), range.zone);
  for (const dimension of ['number', 'country', 'outcome', 'disposition', 'agent'] as const) {
    await assertGroups(ask, range, expected, dimension);
  }
  const quality = await ask({ view: 'quality' }, range);
  assert(quality.view === 'quality');
  const kinds = ['good', 'agent', 'customer', 'relay', 'unclear'] as const;
  const shown = quality.days.flatMap((day) =>
    kinds.flatMap((kind) => (day[kind] > 0 ? [[`${day.date}/${kind}`, day[kind]] as const] : [])),
  );
  assert.deepEqual(new Map(shown), expected.quality);
  const pickUp = await ask({ view: 'pickUp' }, range);
  assert(pickUp.view === 'pickUp');
  const rates = pickUp.numbers.flatMap(({ accountId, days }) =>
    days.map(({ date, ...counts }) => [`${accountId}/${date}`, counts] as const),
  );
  assert.deepEqual(Object.fromEntries(rates), Object.fromEntries(expected.pickUp));
  const cost = await ask({ view: 'cost' }, range);
  assert(cost.view === 'cost');
  const rows = cost.rows.map(({ country, accountId, calls, seconds, billed = '0' }) => {
    const billedMicros = Math.round(Number(billed) * 1e6);
    return [`${country}/${accountId}`, { calls, seconds, billedMicros }] as const;
  });
  assert.deepEqual(Object.fromEntries(rows), Object.fromEntries(expected.cost));
  const transfers = await ask({ view: 'transfers' }, range);
  assert(transfers.view === 'transfers');
  assert.deepEqual(
    new Map(transfers.to.map(({ to, end, calls }) => [`${to}/${end ?? ''}`, calls])),
    expected.transfers,
  );
}

async function assertGroups(
  ask: Ask,
  range: InsightRange,
  expected: Expected,
  dimension: Dimension,
): Promise<void> {
  const figures = await ask({ view: 'breakdown', dimension }, range);
  assert(figures.view === 'breakdown');
  const keys = [...expected.groups.keys()].filter((key) => key.startsWith(`${dimension}/`));
  assert.equal(figures.groups.length, keys.length, dimension);
  for (const group of [{ ...figures.all, key: undefined }, ...figures.groups]) {
    const key = group.key === undefined ? 'all/' : `${dimension}/${group.key}`;
    const known = expected.groups.get(key);
    assert(known, `unexpected ${key}`);
    const { received, pickedUp, missed, placed, reached } = group;
    const counts = { received, pickedUp, missed, placed, reached };
    const { lengths, ...knownCounts } = known;
    assert.deepEqual(counts, knownCounts, key);
    for (const measure of ['answer', 'talk', 'hold', 'wrapUp'] as const) {
      const list = lengths.get(measure);
      assert.deepEqual(group.lengths[measure], list && ranked(list), `${key} ${measure}`);
    }
  }
}
