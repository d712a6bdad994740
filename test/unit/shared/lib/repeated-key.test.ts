import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { repeatedKey } from '../../../../src/shared/lib/repeated-key.ts';

it.each([
  ['{"a": 1,\n "a": 2}', { key: 'a', line: 2 }],
  ['{"a": {"b": [1, {}]},\n\n"a" : 2}', { key: 'a', line: 3 }],
  ['{"list": [{"x": "}", "\\u0078": 2}]}', { key: 'x', line: 1 }],
  ['{"__proto__": 1, "__proto__": 2}', { key: '__proto__', line: 1 }],
])('finds the name that stands twice in %s', (text, found) => {
  expect(repeatedKey(text)).toEqual(found);
});

it('takes no text and no other object for a name, whatever they hold', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2), (json, space) => {
      const once = JSON.stringify(JSON.parse(json), undefined, space);
      expect(repeatedKey(once)).toBeUndefined();
    }),
  );
});
