import { describe, expect, it } from 'vitest';
import { sameText } from '../../../../src/relay/http/constant-time.ts';
import { claimedDigest, signatureFault } from '../../../../src/relay/webhooks/webhook-auth.ts';

/** The published test vector (docs/providers/meta.md#signature-and-delivery). */
const BODY = Buffer.from('test');
const HEX = '0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914';

describe('a signature', () => {
  it('H5 is checked against the published vector, with or without the name of the hash', () => {
    expect(signatureFault(`sha256=${HEX}`, BODY, 'secret')).toBeUndefined();
    expect(signatureFault(`sha256=${HEX.toUpperCase()}`, BODY, 'secret')).toBeUndefined();
    expect(signatureFault(HEX, BODY, 'secret')).toBeUndefined();
  });

  it.each([
    [undefined, 'missing'],
    ['', 'missing'],
    [HEX.slice(1), 'not-a-signature'],
    [`sha1=${HEX}`, 'not-a-signature'],
    [`sha256=${HEX.slice(1)}`, 'not-a-signature'],
    [`sha256=${HEX}00`, 'not-a-signature'],
    [`sha256=${HEX.replace('0', '1')}`, 'wrong'],
  ])('%s is %s', (header, fault) => {
    expect(signatureFault(header, BODY, 'secret')).toBe(fault);
  });

  it.each([
    [HEX, HEX],
    [`sha256=${HEX}`, HEX],
    [` ${HEX.toUpperCase()} `, HEX],
    [HEX.slice(1), undefined],
    [`sha1=${HEX}`, undefined],
    ['', undefined],
  ])('reads its digest from “%s”', (header, expected) => {
    expect(claimedDigest(header)).toBe(expected);
  });

  it('H5 depends on every byte of the body and on the secret', () => {
    expect(signatureFault(`sha256=${HEX}`, Buffer.from('test\n'), 'secret')).toBe('wrong');
    expect(signatureFault(`sha256=${HEX}`, BODY, 'Secret')).toBe('wrong');
  });
});

describe('sameText', () => {
  it('H5 compares texts of any length', () => {
    expect(sameText('a', 'a')).toBe(true);
    expect(sameText('a', 'ab')).toBe(false);
    expect(sameText('', '')).toBe(true);
  });
});
