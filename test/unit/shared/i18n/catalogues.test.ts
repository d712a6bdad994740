import { describe, expect, it } from 'vitest';
import { english as en, translations } from '../../../../src/shared/i18n/catalogues.ts';
import { pluralForms } from '../../../../src/shared/i18n/languages.ts';

/** Every text by its key. */
function texts(table: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(table).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[`${prefix}${name}`, value] satisfies [string, string]]
        : [...texts(Object(value), `${prefix}${name}.`)],
    ),
  );
}

const english = texts(en);
const plurals = new Set(
  [...english.keys()].filter((key) => key.endsWith('_one')).map((key) => key.slice(0, -4)),
);
const placeholders = (text: string) => [...text.matchAll(/\{\{[^}]*\}\}/g)].map(String).toSorted();
/** The English text that a form of a plural translates. */
const originOf = (key: string): string => {
  const form = /_(zero|one|two|few|many)$/.exec(key);
  const name = key.slice(0, form?.index);
  return form && plurals.has(name)
    ? (english.get(`${name}_other`) ?? '')
    : (english.get(key) ?? '');
};

/** Names, units, keys and words that one of our languages has in common with English. */
const SAME_TEXT = new Set([
  // The sign of every recorder.
  'REC',
  'Citrix',
  'Omnissa Horizon',
  'Windows 365',
  'Azure Virtual Desktop',
  'Remote Desktop',
  'Zernio',
  '360dialog',
  'Pilot Status',
  'Meta Cloud API',
  'CSV',
  'JSON Lines',
  'Escape',
  '{{minutes}}\u00a0min',
  '{{hours}}\u00a0h {{minutes}}\u00a0min',
  'Hindi',
  'Kannada',
  'Telugu',
  'Tab (1.5)',
  'Demo',
  'Offline',
  'relay',
  'Token',
  'Supervisor',
  'Admin',
  'Video',
  'Sticker',
  'audio',
  'Template',
  'Template…',
  'Template {{name}}',
  'Filter',
  'Status',
  'Format',
  'CRM',
  'Parquet',
  'Folder',
  'Ana Souza',
]);
const hasWords = (text: string) =>
  /\p{L}{3}/u.test(
    text.replaceAll(/\{\{[^}]*\}\}|https?:\S*|\b(?:Ringdesk|Electron|WhatsApp|tel|sip|wss)\b/g, ''),
  );

const others = await Promise.all(
  Object.entries(translations).map(
    async ([language, read]) => [language, { ...(await read()) }] as const,
  ),
);

describe.each(others)('%s', (language, catalogue) => {
  const translated = texts(catalogue);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Object.entries` forgets keys
  const forms = pluralForms[language as keyof typeof translations];

  it('has every text in every plural form it needs, and no other', () => {
    const wanted = [...english.keys()].flatMap((key) => {
      const name = key.replace(/_(?:one|other)$/, '');
      if (!plurals.has(name)) return [key];
      return key.endsWith('_one') ? [] : forms.map((form) => `${name}_${form}`);
    });
    expect([...translated.keys()].toSorted()).toEqual(wanted.toSorted());
  });

  it('has the values of the English text, at least but for a count in words', () => {
    for (const [key, text] of translated) {
      const wanted = placeholders(originOf(key));
      const inWords = /_(?:zero|one|two)$/.test(key);
      const optional = inWords ? wanted.filter((one) => !placeholders(text).includes(one)) : [];
      // “No calls”, “two calls”: the number is in the words.
      if (inWords && optional.every((one) => one === '{{count}}' || key.endsWith('_zero')))
        continue;
      expect([key, ...placeholders(text)]).toEqual([key, ...wanted]);
    }
  });

  it('is translated', () => {
    const same = [...translated].filter(
      ([key, text]) => text === english.get(key) && hasWords(text) && !SAME_TEXT.has(text),
    );
    expect(same).toEqual([]);
  });

  it('has no empty text, and a blank at the end only where English has one', () => {
    const odd = [...translated].filter(
      ([key, text]) => text === '' || text.endsWith(' ') !== originOf(key).endsWith(' '),
    );
    expect(odd).toEqual([]);
  });
});
