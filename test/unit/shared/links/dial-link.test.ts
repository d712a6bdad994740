import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDialLink, parseDialLink } from '../../../../src/shared/links/dial-link.ts';

const number = (link: string) => {
  const read = parseDialLink(link);
  return read.ok ? read.value.number : read.error;
};

describe('a link to a number', () => {
  it.each([
    ['tel:+5511987654321', '+5511987654321'],
    ['TEL:+55-11-98765.4321', '+5511987654321'],
    ['tel:+55%20(11)%2098765-4321', '+5511987654321'],
    ['tel:%2B5511987654321', '+5511987654321'],
    ['tel://+5511987654321', '+5511987654321'],
    ['tel:%252B55%252011%252098765-4321', '+5511987654321'],
    ['ringdesk:call?number=%252B5511987654321', '+5511987654321'],
    ['https://wa.me/%252B5511987654321', '+5511987654321'],
    ['tel:11987654321', '11987654321'],
    ['tel:+5511987654321p22', '+5511987654321'],
    ['tel:+5511987654321x22', '+5511987654321'],
    ['tel:7042;phone-context=example.com', '7042'],
    ['tel:863-1234;phone-context=+1-914-555', '+19145558631234'],
    ['tel:011987654321;phone-context=+55', '+5511987654321'],
    ['tel:+5511987654321;isub=1234;ext=22', '+5511987654321'],
    ['tel:+٥٥١١٩٨٧٦٥٤٣٢١', '+5511987654321'],
    ['tel:\u202a+55 11 98765‑4321\u202c', '+5511987654321'],
    ['callto:+5511987654321', '+5511987654321'],
    ['callto://+5511987654321?call', '+5511987654321'],
    ['ringdesk:call?number=+5511987654321', '+5511987654321'],
    ['ringdesk://call/?from=support&number=%2B55%2011%2098765-4321', '+5511987654321'],
    ['https://wa.me/5511987654321', '+5511987654321'],
    ['http://wa.me/+5511987654321?text=Call%20me%20on%20%2B1', '+5511987654321'],
    ['wa.me/5511987654321', '+5511987654321'],
    ['https://wa.me/call/5511987654321', '+5511987654321'],
    ['https://wa.me/c/5511987654321', '+5511987654321'],
    ['https://wa.me/p/6543210987654/5511987654321', '+5511987654321'],
    ['https://wa.me/?phone=5511987654321', '+5511987654321'],
    ['https://api.whatsapp.com/send?phone=+55%2011%2098765-4321&text=hi', '+5511987654321'],
    ['https://web.whatsapp.com/send/?phone=005511987654321', '+5511987654321'],
    ['whatsapp://send?phone=5511987654321&text=1', '+5511987654321'],
    ['whatsapp:send?text=&phone=5511987654321', '+5511987654321'],
    ['whatsapp:+5511987654321', '+5511987654321'],
    ['whatsapp:5511987654321', '+5511987654321'],
    ['whatsapp:%2B5511987654321', '+5511987654321'],
    ['  tel:+5511987654321\n', '+5511987654321'],
  ])('%j is %s', (link, read) => expect(number(link)).toBe(read));

  it('names the number of ours that calls', () => {
    expect(parseDialLink('ringdesk:call?number=1234567&from=support%20br')).toEqual({
      ok: true,
      value: { number: '1234567', from: 'support br' },
    });
    expect(number(`ringdesk:call?number=1234567&from=${'x'.repeat(300)}`)).toBe('malformed');
    expect(number('ringdesk:call?number=1234567&from=%ff')).toBe('malformed');
  });

  it.each([
    ['tel:+5511987654321;ext=22', '22'],
    ['tel:+5511987654321;EXT=2-2;ext=9', '22'],
    ['tel:+5511987654321,,22', '22'],
    ['tel:+5511987654321;ext=%3Cb%3E', undefined],
  ])('%s has the extension %s', (link, extension) => {
    const read = parseDialLink(link);
    expect(read.ok && read.value.extension).toBe(extension);
  });

  it.each([
    ['tel:*21*+5511987654321%23', 'service-code'],
    ['tel:*21*5511987654321#', 'service-code'],
    ['tel:%2A%2306%23', 'service-code'],
    ['tel:＊21＊5511987654321＃', 'service-code'],
    ['callto:##002#', 'service-code'],
    ['ringdesk:call?number=*21*5511987654321#', 'service-code'],
    ['https://wa.me/*21*5511987654321', 'service-code'],
    ['whatsapp://send?phone=*21*5511987654321%23', 'service-code'],
    ['tel:+5511987654321+5521987654321', 'several-numbers'],
    ['tel:+5511987654321,+5521987654321', 'several-numbers'],
    ['tel:+5511987654321/+5521987654321', 'several-numbers'],
    ['ringdesk:call?number=5511987654321&number=5521987654321', 'several-numbers'],
    ['whatsapp://send?phone=5511987654321&phone=5521987654321', 'several-numbers'],
    ['tel:', 'no-number'],
    ['tel:1-800-FLOWERS', 'no-number'],
    ['callto:echo123', 'no-number'],
    ['tel:12', 'no-number'],
    [`tel:${'1'.repeat(21)}`, 'no-number'],
    ['https://wa.me/', 'no-number'],
    ['https://wa.me/message/ABCDEF1234567', 'short-link'],
    ['https://wa.me/qr/5511987654321', 'short-link'],
    ['https://wa.me/message/', 'no-number'],
    ['https://wa.me/p/5511987654321/', 'no-number'],
    ['https://wa.me/0123456789', 'no-number'],
    ['https://api.whatsapp.com/resolve?phone=5511987654321', 'no-number'],
    ['whatsapp://chat?code=5511987654321', 'no-number'],
    ['ringdesk:call', 'unknown-action'],
    ['ringdesk:accept?number=5511987654321', 'unknown-action'],
    ['ringdesk:call/../settings?number=5511987654321', 'unknown-action'],
    ['tel:+55%0D%0A11987654321', 'malformed'],
    ['tel:+55\u000011987654321', 'malformed'],
    ['tel:+55%', 'malformed'],
    ['tel:+55%ff', 'malformed'],
    ['https://wa.me:443x/5511987654321', 'not-a-link'],
    ['https://wa.me@evil.example/5511987654321', 'not-a-link'],
    ['https://wa.me.evil.example/5511987654321', 'not-a-link'],
    ['https://evil.example/wa.me/5511987654321', 'not-a-link'],
    ['javascript:alert(5511987654321)', 'not-a-link'],
    ['file:///etc/5511987654321', 'not-a-link'],
    ['--profile=tel:5511987654321', 'not-a-link'],
    ['', 'not-a-link'],
  ])('%j is refused as %s', (link, why) => expect(number(link)).toBe(why));

  it.each([
    ['tel:', 'too-long'],
    ['', 'not-a-link'],
  ])('that is enormous is refused (%j)', (start, why) =>
    expect(number(`${start}${'1'.repeat(1_000_000)}`)).toBe(why),
  );

  it('is a number of digits alone, or refused, whatever it holds', () => {
    const starts = [
      'tel:',
      'callto:',
      'ringdesk:call?number=',
      'https://wa.me/',
      'https://api.whatsapp.com/send?phone=',
      'whatsapp://send?phone=',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789+-.()*#,;=&?%/ab \n'.split('')) }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...starts), text, (start, rest) => {
        const link = `${start}${rest}`;
        const read = parseDialLink(link);
        expect(isDialLink(link)).toBe(true);
        if (!read.ok) return;
        expect(read.value.number).toMatch(/^\+?\d{3,20}$/);
        expect(read.value.extension ?? '').toMatch(/^\d*$/);
        // The fragment of a page is no part of the number before it.
        const named = rest.replace(start.startsWith('https') ? /[?&#].*$/s : /[?&;].*$/s, '');
        expect(decodeURIComponent(named)).not.toMatch(/[*#]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is found for every number that it was made of', () => {
    const digits = fc.stringMatching(/^[1-9]\d{6,14}$/);
    const separator = fc.constantFrom('', '-', '.', ' ', '%20', '(', ')');
    fc.assert(
      fc.property(digits, separator, (all, between) => {
        const spelled = all.split('').join(between);
        expect(number(`tel:+${spelled}`)).toBe(`+${all}`);
        expect(number(`ringdesk:call?number=+${spelled}`)).toBe(`+${all}`);
        expect(number(`https://wa.me/${all}`)).toBe(`+${all}`);
        expect(number(`whatsapp://send?phone=${spelled}`)).toBe(`+${all}`);
      }),
    );
  });
});
