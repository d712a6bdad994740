import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrub, scrubText } from '../../../../src/shared/diagnostics/scrub.ts';

const known = { secrets: ['relay-Token!7', 'p"w'], home: '/home/ana', user: 'ana' };
const clean = (text: string) => scrubText(text, known);

describe('a text of the diagnostics file', () => {
  it.each([
    ['phone', 'call from +55 11 98765-4321 ended', '98765'],
    ['bare phone', 'waId 5511987654321', '5511987654'],
    ['phone in a name', 'person_5511987654321_x', '5511987654'],
    ['phone as a key', '"5511987654321":1', '5511987654'],
    ['Arabic digits', 'رقم ٥٥١١٩٨٧٦٥٤٣٢١', '٥٥١١٩٨٧٦٥'],
    ['e-mail', 'mail ana.lima@example.com.br now', 'example.com'],
    ['known token', 'Bearer relay-Token!7 x', 'relay-Token!7'],
    ['known token in a link', '?t=relay-Token%217&a=1', 'relay-Token%217'],
    ['known token in a link in a link', '?to=%3Ft%3Drelay-Token%25217', 'relay-Token'],
    ['known token as hex', '72656c61792d546f6b656e2137', '72656c61792d546f6b656e2137'],
    ['known token in base64', `t ${btoa('relay-Token!7')}`, btoa('relay-Token!7').slice(0, 16)],
    ['one after a user', `Basic ${btoa('a:relay-Token!7')}`, btoa('a:relay-Token!7').slice(4, 16)],
    ['one after a longer user', `x=${btoa('ab:relay-Token!7')}`, btoa('relay-Token!').slice(0, 16)],
    ['cookie', 'set-cookie: sid=abc123; Path=/', 'abc123'],
    ['fingerprint', 'got sha-256 82:99:5e:56:77:E0:21:E8:6E', '99:5e:56'],
    ['Meta token', 'EAABsbCS1iHgBAKZCqhZB0ZD7zX', 'EAABsb'],
    ['JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3', 'eyJhbGci'],
    ['app secret', 'key=0123456789abcdef0123456789abcdef', '0123456789abcdef'],
    ['link with a token', 'GET https://graph.example/v23/1?access_token=abc123 failed', 'abc123'],
    ['link with a user', 'proxy http://bob:hunter2@proxy:8080/', 'hunter2'],
    ['ufrag', 'a=ice-ufrag:4ZcD\r\n', '4ZcD'],
    ['password of ICE', 'a=ice-pwd:2/1muCWoOi3uLifh0NuRHlKx', '2/1muCWo'],
    ['candidate', 'candidate:1 1 UDP 2130706431 10.1.2.3 50000 typ host ufrag 4ZcD', '10.1.2.3'],
    ['fragment', '{"usernameFragment":"4ZcD"}', '4ZcD'],
    ['SDP', 'sdp "v=0\r\no=- 1 2 IN IP4 10.9.8.7\r\ns=-\r\na=setup:actpass\r\n"', '10.9.8.7'],
    [
      'SDP as JSON',
      String.raw`"v=0\r\no=- 1 2 IN IP4 10.9.8.7\r\na=ice-ufrag:4ZcD\r\n"`,
      '10.9.8.7',
    ],
    ['path', 'cannot open /home/ana/.config/Ringdesk', 'ana'],
  ])('has no %s', (_, text, planted) => {
    expect(clean(text)).not.toContain(planted);
  });

  it.each([
    'socket: lost: dropped, trying again in 3000 ms',
    '2026-11-30T10:20:30.123Z the clock was set by 1500 ms',
    'relay wss://relay.example.com/…',
    'stun answered from 203.0.113.7',
    'shortcuts: {"accept":"ours","decline":"taken"}',
  ])('keeps “%s”', (text) => {
    expect(clean(text)).toBe(text);
  });

  it('has no planted value, wherever it stands', () => {
    const planted = fc.constantFrom(
      '+5511987654321',
      '5511987654321',
      'relay-Token!7',
      'ana.lima@example.com',
      'EAABsbCS1iHgBAKZCqhZB0ZD7zX',
    );
    const around = fc.stringMatching(/^[ a-z,.;:"'(){}[\]<>=?!|]*$/);
    fc.assert(
      fc.property(around, planted, around, (before, secret, after) => {
        expect(clean(`${before}${secret}${after}`)).not.toContain(secret);
      }),
    );
  });
});

describe('a value of the diagnostics file', () => {
  it('loses what its name says is secret, at any depth, and keeps the rest', () => {
    const value = {
      token: 'short',
      nested: [{ proxyPassword: 'x1', ok: true, count: 3 }],
      sdpOffer: { a: 1 },
      isTokenKept: true,
      'ana.lima@example.com': 1,
    };
    expect(scrub(value, known)).toEqual({
      token: '[…]',
      nested: [{ proxyPassword: '[…]', ok: true, count: 3 }],
      sdpOffer: '[…]',
      isTokenKept: true,
      '[address]': 1,
    });
  });
});

it.each(['a.', 'a-', 'a+', '1 ', 'aa:', 'a@', 'v=0\n'])(
  'a long text of %j is read within the time of a test',
  (part) => {
    const text = part.repeat(60_000);
    expect(scrubText(`${text}@ ana@example.com`, known)).not.toContain('ana');
  },
);
