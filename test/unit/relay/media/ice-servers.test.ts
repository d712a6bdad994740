import { describe, expect, it } from 'vitest';
import {
  browserIceServers,
  parseIceUrl,
  turnCredentials,
} from '../../../../src/relay/media/ice-servers.ts';
import { weriftIceOptions } from '../../../../src/relay/media/network.ts';

describe('ICE servers', () => {
  it('have credentials by coturn’s REST scheme', () => {
    // Made with: printf 1700003600:ana | openssl dgst -sha1 -hmac north -binary | base64
    expect(turnCredentials('north', 'ana', 3600, 1_700_000_000_999)).toEqual({
      username: '1700003600:ana',
      credential: '+5Wu0RaejH8eFX2gvpvBno8V880=',
    });
  });

  it('give consoles credentials for TURN only', () => {
    const servers = [
      { urls: ['stun:s.example'] },
      { urls: ['turn:t.example', 'turns:t.example'], secret: 'north' },
    ];
    expect(browserIceServers(servers, 'ana', 3600, 1_700_000_000_000)).toEqual([
      { urls: ['stun:s.example'] },
      {
        urls: ['turn:t.example', 'turns:t.example'],
        username: '1700003600:ana',
        credential: '+5Wu0RaejH8eFX2gvpvBno8V880=',
      },
    ]);
  });

  it.each([
    ['stun:a.example', { kind: 'stun', host: 'a.example', port: 3478, transport: 'udp' }],
    ['turn:10.0.0.1:99', { kind: 'turn', host: '10.0.0.1', port: 99, transport: 'udp' }],
    ['turn:a?transport=tcp', { kind: 'turn', host: 'a', port: 3478, transport: 'tcp' }],
    ['turns:[2001:db8::1]:443', { kind: 'turn', host: '2001:db8::1', port: 443, transport: 'tls' }],
    ['turns:a?transport=tcp', { kind: 'turn', host: 'a', port: 5349, transport: 'tls' }],
    ['http://a', undefined],
    ['turn:', undefined],
  ])('are read: %s', (url, expected) => {
    expect(parseIceUrl(url)).toEqual(expected);
  });

  it('never leave the choice of interfaces or servers to werift', () => {
    const options = weriftIceOptions({ bind: '192.0.2.1' }, 0);
    expect(options).toMatchObject({
      useIpv4: false,
      useIpv6: false,
      useTcp: false,
      additionalHostAddresses: ['192.0.2.1'],
      forceTurn: false,
    });
    expect(options).not.toHaveProperty('turnServer');
  });
});
