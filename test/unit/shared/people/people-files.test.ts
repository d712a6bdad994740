import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { i18n, t } from '../../../../src/shared/i18n/i18n.ts';
import { languageTags } from '../../../../src/shared/i18n/languages.ts';
import { parsePhone } from '../../../../src/shared/lib/phone.ts';
import { peopleCsv } from '../../../../src/shared/people/people-csv.ts';
import { peopleCsvReader } from '../../../../src/shared/people/read-people-csv.ts';
import type { PersonRecord } from '../../../../src/shared/people/person-record.ts';
import { readVCards, vCards } from '../../../../src/shared/people/vcard.ts';

const read = (text: string) => {
  const parsed = parsePhone(text, 'BR');
  return parsed.ok ? parsed.value.number.e164.slice(1) : undefined;
};

const words = fc
  .oneof(
    fc.string({ maxLength: 30, unit: 'grapheme' }),
    fc.constantFrom(
      '=cmd|x',
      '+1+1',
      '-2',
      '@SUM(A1)',
      "'=x",
      "''-y",
      'a;b,c\\d',
      'Ana "Lima"',
      'two\nlines',
      'ação ✓',
    ),
  )
  // Digits would be read as a number, and files keep no blanks at the ends.
  .map((text) => text.replaceAll(/\d|\p{Cc}(?<!\n)|\p{Zs}(?<! )|\p{Cf}/gu, '').trim());
const numbers = fc.uniqueArray(
  fc.integer({ min: 10_000_000, max: 99_999_999 }).map((n) => `55119${n}`),
  { maxLength: 3 },
);
const people: fc.Arbitrary<PersonRecord> = fc
  .record({
    name: words.map((text) => text.replaceAll('\n', ' ')),
    company: words.map((text) => text.replaceAll('\n', ' ')),
    notes: words,
    language: fc.constantFrom('', 'pt', 'pt-BR', 'ar'),
    doNotCall: fc.option(fc.record({ reason: words.map((text) => text.replaceAll('\n', ' ')) }), {
      nil: undefined,
    }),
    numbers,
    userId: fc.option(fc.constantFrom('BR.1', 'BR.13491208655302741918'), { nil: undefined }),
  })
  .filter(({ numbers: list, userId }) => list.length > 0 || userId !== undefined);

const readPeopleCsv = await peopleCsvReader();

describe.each([
  ['CSV', (list: readonly PersonRecord[]) => peopleCsv(list), readPeopleCsv],
  [
    'CSV with semicolons',
    (list: readonly PersonRecord[]) => peopleCsv(list, 'semicolon'),
    readPeopleCsv,
  ],
  ['vCard', vCards, readVCards],
] as const)('%s', (_, write, readBack) => {
  it('what is exported is imported as the same people', () => {
    fc.assert(
      fc.property(fc.array(people, { maxLength: 4 }), (list) => {
        const back = readBack(write(list), read);
        expect(back.map((entry) => ('record' in entry ? entry.record : entry))).toEqual(
          list.map(({ doNotCall, userId, ...person }) => ({
            ...person,
            ...(doNotCall && { doNotCall }),
            ...(userId !== undefined && { userId }),
          })),
        );
      }),
      { numRuns: 200, seed: 20261129 },
    );
  });

  it('a broken file is reported, and never throws', () => {
    fc.assert(
      fc.property(fc.array(people, { maxLength: 2 }), fc.nat(), fc.string(), (list, at, junk) => {
        const text = write(list);
        const cut = at % (text.length + 1);
        expect(readBack(text.slice(0, cut) + junk + text.slice(cut), read)).toBeInstanceOf(Array);
        expect(readBack(text.slice(0, cut), read)).toBeInstanceOf(Array);
      }),
      { numRuns: 200, seed: 20261129 },
    );
  });
});

it('no cell of a CSV file is a formula', () => {
  const person = {
    name: '=HYPERLINK("x")',
    company: '@A',
    notes: '-1',
    language: '',
    numbers: ['5511987654321'],
  };
  expect(peopleCsv([person])).toContain(`"'=HYPERLINK(""x"")","+5511987654321","","'@A","'-1"`);
});

it('reads files of other programs: names in parts, several phones, semicolons, national numbers', () => {
  const google =
    'First Name,Middle Name,Last Name,Organization Name,Notes,Phone 1 - Label,Phone 1 - Value\n' +
    'Ana,,Lima,Padaria Sol,,Mobile,(11) 98765-4321 ::: +1 650 253 0000\n' +
    ',,Nobody,,,Mobile,call me\n' +
    'Bia,,,,,,\n';
  expect(readPeopleCsv(google, read)).toMatchObject([
    {
      line: 2,
      record: {
        name: 'Ana Lima',
        company: 'Padaria Sol',
        numbers: ['5511987654321', '16502530000'],
      },
    },
    { line: 3, problem: 'bad-number', what: 'call me' },
    { line: 4, problem: 'no-number', what: 'Bia' },
  ]);
  const excel = '\uFEFFNome;Telefone;Observações\r\n"Souza; Rui";11 98765-4321;"liga\r\ntarde"\r\n';
  expect(readPeopleCsv(excel, read)).toMatchObject([
    { line: 2, record: { name: 'Souza; Rui', notes: 'liga\r\ntarde', numbers: ['5511987654321'] } },
  ]);
  expect(readPeopleCsv('fruit,colour\napple,red\n', read)).toMatchObject([
    { problem: 'no-number', what: 'fruit, colour' },
  ]);
});

