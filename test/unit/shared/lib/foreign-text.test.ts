import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { t } from '../../../../src/shared/i18n/i18n.ts';
import {
  clip,
  initialsOf,
  isolate,
  manyLines,
  nameWorthShowing,
  oneLine,
} from '../../../../src/shared/lib/foreign-text.ts';

const flag = '\u{1f1e7}\u{1f1f7}';
const scotland = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}';
const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';
const arabic = 'عبد الرحمن';
const FSI = '\u2068';
const PDI = '\u2069';

describe('a display name', () => {
  it.each([
    '',
    ' ',
    '\u00a0\u3000\t\n',
    '\u200b',
    '\u200e',
    '\u3164',
    '\u2800',
    '\u00ad',
    '\u2060',
    '\u202e',
    '\ufe0f',
    '\u200d',
    '\u115f\u1160\uffa0',
    '\u034f',
    '\u0301\u0301',
    '\ud83d',
    '\udc00\ud800',
    '\ufffd',
    '\ufffc',
    '\u{e0041}\u{e0042}',
    '\u{e0100}',
    '\u{1d159}',
    '\u180e',
    '\ufeff\u2066\u2069',
    '\u0000\u0007\u007f\u0085',
    '\u{13441}',
    ' \u3164 \u2800 \u200b ',
  ])('T1 rejects %j as blank', (name) => {
    expect(nameWorthShowing(name)).toBeUndefined();
    expect(initialsOf(name)).toBe('');
  });

  it.each([
    ['Ana Souza', 'Ana Souza'],
    ['  Ana \n\t Souza ', 'Ana Souza'],
    ['Bank \u202egnp.liam@knab support', 'Bank gnp.liam@knab support'],
    ['\u2067Ana\u2069 \u200eSouza\u200f', 'Ana Souza'],
    ['An\u00ada\u200b', 'Ana'],
    ['\u0301Ana', 'Ana'],
    ['José', 'José'],
    ['Jose\u0301', 'José'],
    [arabic, arabic],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['ကျွန်ုပ်', 'ကျွန်ုပ်'],
    ['नमस्ते', 'नमस्ते'],
    [`Ana ${flag}`, `Ana ${flag}`],
    [scotland, scotland],
    [family, family],
    ['❤\ufe0f', '❤\ufe0f'],
    ['.', '.'],
    ['007', '007'],
    ['\u3164Ana\u3164', 'Ana'],
    [null, undefined],
    [undefined, undefined],
  ])('T1 U14 cleans %j to %j', (name, shown) => {
    expect(nameWorthShowing(name)).toBe(shown);
  });

  it('T1 is clipped without splitting a letter, emoji or flag', () => {
    const long = nameWorthShowing(flag.repeat(200)) ?? '';
    expect(long).toBe(`${flag.repeat(79)}…`);
    expect(clip(`${'a'.repeat(79)}${family}`, 80)).toBe(`${'a'.repeat(79)}${family}`);
    expect(clip(`${'a'.repeat(79)}${family}b`, 80)).toBe(`${'a'.repeat(79)}…`);
    expect(nameWorthShowing(`\u{1f468}${'\u200d\u{1f468}'.repeat(5000)}`)).toBe('\u{1f468}');
    expect(nameWorthShowing(`Z${'\u0351'.repeat(300)}algo`)).toBe(`Z${'\u0351'.repeat(4)}algo`);
  });

  it('U14 has initials of whole graphemes', () => {
    expect(initialsOf('Ana Maria Souza')).toBe('AS');
    expect(initialsOf(`${family} Silva`)).toBe(`${family}S`);
    expect(initialsOf(`${flag}${flag}`)).toBe(flag);
    expect(initialsOf('\u202eAna')).toBe('A');
    expect(initialsOf('नमस्ते')).toBe('न');
  });
});

describe('foreign text in a sentence', () => {
  it('U14 is isolated only where its direction requires it', () => {
    expect(isolate('Ana')).toBe('Ana');
    expect(isolate(arabic)).toBe(`${FSI}${arabic}${PDI}`);
    expect(isolate('a\u202eb')).toBe('ab');
    expect(isolate(`${PDI}${arabic}`)).toBe(`${FSI}${arabic}${PDI}`);
    expect(isolate(`\u2067${arabic}`)).toBe(`${FSI}${arabic}${PDI}`);
    // Our sentences may be nested.
    expect(isolate(`${isolate(arabic)} is calling`)).toBe(
      `${FSI}${FSI}${arabic}${PDI} is calling${PDI}`,
    );
  });

  it('T1 keeps line breaks and removes direction overrides', () => {
    expect(manyLines('a\r\nb\u2028c\u202ed\u0007\ud83d')).toBe('a\nb\ncd');
    expect(manyLines(`${arabic}\u200f!`)).toBe(`${arabic}\u200f!`);
    expect(oneLine('a\n\nb')).toBe('a b');
  });
});

describe('odd names', () => {
  const hostile = fc.constantFrom(
    '\u202e',
    '\u202d',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u200f',
    '\u061c',
    '\u3164',
    '\u2800',
    '\ufe0f',
    '\u200d',
    '\u0301',
    '\ud83d',
    '\udc00',
    '\n',
    '\u2029',
    flag,
    scotland,
    family,
    arabic,
    'שלום',
    'Ana',
    ' ',
    '\u{e0041}',
    '\u0000',
    '\ufffd',
  );
  const odd = fc.oneof(
    fc.array(hostile, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.array(fc.nat(0xffff), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
  );
  const runs = { numRuns: 300, seed: 20261128 };
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/;

  it('T* 300 odd names leave every line readable', () => {
    fc.assert(
      fc.property(odd, (name) => {
        const shown = nameWorthShowing(name);
        if (shown === undefined) return;
        expect(shown).not.toMatch(/\p{Cs}/u);
        expect(shown).not.toMatch(turning);
        expect(shown).not.toMatch(/[\n\r\u2028\u2029\p{Cc}]|^\s|\s$|^\p{M}/u);
        expect(shown).toMatch(/[\p{L}\p{N}\p{P}\p{S}]/u);
        expect([...graphemes.segment(shown)].length).toBeLessThanOrEqual(80);
        // Cleaning twice changes nothing.
        expect(nameWorthShowing(shown)).toBe(shown);
      }),
      runs,
    );
  });

  it('T* 300 odd texts keep the sentences around them in order', () => {
    fc.assert(
      fc.property(odd, (text) => {
        const sentence = t('desktop.incomingCall', { caller: text });
        expect(sentence.endsWith(' is calling')).toBe(true);
        expect(sentence).not.toMatch(/[\u202a-\u202e]/);
        const marks = sentence.match(/[\u2066-\u2069]/g) ?? [];
        let depth = 0;
        for (const mark of marks) {
          depth += mark === PDI ? -1 : 1;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
      }),
      runs,
    );
  });
});
