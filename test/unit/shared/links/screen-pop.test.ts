import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fillAddress,
  placeholders,
  screenPopProblem,
} from '../../../../src/shared/links/screen-pop.ts';

const values = {
  number: '+5511987654321',
  digits: '5511987654321',
  name: 'Ana & Souza',
  callId: 'wacid.A==',
  ourNumber: '+551150201234',
  direction: 'inbound',
  payload: 'order/7?x=1#y',
  agent: 'ana',
};

describe('the address of a screen pop', () => {
  it.each([
    ['https://crm.example.com', undefined],
    ['https://crm.example.com:8443/customers/{digits}?name={name}#{callId}', undefined],
    ['HTTPS://crm.example.com/?q={number}', undefined],
    ['http://crm.example.com/{number}', 'not-https'],
    ['javascript:alert({number})', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['crm.example.com/{number}', 'not-an-address'],
    ['', 'not-an-address'],
    ['https://', 'not-an-address'],
    ['https:///path', 'not-an-address'],
    ['https://crm.example.com /x', 'not-an-address'],
    ['https://crm.example.com\\@evil.example/', 'not-an-address'],
    ['https://{name}/', 'placeholder-in-host'],
    ['https://crm.example.com{payload}/', 'placeholder-in-host'],
    ['https://crm.example.com:{digits}/', 'placeholder-in-host'],
    ['https://ana:secret@crm.example.com/', 'holds-password'],
    ['https://@crm.example.com/', 'holds-password'],
    ['https://crm.example.com/{token}', 'unknown-placeholder'],
    ['https://crm.example.com/{number', 'unknown-placeholder'],
    ['https://crm.example.com/}{', 'unknown-placeholder'],
    [`https://crm.example.com/${'x'.repeat(1_000)}`, 'too-long'],
  ])('%.60j is judged %s', (address, problem) => {
    expect(screenPopProblem(address)).toBe(problem);
    expect(fillAddress(address, values) === undefined).toBe(problem !== undefined);
  });

  it('has each value escaped, wherever it stands', () => {
    const address = 'https://crm.example.com/c/{number}/{payload}?n={name}&d={direction}#{callId}';
    expect(fillAddress(address, values)).toBe(
      'https://crm.example.com/c/%2B5511987654321/order%2F7%3Fx%3D1%23y?n=Ana%20%26%20Souza&d=inbound#wacid.A%3D%3D',
    );
  });

  it.each(['.', '..', '...', '\ud800', '%2e%2e', '$&', '{digits}'])(
    'stays in its folder with the name %j',
    (name) => {
      const filled = new URL(
        fillAddress('https://crm.example.com/a/{name}/b', { ...values, name }) ?? '',
      );
      expect(filled.pathname).toMatch(/^\/a\/[^/]*\/b$/);
    },
  );

  it('names the same server, folders and fields whatever the values are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'/.:@?#&=%\\{}$ \n\u202e'.split('')) }),
    );
    const all = fc.record(Object.fromEntries(placeholders.map((name) => [name, text])));
    const address = `https://crm.example.com/${placeholders.map((one) => `{${one}}`).join('/')}?${placeholders.map((one) => `${one}={${one}}`).join('&')}#{name}`;
    fc.assert(
      fc.property(all, (given) => {
        const filled = new URL(fillAddress(address, { ...values, ...given }) ?? '');
        expect(filled.origin).toBe('https://crm.example.com');
        expect(filled.pathname.split('/')).toHaveLength(placeholders.length + 1);
        expect([...filled.searchParams.keys()]).toEqual([...placeholders]);
      }),
      { numRuns: 1_000 },
    );
  });
});
