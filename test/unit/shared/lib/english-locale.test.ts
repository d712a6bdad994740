import { expect, it } from 'vitest';
import { englishLocale } from '../../../../src/shared/lib/english-locale.ts';

const AT = Date.UTC(2026, 10, 3, 15, 5);
const written = (language: string) =>
  new Intl.DateTimeFormat(englishLocale(language), {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(AT);

it.each([
  ['en-GB', /^3 Nov.*15:05$/],
  ['en-US', /^Nov 3.*03:05\sPM$/],
  ['pt-BR', /^3 Nov.*15:05$/],
  ['es-MX', /^3 Nov/],
  ['ar-EG', /^3 Nov.*03:05\s?pm$/i],
  ['nonsense_!', /^3 Nov.*15:05$/],
])('formats English dates and times the way %s does', (language, expected) => {
  expect(written(language)).toMatch(expected);
});
