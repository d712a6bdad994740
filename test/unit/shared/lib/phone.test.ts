import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isSamePerson, numberKey, personKey } from '../../../../src/shared/lib/person-key.ts';
import {
  displayPhone,
  parsePhone,
  phoneCountry,
  phoneOf,
} from '../../../../src/shared/lib/phone.ts';

/** The digits that would be dialled, or the problem. */
function read(text: string, country = 'BR'): string {
  const parsed = parsePhone(text, country);
  return parsed.ok ? parsed.value.number.e164.slice(1) : parsed.error;
}

const hintOf = (text: string, country = 'BR') => {
  const parsed = parsePhone(text, country);
  return parsed.ok ? parsed.value.hint : parsed.error;
};

describe('numbers outside the national plans', () => {
  it('N1 Mexico’s old 1 after +52 is callable as typed and shown in Mexican format', () => {
    expect(read('+52 1 55 1234 5678')).toBe('5215512345678');
    expect(read('5215512345678')).toBe('5215512345678');
    expect(read('+52 55 1234 5678')).toBe('525512345678');
    expect(read('1 55 1234 5678', 'MX')).toBe('5215512345678');
    expect(read('55 1234 5678', 'MX')).toBe('525512345678');
    expect(read('044 55 1234 5678', 'MX')).toBe('525512345678');
    expect(read('01 81 1234 5678', 'MX')).toBe('528112345678');
    expect(hintOf('+52 1 55 1234 5678')).toBeUndefined();
    expect(displayPhone('5215512345678')).toBe('+52 1 55 1234 5678');
    expect(displayPhone('525512345678')).toBe('+52 55 1234 5678');
    expect(displayPhone('5218112345678')).toBe('+52 1 81 1234 5678');
    expect(phoneCountry('5215512345678')).toBe('MX');
  });

  it('N2 Brazilian numbers without the ninth digit are callable as typed', () => {
    expect(read('31 8888-7777')).toBe('553188887777');
    expect(read('031 8888-7777')).toBe('553188887777');
    expect(read('+55 (0) 31 8888-7777')).toBe('553188887777');
    expect(read('(0xx31) 8888-7777')).toBe('553188887777');
    for (const text of ['+55 (0)31 8888-7777', '+55 (0**31) 8888-7777', '+55 (0 xx 31) 8888-7777'])
      expect(read(text, 'US')).toBe('553188887777');
    expect(read('553188887777', 'US')).toBe('553188887777');
    expect(hintOf('31 8888-7777')).toBeUndefined();
    expect(displayPhone('553188887777')).toBe('+55 31 8888 7777');
    expect(displayPhone('5531988887777')).toBe('+55 31 98888 7777');
    expect(displayPhone('553133334444')).toBe('+55 31 3333 4444');
  });

  it('N1 N2 a number that only looks unusual is callable, with a hint', () => {
    const unusual: [text: string, country: string, digits: string][] = [
      ['+225 07 12 34 56', 'BR', '22507123456'],
      ['22997123456', 'BJ', '22997123456'],
      ['+999 123 456 789', 'BR', '999123456789'],
      ['+1 650 2530', 'US', '16502530'],
      ['8765-4321', 'BR', '5587654321'],
      ['+62 812 3456 7890 12', 'ID', '628123456789012'],
      ['20 98765-4321', 'BR', '5520987654321'],
    ];
    for (const [text, country, digits] of unusual) {
      expect(read(text, country)).toBe(digits);
    }
    expect(hintOf('+225 07 12 34 56')).toBe('unusual');
    expect(hintOf('+999 123 456 789')).toBe('unusual');
    expect(hintOf('+55 11 98765-4321')).toBeUndefined();
  });

  it('N1 only what cannot be E.164 is rejected', () => {
    expect(read('')).toBe('empty');
    expect(read(' \u200e\u00a0')).toBe('empty');
    expect(read('190')).toBe('too-short');
    expect(read('+551234')).toBe('too-short');
    expect(read('+5511987654321987')).toBe('too-long');
    expect(read('camila')).toBe('not-a-number');
  });

  it('N2 a trunk prefix after the country code is removed, and Italy’s zero is kept', () => {
    expect(read('+62 0812 3456 7890')).toBe('6281234567890');
    expect(read('+44 (0)20 7946 0018')).toBe('442079460018');
    expect(read('+39 06 6982 1234')).toBe('390669821234');
    expect(read('+54 11 15 2345 6789')).toBe('5491123456789');
    expect(read('011 15 2345-6789', 'AR')).toBe('5491123456789');
    expect(read('+7 (8) 999 123-45-67')).toBe('79991234567');
  });

  it('N2 a Brazilian carrier code is removed where the country code is written, too', () => {
    expect(read('+55 (0)15 11 98765-4321')).toBe('5511987654321');
    expect(read('+55 0 41 11 3333-4444')).toBe('551133334444');
    expect(read('0055 (021) 11 98765 4321')).toBe('5511987654321');
    expect(read('015 11 98765-4321', 'BR')).toBe('5511987654321');
    expect(read('+55 (0)15 98765-4321')).toBe('5515987654321');
  });
});