it('takes the number first that a vCard prefers most', () => {
  const numbersOf = (...phones: string[]) => {
    const [person] = readVCards(['BEGIN:VCARD', 'FN:Ana', ...phones, 'END:VCARD'].join('\n'), read);
    return person && 'record' in person ? person.record.numbers : [];
  };
  const [home, mobile] = ['551133334444', '5511987654321'];
  expect(numbersOf(`TEL;PREF=2:+${home}`, `TEL;PREF=1:+${mobile}`)).toEqual([mobile, home]);
  expect(numbersOf(`TEL;PREF=1;TYPE=home:+${home}`, `TEL;TYPE=cell:+${mobile}`)[0]).toBe(home);
  expect(numbersOf(`TEL;TYPE=CELL:+${mobile}`, `TEL;TYPE=HOME,PREF:+${home}`)[0]).toBe(home);
});

it.each(['Nombre;Móvil', 'Nome;Celular', 'Nome;Telemóvel', 'Nama;Ponsel'])(
  'reads a table headed %s',
  (headings) => {
    expect(readPeopleCsv(`${headings}\nAna;+5511987654321`, read)).toMatchObject([
      { record: { name: 'Ana', numbers: ['5511987654321'] } },
    ]);
  },
);

it('reads vCards of phones: version 2.1 quoted-printable, 3.0 folded and grouped, 4.0 with URIs', () => {
  const cards = [
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jo=C3=A3o;;;;',
    'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jo=C3=A3o =',
    'da Silva',
    'TEL;CELL:(11) 98765-4321',
    'END:VCARD',
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:Lima;Ana;Maria;Dra.;',
    'item1.TEL;type=HOME:+55 11 3333-4444',
    'item2.TEL;type=CELL;type=pref:+55 11 91234-5678',
    'ORG:Padaria Sol;Kitchen',
    'NOTE:Speaks slo',
    ' wly\\, very\\nnice',
    'PHOTO;ENCODING=b;TYPE=JPEG:AAAA',
    ' BBBB',
    'END:VCARD',
    'BEGIN:VCARD',
    'VERSION:4.0',
    'FN:Eva',
    'TEL;VALUE=uri;TYPE="voice,cell":tel:+1-650-253-0000;ext=12',
    'LANG;PREF=1:fr',
    'END:VCARD',
    'BEGIN:VCARD',
    'VERSION:3.0',
    'FN:Cut off',
    'TEL:+5511',
  ].join('\r\n');
  expect(readVCards(cards, read)).toMatchObject([
    { line: 1, record: { name: 'João da Silva', numbers: ['5511987654321'] } },
    {
      line: 8,
      record: {
        name: 'Dra. Ana Maria Lima',
        company: 'Padaria Sol',
        notes: 'Speaks slowly, very\nnice',
        numbers: ['5511912345678', '551133334444'],
      },
    },
    { line: 19, record: { name: 'Eva', language: 'fr', numbers: ['16502530000'] } },
    { line: 25, problem: 'broken' },
  ]);
});

it('reads a card within a card, as version 2.1 names an agent, as a person of its own', () => {
  const cards = [
    'BEGIN:VCARD',
    'FN:Ana',
    'AGENT:',
    'BEGIN:VCARD',
    'FN:Rui',
    'TEL:11 91234-5678',
    'END:VCARD',
    'TEL:11 98765-4321',
    'END:VCARD',
    'BEGIN:VCARD',
    'FN:Eva',
    'AGENT:',
    'BEGIN:VCARD',
    'FN:Cut off',
  ];
  expect(readVCards(cards.join('\r\n'), read)).toMatchObject([
    { line: 4, record: { name: 'Rui', numbers: ['5511912345678'] } },
    { line: 1, record: { name: 'Ana', numbers: ['5511987654321'] } },
    { line: 10, problem: 'broken' },
    { line: 13, problem: 'broken' },
  ]);
});

it('reads a card with blanks around its colons', () => {
  const cards = [
    'BEGIN : VCARD',
    'FN : Ana Lima',
    'TEL ; HOME : 11 3333-4444',
    'TEL; CELL :\ttel:11 98765-4321',
    'END : VCARD',
  ];
  expect(readVCards(cards.join('\n'), read)).toMatchObject([
    { line: 1, record: { name: 'Ana Lima', numbers: ['5511987654321', '551133334444'] } },
  ]);
});

