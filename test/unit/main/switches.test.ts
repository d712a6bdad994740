import { describe, expect, it } from 'vitest';
import { pathsOf } from '../../../src/main/paths.ts';
import { forgetVariables, refusedSwitches } from '../../../src/main/switches.ts';

const linux = { platform: 'linux', asRoot: false } as const;
const windows = { platform: 'win32', asRoot: false } as const;

describe('C4 switches that the packaged app rejects', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '-remote-debugging-port=9222',
    ' --remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--remote-debugging-address=0.0.0.0',
    '--remote-allow-origins=*',
    '--inspect',
    '--inspect=0.0.0.0:9229',
    '--inspect-brk',
    '--inspect-publish-uid=http',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp/x',
    '--disable-extensions-except=/tmp/x',
    '--disable-web-security',
    '--no-sandbox',
    '--disable-setuid-sandbox',
    '--disable-seccomp-filter-sandbox',
    '--no-zygote',
    '--single-process',
    '--ignore-certificate-errors',
    '--ignore-certificate-errors-spki-list=x',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--host-rules=MAP * 127.0.0.1',
    '--renderer-cmd-prefix=/tmp/x',
    '--gpu-launcher=/tmp/x',
    '--utility-cmd-prefix=/tmp/x',
    '--browser-subprocess-path=/tmp/x',
    '--log-net-log=/tmp/x',
    '--ssl-key-log-file=/tmp/x',
    '--allow-running-insecure-content',
    '--unsafely-treat-insecure-origin-as-secure=http://x',
    '--enable-blink-features=x',
    '--enable-features=x',
    '--enable-automation',
    '--auto-open-devtools-for-tabs',
    '--disable-site-isolation-trials',
    '--require=/tmp/x.js',
    '-r',
    '--import=/tmp/x.js',
    '--app=/tmp/x',
    '--Remote-Debugging-Port=1',
  ])('C4 %s', (argument) => {
    expect(refusedSwitches(['--hidden', argument], linux)).toHaveLength(1);
  });

  it.each(['/remote-debugging-port=9222', '--REMOTE-DEBUGGING-PORT=1', '-Inspect'])(
    'C4 %s, on Windows',
    (argument) => {
      expect(refusedSwitches([argument], windows)).toHaveLength(1);
    },
  );

  it('C4 accepts the switches of people, installers and systems', () => {
    const argv = [
      '--profile=/home/ana/profile.json',
      '--hidden',
      '--export-calls=/home/ana/calls.csv',
      '--columns=call_id',
      '--manifest',
      '--preset=Month',
      '--import-calls=/home/ana/calls.jsonl',
      '--rotate-key',
      '--user-data-dir=/x',
      '--proxy-server=http://proxy:3128',
      '--lang=pt-BR',
      '--password-store=gnome-libsecret',
      '/home/ana/file',
    ];
    expect(refusedSwitches(argv, linux)).toEqual([]);
    expect(refusedSwitches(['--no-sandbox'], { ...linux, asRoot: true })).toEqual([]);
    expect(refusedSwitches(['-psn_0_1'], { platform: 'darwin', asRoot: false })).toEqual([]);
    expect(refusedSwitches(['--', '--inspect'], linux)).toEqual([]);
  });
});

describe('C3 variables that load code or change trust', () => {
  it('C3 the packaged app removes them', () => {
    const env: NodeJS.ProcessEnv = {
      RINGDESK_SQLITE_BINDING: '/tmp/evil.node',
      RINGDESK_ELECTRON: '/tmp/evil',
      Ringdesk_Sqlite_Binding: '/tmp/evil.node',
      ELECTRON_RENDERER_URL: 'http://evil.example',
      ELECTRON_RUN_AS_NODE: '1',
      ELECTRON_OVERRIDE_DIST_PATH: '/tmp',
      NODE_OPTIONS: '--require /tmp/evil.js',
      NODE_EXTRA_CA_CERTS: '/tmp/evil.pem',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      SSL_CERT_FILE: '/tmp/evil.pem',
      SSL_CERT_DIR: '/tmp',
      OPENSSL_CONF: '/tmp/evil.cnf',
      SSLKEYLOGFILE: '/tmp/keys',
      HTTPS_PROXY: 'http://proxy:3128',
      HOME: '/home/ana',
      RINGDESK_LOG: 'stdout',
    };
    forgetVariables(env);
    expect(Object.keys(env).sort()).toEqual(['HOME', 'HTTPS_PROXY', 'RINGDESK_LOG']);
  });

  it('C3 the packaged app uses its own database binding', () => {
    const at = { userData: '/u', app: '/app.asar', out: '/out', resourcesPath: '/r' };
    const env = { RINGDESK_SQLITE_BINDING: '/tmp/evil.node' };
    expect(pathsOf({ ...at, packaged: true, env }).sqliteBinding).toBeUndefined();
    expect(pathsOf({ ...at, packaged: false, env }).sqliteBinding).toBe('/tmp/evil.node');
  });
});
