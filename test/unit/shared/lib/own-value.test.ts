import { expect, test } from 'vitest';
import { ownValue } from '../../../../src/shared/lib/own-value.ts';

test('only what the table itself says counts', () => {
  const table = { '190': 'access' };
  expect(ownValue(table, '190')).toBe('access');
  for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty', '']) {
    expect(ownValue(table, key)).toBeUndefined();
  }
});