describe('files as other programs leave them', () => {
  it.each([
    ['lines of Excel for Mac', 'name,phone\rAna,+5511987654321\r'],
    ['a line for Excel', 'sep=;\r\nname;phone\r\nAna;+5511987654321\r\n'],
    ['a line for Excel after a mark', '\ufeff"sep=|"\nname|phone\nAna|+5511987654321\n'],
    ['numbers taken for amounts', 'name,phone\nAna,5511987654321.0\n'],
    ['amounts with a comma', 'name;phone\nAna;5511987654321,00\n'],
    ['formulas that keep digits', 'name,phone\nAna,"=""+5511987654321"""\n'],
  ])('X1 people are read from a file with %s', (_, text) => {
    expect(readPeopleCsv(text, read)).toMatchObject([
      { record: { name: 'Ana', numbers: ['5511987654321'] } },
    ]);
  });

  it.each(['5,51198E+12', '5.51198765E+12'])(
    'X1 %s lost its digits, and is nobody’s number',
    (phone) => {
      expect(readPeopleCsv(`name;phone\nAna;${phone}\n`, read)).toMatchObject([
        { problem: 'bad-number', what: phone },
      ]);
    },
  );
});

describe('a CSV file written in another language', () => {
  afterEach(() => i18n.setLanguage('en'));

  it.each(languageTags.filter((tag) => tag !== 'en-XA'))(
    'has headings in that language (%s), and is read in every one',
    async (language) => {
      const person: PersonRecord = {
        name: 'Ana',
        company: 'Sol',
        notes: 'two\nlines',
        language: 'pt-BR',
        doNotCall: { reason: 'asked so' },
        numbers: ['5511987654321', '5511912345678'],
        userId: 'BR.1',
      };
      await i18n.setLanguage(language);
      const file = peopleCsv([person], 'semicolon');
      for (const column of ['phone', 'do_not_call_reason'] as const) {
        expect(file).toContain(t(`people.csvColumns.${column}`));
      }
      for (const reader of languageTags) {
        await i18n.setLanguage(reader);
        expect(readPeopleCsv(file, read)).toEqual([{ line: 2, record: person }]);
      }
    },
  );

  it('is read with the headings of earlier versions, too', () => {
    const file = 'name,phone,other_phones,do_not_call,do_not_call_reason\nAna,11987654321,,yes,so';
    expect(readPeopleCsv(file, read)).toMatchObject([
      { record: { name: 'Ana', numbers: ['5511987654321'], doNotCall: { reason: 'so' } } },
    ]);
  });
});

describe('headings of other programs', () => {
  it.each([
    ['Nome completo;Telefone celular;Observações', 'Ana Lima;(11) 98765-4321;x'],
    ['Nombre;Apellidos;Teléfono móvil', 'Ana;Lima;+55 11 98765-4321'],
    ['Nama depan,Nama belakang,Nomor telepon', 'Ana,Lima,+5511987654321'],
    ['Nama Lengkap,No. HP', 'Ana Lima,+5511987654321'],
    ['الاسم الكامل,رقم الهاتف', 'Ana Lima,+5511987654321'],
    ['Name|Phone', 'Ana Lima|+5511987654321'],
    ['Name,Last Name,Business Fax Phone,Phone', 'Ana Lima,Lima,+551133334444,11987654321'],
    ['Name,Country Code,Phone', 'Ana Lima,+55,011 98765-4321'],
    ['Name,Country Code,Phone', 'Ana Lima,1,+5511987654321'],
  ])('are known: %s', async (head, line) => {
    const entries = (await peopleCsvReader())(`${head}\n${line}`, read);
    expect(entries).toMatchObject([{ record: { name: 'Ana Lima', numbers: ['5511987654321'] } }]);
  });

  it('a country in a column of its own is the number’s', async () => {
    const file = 'Name,Country Code,Phone\nBob,1,6315553601\nEva,44,07700 900123';
    expect((await peopleCsvReader())(file, read)).toMatchObject([
      { record: { numbers: ['16315553601'] } },
      { record: { numbers: ['447700900123'] } },
    ]);
  });

  it.each([
    '+5511987654321 / +5511987654322',
    '"11987654321, 11987654322"',
    '11987654321 e 11987654322',
  ])('all numbers of a field are read: %s', async (field) => {
    expect((await peopleCsvReader())(`name,phone\nAna,${field}`, read)).toMatchObject([
      { record: { numbers: ['5511987654321', '5511987654322'] } },
    ]);
  });

  it('a slash within a number divides nothing', async () => {
    const german = (text: string) => {
      const parsed = parsePhone(text, 'DE');
      return parsed.ok && !parsed.value.hint ? parsed.value.number.e164.slice(1) : undefined;
    };
    const entries = (await peopleCsvReader())('name,phone\nAna,0176 / 12345678', german);
    expect(entries).toMatchObject([{ record: { numbers: ['4917612345678'] } }]);
  });
});
