import { expect, test } from 'vitest';
import { metaJson, signBody } from '../../../../src/simulator/webhooks/signature.ts';

test('signs the published test vector', () => {
  expect(signBody('secret', 'test')).toBe(
    'sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914',
  );
});

test('writes JSON as ASCII with lower-case escapes of the same meaning', () => {
  const value = { name: 'Müller 😀', url: 'https://x/y' };
  const text = metaJson(value);
  expect(text).toBe('{"name":"M\\u00fcller \\ud83d\\ude00","url":"https:\\/\\/x\\/y"}');
  expect(JSON.parse(text)).toEqual(value);
});
