import { expect, test } from 'vitest';
import { type CallFilter, whereOf } from '../../../../src/main/history/history-filter.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const facets: readonly CallFilter[] = [
  { direction: 'outbound' },
  { outcome: 'missed' },
  { accountId: 'support' },
  { voicemail: true },
  { recording: true },
  { from: 0, to: 1 },
];

test('every combination of filters is read in the order of an index, and looks each recording up', () => {
  const db = emptyDatabase();
  const rooms = 2 ** facets.length;
  const filters = Array.from({ length: rooms }, (_, bits): CallFilter =>
    Object.assign({}, ...facets.filter((_facet, n) => (bits >> n) % 2 === 1)),
  );
  for (const filter of filters) {
    const { from, sql, seq, bound } = whereOf(filter);
    const plan = db
      .prepare<[typeof bound], { parent: number; detail: string }>(
        `EXPLAIN QUERY PLAN SELECT call.seq FROM ${from} WHERE ${sql} ORDER BY ${seq} DESC LIMIT 50`,
      )
      .all(bound);
    const ofCalls = plan
      .filter(({ parent }) => parent === 0)
      .map(({ detail }) => detail)
      .filter((step) => /AUTOMATIC|TEMP B-TREE|recording/.test(step));
    expect({ filter, ofCalls }).toEqual({ filter, ofCalls: [] });
  }
  db.close();
});
