import { describe, expect, it } from 'vitest';
import { createI18n } from '../../../../src/shared/i18n/i18n.ts';
import { languageFor, languageTags, pluralForms } from '../../../../src/shared/i18n/languages.ts';
import { pseudo } from '../../../../src/shared/i18n/pseudo.ts';

describe('the language', () => {
  it.each([
    [['pt-BR', 'en-US'], 'pt-BR'],
    [['pt-PT'], 'pt-BR'],
    [['es_MX.UTF-8'], 'es'],
    [['de-DE', 'id-ID', 'en'], 'id'],
    [['ar-EG'], 'ar'],
    [['de-DE'], 'en'],
    [['en-XA'], 'en'],
    [['C'], 'en'],
    [[], 'en'],
  ])('of a computer with %j is %s', (preferred, language) => {
    expect(languageFor('system', preferred)).toBe(language);
  });

  it('is the agent’s choice before the computer’s', () => {
    expect(languageFor('es', ['ar'])).toBe('es');
  });
});

it.each(languageTags)('%s has the plural forms that counts below a million need', (language) => {
  const rules = new Intl.PluralRules(language);
  const counts = Array.from({ length: 1200 }, (_, count) => count).concat(10_000, 999_999);
  expect(new Set(counts.map((count) => rules.select(count)))).toEqual(
    new Set(pluralForms[language]),
  );
});

describe('in Arabic', () => {
  it('a value keeps its own direction, a telephone number too', async () => {
    const { setLanguage, t } = createI18n();
    await setLanguage('ar');
    expect(t('callEnds.answeredBy', { name: '+55 11 98765-4321' })).toContain(
      '\u2068+55 11 98765-4321\u2069',
    );
    expect(t('callEnds.answeredBy', { name: '\u202e\u2067Bea' })).toContain('\u2068Bea\u2069');
  });
});

describe('the pseudo-language', () => {
  it('marks every text, leaves placeholders, and is a third longer', async () => {
    expect(pseudo('Hello {{name}}, {{at, time}}')).toMatch(
      /^⟦Ĥéļļö \{\{name\}\}, \{\{at, time\}\} .*⟧$/,
    );
    const { setLanguage, t } = createI18n();
    await setLanguage('en-XA');
    expect(t('common.calls', { count: 1 })).toMatch(/^⟦1 çåļļ .*⟧$/);
    expect(t('common.calls', { count: 2 })).toMatch(/^⟦2 çåļļš .*⟧$/);
  });
});
