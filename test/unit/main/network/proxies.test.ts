import { describe, expect, it } from 'vitest';
import { proxyConfig, readWays, wayOfEnvironment } from '../../../../src/main/network/proxies.ts';

describe('parsing a PAC result', () => {
  it.each([
    ['DIRECT', [{ kind: 'direct' }]],
    ['', [{ kind: 'direct' }]],
    ['PROXY proxy.example:3128', [{ kind: 'http', host: 'proxy.example', port: 3128 }]],
    ['PROXY proxy.example:80', [{ kind: 'http', host: 'proxy.example', port: 80 }]],
    ['proxy proxy.example', [{ kind: 'http', host: 'proxy.example', port: 80 }]],
    ['HTTPS proxy.example:8443', [{ kind: 'https', host: 'proxy.example', port: 8443 }]],
    ['SOCKS5 [fd00::1]:1080', [{ kind: 'socks5', host: 'fd00::1', port: 1080 }]],
    ['SOCKS old.example:1081', [{ kind: 'socks4', host: 'old.example', port: 1081 }]],
    [
      ' PROXY a:1 ;SOCKS5 b:2;  DIRECT;',
      [
        { kind: 'http', host: 'a', port: 1 },
        { kind: 'socks5', host: 'b', port: 2 },
        { kind: 'direct' },
      ],
    ],
    ['QUIC a:1; PROXY b:2', [{ kind: 'http', host: 'b', port: 2 }]],
    ['PROXY', [{ kind: 'direct' }]],
    ['PROXY :99999; nonsense', [{ kind: 'direct' }]],
  ])('P2 %s', (answer, ways) => {
    expect(readWays(answer)).toEqual(ways);
  });
});

describe('proxy variables', () => {
  const relay = new URL('https://relay.example.com/');
  const proxy = { kind: 'http', host: 'proxy.example', port: 3128 };

  it.each<[NodeJS.ProcessEnv, object]>([
    [{}, { kind: 'direct' }],
    [{ HTTPS_PROXY: 'http://proxy.example:3128' }, proxy],
    [{ https_proxy: 'http://proxy.example:3128/' }, proxy],
    [{ ALL_PROXY: 'proxy.example:3128' }, proxy],
    [{ HTTP_PROXY: 'http://proxy.example:3128' }, { kind: 'direct' }],
    [
      { HTTPS_PROXY: 'http://ana:p%40ss@proxy.example:3128' },
      { ...proxy, user: 'ana', password: 'p@ss' },
    ],
    [
      { HTTPS_PROXY: 'socks5h://proxy.example' },
      { kind: 'socks5', host: 'proxy.example', port: 1080 },
    ],
    [{ HTTPS_PROXY: 'https://proxy.example' }, { kind: 'https', host: 'proxy.example', port: 443 }],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'example.com' }, { kind: 'direct' }],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'a, .example.com' }, { kind: 'direct' }],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', no_proxy: '*' }, { kind: 'direct' }],
    [
      { HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '*.example.com:443' },
      { kind: 'direct' },
    ],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'example.com:8443' }, proxy],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'ample.com' }, proxy],
    [{ HTTPS_PROXY: '', ALL_PROXY: 'http://proxy.example:3128' }, proxy],
    [{ HTTPS_PROXY: '::nonsense::' }, { kind: 'direct' }],
  ])('P2 %j', (env, way) => {
    expect(wayOfEnvironment(env, relay)).toEqual(way);
  });

  it.each(['http://127.0.0.1:8787/', 'http://localhost/', 'http://[::1]:1/'])(
    'P2 %s is this machine and needs no proxy',
    (address) => {
      const env = { HTTP_PROXY: 'http://proxy.example:3128' };
      expect(wayOfEnvironment(env, new URL(address))).toEqual({ kind: 'direct' });
    },
  );
});

it.each([
  [undefined, undefined],
  [{ proxy: 'system' }, undefined],
  [{ media: 'turn' }, undefined],
  [{ proxy: 'none', pacUrl: 'http://x.example/p.pac' }, { mode: 'direct' }],
  [
    { proxy: 'http://proxy.example.com:3128/' },
    { mode: 'fixed_servers', proxyRules: 'http://proxy.example.com:3128' },
  ],
  [
    { pacUrl: 'http://x.example/p.pac' },
    { mode: 'pac_script', pacScript: 'http://x.example/p.pac' },
  ],
] as const)('the organisation’s route %j is %j to Chromium', (route, config) => {
  expect(proxyConfig(route)).toEqual(config);
});
