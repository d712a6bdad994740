import { describe, expect, it } from 'vitest';
import { addressProblem } from '../../../../src/shared/protocol/encrypted-url.ts';

describe('C6 a token never travels in clear text', () => {
  it.each([
    ['https://graph.facebook.com', 'http'],
    ['https://10.0.0.1', 'http'],
    ['https://relay.internal:8443/x', 'http'],
    ['http://127.0.0.1:4010', 'http'],
    ['http://localhost', 'http'],
    ['http://[::1]:1', 'http'],
    // URL spellings of 127.0.0.1.
    ['http://127.1', 'http'],
    ['http://2130706433', 'http'],
    ['wss://relay.example.com', 'ws'],
    ['ws://127.0.0.1:8787', 'ws'],
    ['ws://localhost', 'ws'],
    ['ws://[::1]:1', 'ws'],
  ] as const)('C6 accepts %s', (address, kind) => {
    expect(addressProblem(address, kind)).toBeUndefined();
  });

  it.each([
    ['http://graph.facebook.com', 'http'],
    ['HTTP://graph.facebook.com', 'http'],
    ['http://8.8.8.8', 'http'],
    ['wss://relay.example.com/#agents', 'ws'],
    ['https://graph.facebook.com/#', 'http'],
    // Private, but shared.
    ['http://10.0.0.1', 'http'],
    ['http://192.168.1.5', 'http'],
    ['http://169.254.1.1', 'http'],
    ['http://provider.local', 'http'],
    ['http://provider.internal', 'http'],
    ['http://provider', 'http'],
    ['http://[fd00::1]', 'http'],
    ['http://[fe80::1]', 'http'],
    ['http://0.0.0.0', 'http'],
    ['http://[::]', 'http'],
    // Look like this machine but are not.
    ['http://localhost.evil.com', 'http'],
    ['http://127.0.0.1.nip.io', 'http'],
    ['http://127.0.0.1@evil.com', 'http'],
    ['http://evil.com#127.0.0.1', 'http'],
    ['http://evil.com\\@127.0.0.1', 'http'],
    ['http://dev.localhost', 'http'],
    ['https://user:pass@graph.facebook.com', 'http'],
    ['https://token@graph.facebook.com', 'http'],
    ['wss://user:pass@relay.example.com', 'ws'],
    ['ws://relay.example.com', 'ws'],
    ['ws://10.1.2.3:8787', 'ws'],
    ['ws://relay.lan', 'ws'],
    ['https://relay.example.com', 'ws'],
    ['http://127.0.0.1', 'ws'],
    ['ftp://graph.facebook.com', 'http'],
    ['file:///etc/passwd', 'http'],
    ['javascript:alert(1)', 'http'],
    ['relay', 'ws'],
    ['', 'http'],
    ['https://', 'http'],
    [' https://graph.facebook.com', 'http'],
  ] as const)('C6 rejects %s', (address, kind) => {
    expect(addressProblem(address, kind)).toBeTypeOf('string');
  });

  it('C6 explains the rejection', () => {
    expect(addressProblem('ws://relay.example.com', 'ws')).toContain('unencrypted');
    expect(addressProblem('https://a:b@x.com', 'http')).toContain('password');
  });
});
