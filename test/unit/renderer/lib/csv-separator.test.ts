import { expect, test } from 'vitest';
import { csvSeparatorOf } from '../../../../src/renderer/lib/csv-separator.ts';

test.each(['pt-BR', 'pt-PT', 'de', 'fr', 'es', 'it', 'id'])(
  'X1 %s separates by semicolon',
  (locale) => {
    expect(csvSeparatorOf(locale)).toBe('semicolon');
  },
);

test.each(['en', 'en-IN', 'es-MX', 'he', 'ja'])('X1 %s separates by comma', (locale) => {
  expect(csvSeparatorOf(locale)).toBe('comma');
});
