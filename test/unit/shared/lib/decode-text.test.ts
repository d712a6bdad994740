import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../src/shared/lib/decode-text.ts';
import { parseJson } from '../../../../src/shared/lib/parse-json.ts';

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const LE = Buffer.from([0xff, 0xfe]);
const BE = Buffer.from([0xfe, 0xff]);
const UTF8 = Buffer.from([0xef, 0xbb, 0xbf]);

/** Encodings used by Notepad, PowerShell and others. */
const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with BOM': (text) => Buffer.concat([UTF8, Buffer.from(text)]),
  'UTF-16 LE with BOM': (text) => Buffer.concat([LE, Buffer.from(text, 'utf16le')]),
  'UTF-16 BE with BOM': (text) => Buffer.concat([BE, utf16be(text)]),
  'UTF-16 LE': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16 BE': utf16be,
};

describe('decoding a file that people edit', () => {
  it.each(Object.entries(encodings))('X2 reads %s, whatever the content', (_, encode) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const text = JSON.stringify({
          name,
          numbers: ['+55 11 98765-4321', 'São Paulo', '東京', '🙂'],
        });
        expect(decodeText(encode(text))).toEqual({ ok: true, value: text });
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it.each([
    ['Latin-1', Buffer.from('{"name":"Jos\xe9"}', 'latin1'), 'not-utf-8'],
    ['UTF-32', Buffer.concat([LE, Buffer.from([0, 0, 0x7b, 0, 0, 0])]), 'utf-32'],
    ['half of a UTF-16 file', Buffer.concat([LE, Buffer.from([0x7b])]), 'damaged-utf-16'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d]), 'not-utf-8'],
    ['zeros', Buffer.alloc(64), 'binary'],
  ])('X2 rejects %s and says why', (_, bytes, why) => {
    expect(decodeText(bytes)).toEqual({ ok: false, error: why });
  });

  it('X2 reads an empty file as empty text', () => {
    expect(decodeText(new Uint8Array())).toEqual({ ok: true, value: '' });
    expect(decodeText(UTF8)).toEqual({ ok: true, value: '' });
  });
});

describe('a JSON error', () => {
  it('L5 gives the line and never quotes the content', () => {
    const secret = 'EAAGs3cr3tT0k3n';
    const good = JSON.stringify({ accounts: [{ id: 'main', appSecret: secret }] }, undefined, 2);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.string({ maxLength: 3 }), (at, noise) => {
        const result = parseJson(`${good.slice(0, at)}${noise}${good.slice(at + 1)}`);
        if (result.ok) return;
        expect(result.error).toMatch(
          /^(look at line \d+|it is empty|it ends too early|it is damaged)$/,
        );
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });

  it('L5 names the line', () => {
    expect(parseJson('{\n  "a": 1,\n  "b": secret\n}')).toEqual({
      ok: false,
      error: 'look at line 3',
    });
    expect(parseJson('{\n  "a": "secret"\n  "b": 1\n}')).toEqual({
      ok: false,
      error: 'look at line 3',
    });
    expect(parseJson('{"a": [')).toEqual({ ok: false, error: 'it ends too early' });
    expect(parseJson(' ')).toEqual({ ok: false, error: 'it is empty' });
  });
});