describe('the key of a person', () => {
  it('N3 is the same for every WhatsApp spelling of a number', () => {
    const pairs: [string, string][] = [
      ['5215512345678', '525512345678'],
      ['553188887777', '5531988887777'],
      ['551167654321', '5511967654321'],
      ['5491123456789', '541123456789'],
      ['5492235123456', '542235123456'],
      ['+52 1 55 1234 5678', '52 55 1234-5678'],
    ];
    for (const [one, other] of pairs) {
      expect(numberKey(one)).toBe(numberKey(other));
      expect(isSamePerson({ waId: one }, { waId: other })).toBe(true);
      expect(personKey({ waId: one, userId: 'BR.1' })).toBe(personKey({ waId: other }));
    }
  });

  it('N3 differs for landlines, renumbered networks and neighbouring numbers', () => {
    const others: [string, string][] = [
      ['553133334444', '5531933334444'],
      ['22507123456', '2250707123456'],
      ['22997123456', '2290197123456'],
      ['525512345678', '525512345679'],
      ['15512345678', '5512345678'],
    ];
    for (const [one, other] of others) expect(numberKey(one)).not.toBe(numberKey(other));
    expect(isSamePerson({ waId: '1' }, {})).toBe(false);
    expect(isSamePerson({}, {})).toBe(false);
    expect(isSamePerson({ userId: 'BR.1', waId: '551' }, { userId: 'BR.1' })).toBe(true);
    expect(personKey({ userId: 'BR.1' })).toBe('u:BR.1');
    expect(personKey({})).toBeUndefined();
  });
});

