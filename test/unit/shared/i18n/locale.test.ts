import { expect, it } from 'vitest';
import { createFormats } from '../../../../src/shared/i18n/formats.ts';
import { localeFor } from '../../../../src/shared/i18n/locale.ts';

const AT = Date.UTC(2026, 10, 3, 15, 5);
const written = (language: string) =>
  new Intl.DateTimeFormat(localeFor('en', language), {
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

it('takes the system’s locale if it has the language of the texts', () => {
  expect(localeFor('pt', 'pt-BR')).toBe('pt-BR');
  expect(localeFor('pt', 'en-US')).toBe('pt-u-hc-h12');
});

it('writes Arabic with the computer’s habits, but with the calendar and digits of what is entered', () => {
  expect(localeFor('ar', 'ar-SA')).toBe('ar-SA-u-ca-gregory-nu-latn');
  expect(localeFor('ar', 'en-US')).toBe('ar-u-hc-h12-nu-latn');
  expect(localeFor('en-XA', 'en-US')).toBe('en-GB-u-hc-h12');
});

it.each(['ar-EG', 'ar-SA', 'ar-u-nu-arab', 'en-US'])(
  'has Latin digits in Arabic on %s',
  (system) => {
    const formats = createFormats(() => localeFor('ar', system));
    const written = [formats.number(1234.5), formats.percent(0.6), formats.exactDate(AT)].join(' ');
    expect(written).toMatch(/1.?234.5.*60.*2026.*\d:05/s);
    expect(written).not.toMatch(/(?!\d)\p{Nd}/u);
  },
);
