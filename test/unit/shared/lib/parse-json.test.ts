import { expect, test } from 'vitest';
import { parseJson, wholeNumbers } from '../../../../src/shared/lib/parse-json.ts';

test.each([
  ['{"id":12345678901234567890}', { id: '12345678901234567890' }],
  ['[9007199254740993, 9007199254740991]', ['9007199254740993', 9_007_199_254_740_991]],
  [
    '{"cost":0.1,"far":1e300,"text":"12345678901234567890"}',
    { cost: 0.1, far: 1e300, text: '12345678901234567890' },
  ],
])('an id that is too large for a number keeps its digits: %s', (text, value) => {
  expect(parseJson(text, wholeNumbers)).toEqual({ ok: true, value });
});

test('an error quotes nothing', () => {
  expect(parseJson('{"token": s3cret}', wholeNumbers)).toEqual({
    ok: false,
    error: 'look at line 1',
  });
});
