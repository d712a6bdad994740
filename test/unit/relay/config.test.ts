import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, parseConfig } from '../../../src/relay/config.ts';

const account = {
  id: 'main',
  provider: 'meta',
  phoneNumberId: '1',
  appSecret: 's',
  verifyToken: 'v',
};
const good = {
  version: 1,
  listen: { host: '127.0.0.1', port: 8787 },
  dataDir: 'data',
  accounts: [account],
};

function fault(input: unknown): string {
  try {
    parseConfig(input, '/etc/relay');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('the config', () => {
  it('is read, with defaults; dataDir is relative to the file', () => {
    expect(parseConfig(good, '/etc/relay')).toEqual({
      ...good,
      dataDir: path.resolve('/etc/relay/data'),
      retentionDays: 14,
    });
    expect(parseConfig({ ...good, dataDir: '/var/relay' }, '/etc').dataDir).toBe('/var/relay');
  });

  it.each([
    [
      { ...account, appSecret: undefined },
      "accounts[0].appSecret: is missing. Take it from App settings > Basic in Meta's App Dashboard",
    ],
    [
      { ...account, verifyToken: '' },
      'accounts[0].verifyToken: is empty. Choose any text and enter the same one where you set the webhook in the App Dashboard',
    ],
    [
      { ...account, phoneNumberId: 7 },
      "accounts[0].phoneNumberId: must be a text. Take it from WhatsApp > API Setup in Meta's App Dashboard",
    ],
    [
      { ...account, id: 'a/b' },
      'accounts[0].id: must be 1 to 64 letters, digits, dots, dashes or underscores; it is part of the webhook URL',
    ],
    [
      { ...account, provider: 'fax' },
      'accounts[0].provider: must be one of the known providers: "meta"',
    ],
    [{ ...account, apSecret: 'x' }, 'accounts[0]: Unrecognized key: "apSecret"'],
  ])('says which field of an account is wrong, and what to do', (wrong, message) => {
    expect(fault({ ...good, accounts: [wrong] })).toBe(message);
  });

  it('says which other field is wrong', () => {
    expect(fault({ ...good, listen: undefined })).toContain('listen: is missing.');
    expect(fault({ ...good, listen: { host: 'h', port: 70_000 } })).toContain(
      'listen.port: must be 0',
    );
    expect(fault({ ...good, retentionDays: 3 })).toContain('retentionDays: must be 8 or more');
    expect(fault({ ...good, version: 2 })).toContain('version: must be 1');
    expect(fault({ ...good, accounts: [account, account] })).toContain(
      'accounts[1].id: is "main" again',
    );
    expect(fault([])).toContain('the file:');
  });

  it('names every fault at once', () => {
    const message = fault({ ...good, dataDir: '', accounts: [{ ...account, appSecret: '' }] });
    expect(message.split('\n').map((line) => line.split(':')[0])).toEqual([
      'dataDir',
      'accounts[0].appSecret',
    ]);
  });

  it('that cannot be read says so', () => {
    expect(() => loadConfig('/nowhere/relay.json')).toThrow('cannot be read');
    expect(() => loadConfig(path.resolve('README.md'))).toThrow('is not JSON');
  });
});