describe('finding a number in pasted text', () => {
  const ours = '5511987654321';

  it.each(
    [
      '5511987654321',
      'https://wa.me/5511987654321',
      'http://wa.me/5511987654321?text=Ol%C3%A1%2C%20ligue%20para%2011%203456-7890',
      'wa.me/+5511987654321',
      'https://wa.me/call/5511987654321',
      'https://wa.me/%2B55%2011%2098765-4321',
      'https://wa.me/p/6543210987654/5511987654321',
      'Chama aqui https://wa.me/5511987654321 ou ligue',
      'https://wa.me/message/?phone=5511987654321',
      'https://api.whatsapp.com/send?phone=5511987654321&text=oi+2',
      'https://api.whatsapp.com/send/?phone=%2B55%2011%2098765-4321&app_absent=0',
      'https://api.whatsapp.com/send?phone=%252B5511987654321',
      'https://web.whatsapp.com/send?text=hi&phone=5511987654321#x',
      'https://l.example/?u=https%3A%2F%2Fwa.me%2F5511987654321',
      'whatsapp://send?phone=5511987654321',
      'whatsapp://send/?text=1234567&phone=+5511987654321',
      'viber://chat?number=%2B5511987654321',
      'https://signal.me/#p/+5511987654321',
      '5511987654321@s.whatsapp.net',
      '5511987654321:12@s.whatsapp.net',
      '5511987654321.0:3@s.whatsapp.net',
      '5511987654321@c.us',
      'true_5511987654321@c.us_3EB0',
      'whatsapp:+5511987654321',
      'whatsapp:5511987654321',
      'callto:+5511987654321',
      'callto://+55-11-98765-4321',
      'skype:+5511987654321?call',
      'sms:+5511987654321?body=1234567',
      'tel:+5511987654321;ext=9',
      'tel:+55-11-98765-4321',
      'tel:+55(11)98765-4321',
      'tel:11-98765-4321;phone-context=+55',
      'tel:011987654321;phone-context=+55',
      'TEL:+5511987654321',
      '+55_11_98765_4321',
      '+55 11 98765~4321',
      '+55 11\n98765-4321',
      '+55 (11) / 98765-4321',
      'sip:+5511987654321@pbx.example;user=phone',
      '<sips:+5511987654321@10.0.0.1:5061>',
      '%2B55%2011%2098765%204321',
      '+55%20(11)%2098765-4321',
      'Tel.: +55 11 98765-4321',
      'Tel: +55 (11) 98765-4321',
      'Tel.+55 11 98765-4321',
      '+55 (11) 98765-4321 / WhatsApp',
      'WhatsApp +55 11 98765-4321 (Ana, 9h às 18h)',
      'Ana 55 11 98765-4321',
      '[14:05, 28/11/2026] Ana: +55 11 98765-4321',
      '+55 11 98765-4321 ramal 12',
      '+55 11 98765-4321 ext. 9',
      '+55 11 98765-4321 x9',
      '＋５５ １１ ９８７６５ー４３２１'.replace('ー', '－'),
      '+٥٥١١٩٨٧٦٥٤٣٢١',
      '+۵۵ ۱۱ ۹۸۷۶۵ ۴۳۲۱',
      '+५५ ११ ९८७६५ ४३२१',
      '+৫৫১১৯৮৭৬৫৪৩২১',
      '\u202a+55\u00a011\u202f98765\u20114321\u202c',
      '\u200e+55\u2066 11\u2069 98765\u00ad4321\ufeff',
      '+55.11.98765.4321',
      '+55 11 98765–4321',
      '+55·11·98765·4321',
      '+ 55 11 98765 4321',
      '(+55) 11 98765 4321',
      '++5511987654321',
      '0055 11 98765-4321',
      '+0055 11 98765-4321',
      '011 55 11 98765-4321',
      "'5511987654321",
      '"5511987654321";',
    ].map((text) => [text]),
  )('N4 succeeds in %s, even with another country chosen', (text) => {
    expect(read(text, 'US')).toBe(ours);
  });

  it('N4 uses the chosen country for a number without a country code', () => {
    expect(read('(11) 98765-4321')).toBe(ours);
    expect(read('011 98765-4321')).toBe(ours);
    expect(read('0 15 11 98765-4321')).toBe(ours);
    expect(read('tel:11987654321')).toBe(ours);
    expect(read('030/901820', 'DE')).toBe('4930901820');
    expect(read('8 (999) 123-45-67', 'RU')).toBe('79991234567');
    expect(read('0011 55 11 98765 4321', 'AU')).toBe(ours);
  });

  it('N4 takes the first of several and says so', () => {
    for (const text of [
      '+55 11 98765-4321 / +55 11 3456-7890',
      '11 98765-4321 / 11 3456-7890',
      '11 98765-4321, 11 3456-7890',
      '11 98765-4321 ou 11 3456-7890',
      '+5511987654321 +551134567890',
      '5511987654321 551134567890',
      '11 98765-4321\n11 3456-7890',
      '11 98765-4321; 11 3456-7890',
    ]) {
      expect(read(text)).toBe(ours);
      expect(hintOf(text)).toBe('first-of-several');
    }
    // The same number twice counts as one.
    expect(hintOf('11 98765-4321 / +5511987654321')).toBeUndefined();
  });

  it.each([
    '1-800-FLOWERS',
    '1 800 FLOWERS',
    '+1 800 555 CALL',
    '1-800-225-CALL',
    '1800MYAPPLE',
    'BR.13491208655302741918',
    '13491208655302@lid',
    '5511987654321-1600000000@g.us',
    'status@broadcast',
    'https://wa.me/message/ABC123DEF4567',
    'https://chat.whatsapp.com/Abc1234567890',
    'ana1234567@example.com',
    'callto:ana1234567',
    '5.51199E+12',
    'order 1234567',
    'Ana 2',
  ])('N4 finds nothing in %s', (text) => {
    expect(read(text, 'US')).toBe('not-a-number');
  });
});

