import { expect, test } from 'vitest';
import { readRegistry } from '../../../../src/main/policy/registry.ts';

const ROOT = String.raw`HKEY_CURRENT_USER\Software\Policies\Ringdesk`;

/** What `reg query` prints of these keys below ours. */
const printed = (keys: Record<string, readonly string[]>) =>
  Object.entries(keys)
    .map(([key, values]) =>
      [`\r\n${ROOT}${key}`, ...values.map((one) => `    ${one}`)].join('\r\n'),
    )
    .join('\r\n');

test.each(['(Default)    REG_SZ    (value not set)', '(Standard)    REG_SZ    '])(
  'a key’s own value, %j, is no setting',
  (own) => {
    const text = printed({
      '': [own],
      '\\features': [own, 'localApi    REG_DWORD    0x0', 'language    REG_SZ    pt-BR   '],
    });
    expect(readRegistry(ROOT, text)).toEqual({
      ok: true,
      value: { features: { localApi: 0, language: 'pt-BR' } },
    });
  },
);

test.each(['\\__proto__', '\\constructor\\prototype', '\\features\\__proto__'])(
  'a key %s changes no other object',
  (key) => {
    readRegistry(ROOT, printed({ [key]: ['stolen    REG_DWORD    0x1'] }));
    expect(Object('').stolen).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('stolen');
  },
);

test('a key that only begins like ours is not ours', () => {
  expect(readRegistry(ROOT, printed({ Two: ['a    REG_SZ    b'] }))).toBeUndefined();
});
