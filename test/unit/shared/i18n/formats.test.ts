import { expect, it } from 'vitest';
import { createFormats } from '../../../../src/shared/i18n/formats.ts';
import { t } from '../../../../src/shared/i18n/i18n.ts';

const AT = new Date(2026, 10, 3, 15, 5, 9).getTime();
let locale = 'en-GB';
const formats = createFormats(() => locale);
/** Written in a locale; any kind of space is a space. */
const inLocale = (tag: string, write: () => string): string => {
  locale = tag;
  return write().replaceAll(/\s/g, ' ');
};

it('numbers are grouped and have the decimal sign of the locale', () => {
  const write = () =>
    `${formats.number(1234.5)} ${formats.number(4.25, 1)} ${formats.number(3, 1)}`;
  expect(inLocale('en-GB', write)).toBe('1,234.5 4.3 3.0');
  expect(inLocale('de', write)).toBe('1.234,5 4,3 3,0');
});

it('exact decimals lose no digit', () => {
  expect(inLocale('en-GB', () => formats.decimal('0.0625'))).toBe('0.0625');
  expect(inLocale('en-GB', () => formats.decimal('3.00'))).toBe('3.00');
  expect(inLocale('en-GB', () => formats.decimal('-12345678901234567.10'))).toBe(
    '-12,345,678,901,234,567.10',
  );
  expect(inLocale('pt-BR', () => formats.decimal('1234.5'))).toBe('1.234,5');
});

it('percentages have a decimal below ten percent', () => {
  locale = 'en-GB';
  expect([0, 0.004, 0.12].map(formats.percent)).toEqual(['0%', '0.4%', '12%']);
  expect(inLocale('fr', () => formats.percent(0.004))).toBe('0,4 %');
});

it('dates and times follow the current locale, not the one at the start', () => {
  const write = () => `${formats.dayAndMonth(AT)} ${formats.time(AT)} ${formats.weekday(AT)}`;
  expect(inLocale('en-GB', write)).toBe('3 Nov 15:05 Tuesday');
  expect(inLocale('en-US', write)).toBe('Nov 3 3:05 PM Tuesday');
  expect(inLocale('pt-BR', write)).toBe('3 de nov. 15:05 terça-feira');
});

it('names and countries follow the locale, and an unknown country keeps its code', () => {
  expect(inLocale('en-GB', () => formats.list(['A', 'B', 'C']))).toBe('A, B and C');
  expect(inLocale('pt-BR', () => formats.list(['A', 'B']))).toBe('A e B');
  expect(inLocale('pt-BR', () => formats.country('DE'))).toBe('Alemanha');
  expect(inLocale('pt-BR', () => formats.country('nonsense'))).toBe('nonsense');
});

it('numbers in texts are formatted as well', () => {
  expect(t('common.calls', { count: 12_345 })).toBe('12,345 calls');
});
