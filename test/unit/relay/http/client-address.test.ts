import { describe, expect, it } from 'vitest';
import { addressList, clientAddress } from '../../../../src/relay/http/client-address.ts';

/** The address a request comes from: `remote` is the other end of the socket. */
function from(remote: string, forwarded?: string | string[], proxies: string[] = []) {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return clientAddress({ headers, socket: { remoteAddress: remote } }, addressList(proxies));
}

const PROXY = '10.0.0.1';
const TRUSTED = ['10.0.0.0/8', '2001:db8:ffff::/48'];

describe('the client address of a request', () => {
  it('is the other end of the socket, whatever the header says, when no proxy is trusted', () => {
    expect(from('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
    expect(from('::ffff:203.0.113.9')).toBe('203.0.113.9');
  });

  it('is unknown behind an untrusted proxy, because many share its address', () => {
    for (const inside of ['127.0.0.1', PROXY, '::1', 'fd00::1', '192.168.1.1']) {
      expect(from(inside, '198.51.100.1')).toBeUndefined();
    }
  });

  it('is the last address that is not a trusted proxy’s; earlier ones may be forged', () => {
    expect(from(PROXY, '198.51.100.1', TRUSTED)).toBe('198.51.100.1');
    expect(from(PROXY, '1.1.1.1, 198.51.100.1', TRUSTED)).toBe('198.51.100.1');
    expect(from(PROXY, '1.1.1.1, 198.51.100.1, 10.9.9.9', TRUSTED)).toBe('198.51.100.1');
    expect(from('2001:db8:ffff::1', '198.51.100.1:4711', TRUSTED)).toBe('198.51.100.1');
  });

  it('is the network of an IPv6 address, however it is written', () => {
    expect(from('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(from('2001:0DB8:1:2::9')).toBe('2001:db8:1:2::/64');
    expect(from('2001:db8::9')).toBe('2001:db8:0:0::/64');
    expect(from(PROXY, '[2001:db8:1:2::9]:4711', TRUSTED)).toBe('2001:db8:1:2::/64');
  });

  it.each([
    '198.51.100.1',
    '9.9.9.9,198.51.100.1',
    'unknown, 198.51.100.1',
    '10.0.0.1, 198.51.100.1',
    `${'1.1.1.1, '.repeat(1_000)}198.51.100.1`,
    '198.51.100.1:1',
    '198.51.100.1:65535',
    '  198.51.100.1\t',
    '::ffff:198.51.100.1',
    '[::FFFF:198.51.100.1]:443',
    ['9.9.9.9', '198.51.100.1'],
    ['9.9.9.9, 8.8.8.8', '198.51.100.1, 10.1.1.1'],
  ])('is the same however the sender dresses it up: %j', (forwarded) =>
    expect(from(PROXY, forwarded, TRUSTED)).toBe('198.51.100.1'),
  );

  it.each([
    '2001:db8:1:2::1',
    '2001:DB8:1:2:FFFF::',
    '[2001:db8:1:2::9]:1',
    '2001:db8:1:2::5%eth0',
  ])('is one network, whichever of its addresses the sender uses: %s', (forwarded) =>
    expect(from(PROXY, forwarded, TRUSTED)).toBe('2001:db8:1:2::/64'),
  );

  it.each([
    '',
    'unknown',
    '1.2.3',
    'a'.repeat(10_000),
    ',,,',
    '999.1.1.1',
    '10.0.0.1, '.repeat(500),
  ])('is unknown when the proxy sends %j', (forwarded) =>
    expect(from(PROXY, forwarded, TRUSTED)).toBeUndefined(),
  );
});
