import { expect, test } from 'vitest';
import { rightsWords } from '../../../../src/main/workspace/rights-words.ts';
import type { OwnRights } from '../../../../src/shared/protocol/frames.ts';

const rights = (...ids: string[]): OwnRights => ({
  role: 'agent',
  calls: 'all',
  numbers: ids.map((id) => ({ id, path: 'direct' })),
});
const words = (before: OwnRights, now: OwnRights) =>
  rightsWords({ before, now }, (id) => id.toUpperCase());

test('numbers that came and went are named, one or several', () => {
  expect(words(rights(), rights('a'))).toBe('A is yours now');
  expect(words(rights('c'), rights('a', 'b'))).toBe('A and B are yours now; C is no longer yours');
  expect(words(rights('a', 'b'), rights())).toBe('A and B are no longer yours');
  expect(words(rights('a'), rights('a'))).toBe('');
});