test.each([
  ['0176 / 123 45 678', 'DE', '+4917612345678'],
  ['+49 (0) 176 / 123 45 678', 'BR', '+4917612345678'],
  ['(089)\n123456', 'DE', '+4989123456'],
  ['06 / 12 34 56 78', 'FR', '+33612345678'],
])(
  'N4 a slash or line break after the start of a number begins no other: %j',
  (text, country, e164) => {
    expect(parsePhone(text, country)).toMatchObject({ ok: true, value: { number: { e164 } } });
  },
);

describe('odd numbers', () => {
  const digits = fc.stringMatching(/^\d{1,20}$/);
  const marks = fc.constantFrom('', ' ', '-', '.', '(', ') ', '\u00a0', '\u200e', '\u2011', '/');
  const odd = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    digits,
    fc
      .array(fc.oneof(digits, marks, fc.constantFrom('+', '00', 'tel:', '%', '@c.us', '?phone=')), {
        maxLength: 12,
      })
      .map((parts) => parts.join('')),
  );
  const runs = { numRuns: 300, seed: 20261128 };

  it('N* 300 odd texts throw nothing, and any number found is E.164', () => {
    fc.assert(
      fc.property(
        odd,
        fc.constantFrom('BR', 'US', 'MX', 'AR', 'IT', 'DE', 'XX', ''),
        (text, country) => {
          expect(read(text, country)).toMatch(/^\d{7,15}$|^empty$|^not-|^too-/);
        },
      ),
      runs,
    );
  });

  it('N* 300 numbers reported by a provider are callable as they are and shown without loss', () => {
    fc.assert(
      fc.property(digits, (waId) => {
        expect(phoneOf(waId).e164).toBe(`+${waId}`);
        expect(displayPhone(waId).replace(/\D/g, '')).toBe(waId);
      }),
      runs,
    );
  });

  it('N* 300 numbers of known plans survive formatting, pasting and parsing', () => {
    const plans = fc.oneof(
      fc.stringMatching(/^521(?:55|81|33)[1-9]\d{7}$/),
      fc.stringMatching(/^55(?:11|21|31|85)9?[6-9]\d{7}$/),
      fc.stringMatching(/^549?11[2-9]\d{7}$/),
      fc.stringMatching(/^44(?:20)[378]\d{7}$/),
      fc.stringMatching(/^22[59]\d{8}$/),
      fc.stringMatching(/^3906\d{8}$/),
    );
    fc.assert(
      fc.property(plans, fc.constantFrom('BR', 'US', 'IN'), (waId, country) => {
        expect(read(displayPhone(waId), country)).toBe(waId);
        expect(read(`https://wa.me/${waId}`, country)).toBe(waId);
        expect(numberKey(displayPhone(waId))).toBe(numberKey(waId));
        expect(numberKey(numberKey(waId))).toBe(numberKey(waId));
      }),
      runs,
    );
  });
});
