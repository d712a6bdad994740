import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForwardTo } from '../../../../../src/shared/providers/zernio/forward-to.ts';

describe('a forwarding destination', () => {
  it.each([
    ['tel:+13105551234', 'tel', 'tel:+13105551234'],
    [' +1 (310) 555-1234 ', 'tel', 'tel:+13105551234'],
    ['TEL:+13105551234', 'tel', 'tel:+13105551234'],
    ['sip:desk@pbx.example.com', 'sip', 'sip:desk@pbx.example.com'],
    ['SIP:desk@192.0.2.1:5061;transport=tls', 'sip', 'sip:desk@192.0.2.1:5061;transport=tls'],
    ['sip:pbx.example.com', 'sip', 'sip:pbx.example.com'],
    ['wss://relay.example.com/media?key=1', 'wss', 'wss://relay.example.com/media?key=1'],
    ['wss://[2001:db8::1]:8443', 'wss', 'wss://[2001:db8::1]:8443'],
  ])('accepts %s', (input, kind, uri) => {
    expect(readForwardTo(input)).toEqual({ kind, uri });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['13105551234', 'not-a-destination'],
    ['https://example.com', 'not-a-destination'],
    ['tel:13105551234', 'not-a-number'],
    ['+0310555123', 'not-a-number'],
    ['+123', 'not-a-number'],
    ['+1234567890123456', 'not-a-number'],
    ['sip:', 'not-a-sip-address'],
    ['sip:desk@', 'not-a-sip-address'],
    ['sip:desk @pbx.example.com', 'not-a-sip-address'],
    ['ws://relay.example.com', 'not-encrypted'],
    ['wss:relay.example.com', 'not-a-media-server'],
    ['wss://', 'not-a-media-server'],
    ['wss://relay.example.com/a b', 'not-a-media-server'],
  ])('rejects %s: %s', (input, problem) => {
    expect(readForwardTo(input)).toEqual({ kind: 'wrong', problem });
  });

  it('must not be the number itself', () => {
    expect(readForwardTo('+1 310 555 1234', '13105551234')).toMatchObject({
      problem: 'own-number',
    });
    expect(readForwardTo('+1 310 555 1235', '+13105551234')).toMatchObject({ kind: 'tel' });
  });

  it('reads back what it writes', () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom('tel:+', 'sip:', 'wss://', '+'), fc.string())
        .map((two) => two.join('')),
      fc.tuple(fc.constantFrom('sip:a@', 'wss://'), fc.domain()).map((two) => two.join('')),
    );
    fc.assert(
      fc.property(text, (input) => {
        const read = readForwardTo(input);
        const again = read.kind === 'wrong' ? read : readForwardTo(read.uri);
        expect(again).toEqual(read);
      }),
      { seed: 20_261_122, numRuns: 3000 },
    );
  });
});
