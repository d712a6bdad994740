import { describe, expect, it } from 'vitest';
import { md4 } from '../../../../src/main/network/md4.ts';
import {
  authenticateMessage,
  negotiateMessage,
  ntlmKey,
  proofOf,
  readChallenge,
} from '../../../../src/main/network/ntlm.ts';
import {
  chooseScheme,
  digest,
  ProxyTalk,
  readChallenges,
} from '../../../../src/main/network/proxy-sign-in.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('MD4', () => {
  // RFC 1320, A.5.
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    [
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
      '043f8582f241db351ce627e153e7f0e4',
    ],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('of “%s”', (text, sum) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(sum);
  });
});

describe('NTLM', () => {
  // [MS-NLMP] 4.2.4.
  const key = ntlmKey('User', 'Domain', 'Password');
  const challenge = hex('0123456789abcdef');
  const target = hex('02000c0044006f006d00610069006e0001000c005300650072007600650072000000 0000');

  it('derives the key of the specification', () => {
    expect(key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
  });

  it('proves the password as the specification does', () => {
    const proof = proofOf(key, challenge, {
      nonce: hex('aa'.repeat(8)),
      time: hex('00'.repeat(8)),
      target,
    });
    expect(proof.subarray(0, 16).toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c');
  });

  it('reads only a challenge, whatever else it gets', () => {
    expect(readChallenge(negotiateMessage())).toBeUndefined();
    expect(readChallenge(Buffer.alloc(0))).toBeUndefined();
    const beyond = Buffer.alloc(48);
    beyond.write('NTLMSSP\0', 'latin1');
    beyond.writeUInt32LE(2, 8);
    beyond.writeUInt16LE(500, 40);
    expect(readChallenge(beyond)).toBeUndefined();
  });

  it.each([
    [String.raw`COMPANY\ana`, 'COMPANY', 'ana'],
    ['ana@company.example', '', 'ana@company.example'],
  ])('names %s by domain and user', (user, domain, name) => {
    const message = authenticateMessage({ user, password: 'x' }, { challenge, target });
    const field = (at: number) => {
      const start = message.readUInt32LE(at + 4);
      return message.subarray(start, start + message.readUInt16LE(at)).toString('utf16le');
    };
    expect([field(28), field(36)]).toEqual([domain, name]);
  });
});

describe('what a proxy asks for', () => {
  it('is read from one line or several', () => {
    expect(
      readChallenges([
        'Negotiate, NTLM, Digest realm="a, b", qop="auth", nonce="x", Basic realm="c"',
        'Bearer',
      ]),
    ).toEqual([
      { scheme: 'negotiate', rest: '' },
      { scheme: 'ntlm', rest: '' },
      { scheme: 'digest', rest: 'realm="a, b", qop="auth", nonce="x"' },
      { scheme: 'basic', rest: 'realm="c"' },
      { scheme: 'bearer', rest: '' },
    ]);
    expect(readChallenges(undefined)).toEqual([]);
  });

  it.each([
    ['Basic realm="x", Digest realm="x", nonce="y"', 'digest'],
    ['Basic realm="x", Digest realm="x", nonce="y", algorithm=SHA-512-256', 'basic'],
    ['Digest realm="x", nonce="y", qop="auth-int"', undefined],
    ['Negotiate, NTLM, Basic realm="x"', 'ntlm'],
    ['Negotiate', undefined],
  ])('%s: answered by %s', (header, scheme) => {
    expect(chooseScheme(readChallenges(header))).toBe(scheme);
  });

  it('is answered by Digest as RFC 2617 says, without and with qop', () => {
    const signIn = { user: 'ana', password: 'right' };
    const [old] = readChallenges('Digest realm="x", nonce="y"');
    const [now] = readChallenges('Digest realm="x", nonce="y", qop="auth", algorithm=MD5-sess');
    if (!old || !now) throw new Error('no challenge');
    expect(digest(signIn, old, 'relay.example.com:443')).not.toContain('cnonce');
    expect(digest(signIn, now, 'relay.example.com:443', 'c')).toContain(
      'qop=auth, nc=00000001, cnonce="c"',
    );
  });

  it('is not answered with the same password twice, but again with a fresh nonce', () => {
    const talk = new ProxyTalk({ user: 'ana', password: 'x' }, 'relay.example.com:443');
    const ask = (header: string) => talk.answer(readChallenges(header));
    expect(talk.first(undefined)).toBeUndefined();
    expect(ask('Digest realm="x", nonce="1"')).toHaveProperty('send');
    expect(ask('Digest realm="x", nonce="2", stale=true')).toHaveProperty('send');
    expect(ask('Digest realm="x", nonce="3"')).toBe('refused');
  });

  it('sends no password in clear before the proxy has asked for that', () => {
    const talk = new ProxyTalk({ user: 'ana', password: 'x' }, 'relay.example.com:443');
    expect(talk.first('digest')).toBeUndefined();
    expect(talk.first('ntlm')).toMatch(/^NTLM TlRMTVNTUAAB/);
    const other = new ProxyTalk({ user: 'ana', password: 'x' }, 'relay.example.com:443');
    expect(other.first('basic')).toBe('Basic YW5hOng=');
  });
});
