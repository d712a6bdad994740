import { expect, test, vi } from 'vitest';
import { tellingCalls } from '../../../../src/main/db/telling-calls.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

test('the last calls of a number are found by index, also where it has none', () => {
  const db = emptyDatabase();
  const prepare = vi.spyOn(db, 'prepare');
  tellingCalls(db, 'support');
  const [[sql] = ['']] = prepare.mock.calls;
  prepare.mockRestore();
  expect(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('support', 1)).toEqual([
    expect.objectContaining({ detail: 'SEARCH call USING INDEX call_account (account_id=?)' }),
  ]);
  db.close();
});
