import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, parseConfig } from '../../../../src/relay/config/load.ts';
import { unreachableMedia } from '../../../../src/relay/config/media-reachability.ts';
import { exposedFiles } from '../../../../src/relay/config/exposed.ts';
import { isRelayed, pathOf } from '../../../../src/relay/config/account.ts';

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

const policy = {
  rejoinGraceSeconds: 20,
  waitingSeconds: 60,
  transferSeconds: 30,
  hideSupervision: false,
  wrapUpSeconds: 0,
};

/** A config file with these bytes. */
function saved(bytes: Buffer): string {
  const file = path.join(mkdtempSync(path.join(folder, 'config-')), 'relay.json');
  writeFileSync(file, bytes);
  return file;
}

const folder = mkdtempSync(path.join(tmpdir(), 'ringdesk-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fault(input: unknown): string {
  try {
    parseConfig(input, '/etc/relay');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('webhooks to other systems', () => {
  const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
  const webhook = { id: 'crm', url: 'https://crm.example.com/x', secret };
  const parsed = (...webhooks: unknown[]) => parseConfig({ ...good, webhooks }, folder).webhooks;

  it('have their secret in the file, in another one, or in the environment', () => {
    const file = path.join(folder, 'crm.secret');
    writeFileSync(file, `${secret}\n`);
    process.env['RINGDESK_TEST_SECRET'] = secret;
    const given = [secret, { file: 'crm.secret' }, { env: 'RINGDESK_TEST_SECRET' }];
    const read = parsed(...given.map((one, id) => ({ ...webhook, id: `w${id}`, secret: one })));
    expect(read.map((one) => Buffer.from(one.secret))).toEqual(
      given.map(() => Buffer.alloc(24, 1)),
    );
    expect(read[0]).toMatchObject({
      workspace: 'default',
      numbers: ['main'],
      events: { length: 6 },
      privateNetwork: false,
    });
  });

  it.each([
    [{ secret: 'whsec_c2hvcnQ=' }, 'secret of the webhook "crm" must be "whsec_"'],
    [{ secret: { env: 'RINGDESK_NOT_SET' } }, 'secret of the webhook "crm"'],
    [{ secret: { file: 'missing' } }, 'cannot be read'],
    [{ url: 'http://crm.example.com' }, 'webhooks[0].url'],
    [{ events: ['call.held'] }, 'must be of call.ringing'],
    [{ events: [] }, 'Leave it out'],
    [{ numbers: ['other'] }, 'names "other", no account'],
  ])('are refused with %j', (change, says) => {
    expect(fault({ ...good, webhooks: [{ ...webhook, ...change }] })).toContain(says);
  });

  it('have ids of their own, and belong to a workspace if there are some', () => {
    expect(fault({ ...good, webhooks: [webhook, webhook] })).toContain('there twice');
    const { accounts, ...rest } = good;
    const workspaces = [{ id: 'sales', name: 'Sales', accounts, webhooks: [webhook] }];
    expect(parseConfig({ ...rest, workspaces }, folder).webhooks).toMatchObject([
      { id: 'crm', workspace: 'sales' },
    ]);
    expect(fault({ ...rest, workspaces, webhooks: [webhook] })).toContain('Move them');
  });
});

describe('the relay config', () => {
  it('may name a NATS store, whose credentials file is relative to the file', () => {
    const servers = ['nats://10.0.0.1:4222', 'tls://10.0.0.2:4222'];
    const withStore = (store: unknown) => parseConfig({ ...good, store }, '/etc/relay').store;
    expect(withStore({ kind: 'nats', servers })).toEqual({
      kind: 'nats',
      servers,
      replicas: 1,
      prefix: 'ringdesk',
    });
    expect(
      withStore({ kind: 'nats', servers, replicas: 3, credentials: { file: 'a.creds' } }),
    ).toMatchObject({ replicas: 3, credentials: { file: '/etc/relay/a.creds' } });
    expect(() => withStore({ kind: 'nats', servers: ['10.0.0.1'] })).toThrow(
      'store.servers[0]: must be an address such as "nats://10.0.0.1:4222"',
    );
    expect(() => withStore({ kind: 'nats', servers, replicas: 2 })).toThrow('must be 1, 3 or 5');
    expect(() => withStore({ kind: 'files' })).toThrow('"sqlite" or "nats"');
  });

  it('is read with defaults; dataDir is relative to the file', () => {
    expect(parseConfig(good, '/etc/relay')).toEqual({
      ...good,
      webhooks: [],
      recording: { folder: path.resolve('/etc/relay/data/recordings'), oldKeys: [] },
      store: { kind: 'sqlite' },
      dataDir: path.resolve('/etc/relay/data'),
      retentionDays: 14,
      drainSeconds: 0,
      accounts: [{ ...account, path: 'direct', ring: 'everyone' }],
      media: { bind: '127.0.0.1', announce: [] },
      policy,
      workspaces: [{ id: 'default', name: 'Default', numbers: ['main'], policy }],
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
    [{ ...account, id: 'out' }, 'accounts[0].id: is a word that the relay uses; choose another'],
    [
      { ...account, provider: 'fax' },
      'accounts[0].provider: must be one of the known providers: "meta", "d360", "pilot-meta", "pilot-web", "zernio"',
    ],
    [{ ...account, apSecret: 'x' }, 'accounts[0]: Unrecognized key: "apSecret"'],
  ])('names the wrong field of an account, and the next step', (wrong, message) => {
    expect(fault({ ...good, accounts: [wrong] })).toBe(message);
  });

  it('requires a token where the relay calls the provider', () => {
    const relayed = { ...account, path: 'relayed' };
    expect(fault({ ...good, accounts: [relayed] })).toContain(
      'accounts[0].accessToken: is missing',
    );
    expect(fault({ ...good, accounts: [{ ...relayed, accessToken: 't' }] })).toBe('');
    expect(fault({ ...good, accounts: [{ ...account, path: 'sip' }] })).toBe(
      'accounts[0].path: must be "direct" or "relayed"',
    );
  });

  const secret = 'a-secret-in-the-address';
  const numbers = {
    d360: { id: 'd', provider: 'd360', webhookSecret: secret },
    'pilot-meta': { id: 'p', provider: 'pilot-meta', webhookSecret: secret },
    'pilot-web': { id: 'w', provider: 'pilot-web', webhookSecret: secret },
    zernio: { id: 'z', provider: 'zernio', signingSecret: 's' },
  };

  it('accepts numbers of every provider, with exactly the fields they need', () => {
    const { accounts } = parseConfig({ ...good, accounts: Object.values(numbers) }, '/');
    expect(accounts.map(pathOf)).toEqual(['direct', 'direct', 'streamed', 'external']);
    for (const one of accounts) expect(one.ring).toBe('everyone');
    const faults = (one: object) => fault({ ...good, accounts: [one] });
    expect(faults({ ...numbers['pilot-web'], path: 'relayed' })).toBe(
      'accounts[0]: Unrecognized key: "path"',
    );
    expect(faults({ ...numbers.zernio, signingSecret: undefined })).toBe(
      'accounts[0].signingSecret: is missing. It is the secret of the webhook in Zernio’s settings',
    );
  });

  it('requires a secret that is hard to guess where the provider signs nothing', () => {
    const faults = (one: object) => fault({ ...good, accounts: [one] });
    for (const provider of ['pilot-meta', 'pilot-web', 'd360'] as const) {
      const without = { ...numbers[provider], webhookSecret: undefined };
      expect(faults(without)).toContain('accounts[0].webhookSecret: is missing');
      const short = { ...numbers[provider], webhookSecret: 'short' };
      expect(faults(short)).toContain(
        'accounts[0].webhookSecret: must be 16 to 128 letters, digits, dashes or underscores',
      );
      const strange = { ...numbers[provider], webhookSecret: 'not/a/part/of/an/address' };
      expect(faults(strange)).toContain('accounts[0].webhookSecret: must be 16 to 128');
    }
    expect(faults({ id: 'd', provider: 'd360', platformSecret: 's' })).toBe('');
  });

  it('requires a key for every relayed number', () => {
    for (const provider of ['d360', 'pilot-meta'] as const) {
      const relayed = { ...numbers[provider], path: 'relayed' };
      expect(fault({ ...good, accounts: [relayed] })).toContain('accounts[0].apiKey: is missing');
      const { accounts } = parseConfig(
        { ...good, accounts: [{ ...relayed, apiKey: 'k' }, account] },
        '/',
      );
      expect(accounts.map(isRelayed)).toEqual([true, false]);
    }
  });

  it('reads the address to which a provider streams its calls', () => {
    const streamed = (stream: object) => ({ ...numbers.zernio, stream });
    const { accounts } = parseConfig({ ...good, accounts: [streamed({ secret })] }, '/');
    expect(accounts).toMatchObject([
      { stream: { secret, format: 'json', codec: 'PCMU', sampleRate: 8000 } },
    ]);
    expect(accounts.map(pathOf)).toEqual(['streamed']);
    const faults = (stream: object) => fault({ ...good, accounts: [streamed(stream)] });
    expect(faults({})).toContain('accounts[0].stream.secret: is missing');
    expect(faults({ secret, codec: 'PCMA', sampleRate: 16_000 })).toBe(
      'accounts[0].stream.sampleRate: must be 8000: PCMA has no other',
    );
    expect(faults({ secret, codec: 'opus' })).toContain('accounts[0].stream.codec: must be "PCMU"');
  });

  it('reads a ring order', () => {
    const ring = [
      { who: 'assigned', seconds: 10 },
      { who: 'team:support', seconds: 20 },
    ];
    expect(
      parseConfig({ ...good, accounts: [{ ...account, ring }] }, '/').accounts[0]?.ring,
    ).toEqual([
      { who: { kind: 'assigned' }, seconds: 10 },
      { who: { kind: 'team', team: 'support' }, seconds: 20 },
    ]);
    expect(fault({ ...good, accounts: [{ ...account, ring: 'all' }] })).toContain(
      'accounts[0].ring: must be "everyone" or a list of steps',
    );
  });

  it('names what is wrong with the media', () => {
    const wrong = (media: unknown) => fault({ ...good, media });
    expect(wrong({ bind: '0.0.0.0' })).toContain('media.announce: is missing');
    expect(wrong({ portRange: [9, 1] })).toContain('media.portRange: must begin with');
    expect(wrong({ stun: ['http://a'] })).toContain('media.stun[0]: must be a list of stun: URLs');
    expect(wrong({ turn: { urls: ['turn:a'] } })).toContain('media.turn.secret: is missing');
    expect(parseConfig({ ...good, media: { holdFile: 'a.opus20' } }, '/etc').media.holdFile).toBe(
      path.resolve('/etc/a.opus20'),
    );
    expect(fault({ ...good, policy: { waitingSeconds: 1 } })).toContain(
      'policy.waitingSeconds: must be a whole number of seconds from 5 to 600',
    );
  });

  it('names any other wrong field', () => {
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

  it('names every error at once', () => {
    const message = fault({ ...good, dataDir: '', accounts: [{ ...account, appSecret: '' }] });
    expect(message.split('\n').map((line) => line.split(':')[0])).toEqual([
      'dataDir',
      'accounts[0].appSecret',
    ]);
  });

  it('that cannot be read is reported', () => {
    expect(() => loadConfig('/nowhere/relay.json')).toThrow('cannot be read');
    expect(() => loadConfig(path.resolve('README.md'))).toThrow('is not JSON');
  });

  it('in which a field is there twice, of which one would be lost, is reported by line', () => {
    const file = saved(Buffer.from('{\n  "port": 1,\n  "port": 2\n}'));
    expect(() => loadConfig(file)).toThrow(/relay\.json: "port" is there twice; look at line 3/);
  });

  it('L5 that is not JSON is reported by line, without its content', () => {
    const file = saved(Buffer.from('{\n  "appSecret": "s3cr3t" "verifyToken": "t0k3n"\n}'));
    expect(() => loadConfig(file)).toThrow(/relay\.json: is not JSON \(look at line 2\)$/);
  });

  it.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 BE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
  ])('X2 saved as %s is read', (_, encode) => {
    expect(loadConfig(saved(encode(JSON.stringify(good)))).listen).toEqual(good.listen);
  });

  it('X2 in an unknown encoding is reported as such', () => {
    const latin = JSON.stringify({ ...good, dataDir: 'Jos\u00e9' });
    expect(() => loadConfig(saved(Buffer.from(latin, 'latin1')))).toThrow('Save it as UTF-8');
  });

  it('L6 that everybody can read causes a warning, as does such a data folder', () => {
    const file = saved(Buffer.from(JSON.stringify(good)));
    const data = path.dirname(file);
    const database = path.join(data, 'relay.sqlite');
    writeFileSync(database, '');
    const found = () => exposedFiles(file, data, 'linux').map((one) => one.file);
    for (const [configMode, folderMode, dataMode, exposed] of [
      [0o644, 0o755, 0o644, [file, data]],
      [0o600, 0o755, 0o644, [data]],
      [0o640, 0o755, 0o600, []],
      [0o604, 0o700, 0o644, [file]],
      [0o600, 0o701, 0o602, [data]],
    ] as const) {
      chmodSync(file, configMode);
      chmodSync(data, folderMode);
      chmodSync(database, dataMode);
      expect(found()).toEqual(exposed);
    }
    expect(exposedFiles(file, data, 'win32')).toEqual([]);
    expect(exposedFiles('/nowhere/relay.json', '/nowhere', 'linux')).toEqual([]);
  });
});

describe('workspaces in the relay config', () => {
  const { accounts: _, ...rest } = good;
  const other = { ...account, id: 'second' };
  const sales = { id: 'sales', name: 'Sales', accounts: [account] };
  const care = { id: 'care', name: 'Care', accounts: [other] };

  it('have numbers, and their own policy or the general one', () => {
    const own = { ...care, policy: { wrapUpSeconds: 5 } };
    const config = parseConfig({ ...rest, workspaces: [sales, own] }, '/');
    expect(config.accounts.map(({ id }) => id)).toEqual(['main', 'second']);
    expect(config.workspaces).toEqual([
      { id: 'sales', name: 'Sales', numbers: ['main'], policy },
      { id: 'care', name: 'Care', numbers: ['second'], policy: { ...policy, wrapUpSeconds: 5 } },
    ]);
  });

  it.each([
    [{ ...good, workspaces: [sales] }, 'accounts: must be left out beside workspaces'],
    [rest, 'accounts: must be a list with one object per business number'],
    [{ ...rest, workspaces: [] }, 'workspaces: must have one workspace at least'],
    [{ ...rest, workspaces: [{ ...sales, id: 'a b' }] }, 'workspaces[0].id: must be 1 to 64'],
    [
      { ...rest, workspaces: [sales, { ...care, id: 'sales' }] },
      'workspaces[1].id: is "sales" again',
    ],
    [
      { ...rest, workspaces: [sales, { ...care, accounts: [other, account] }] },
      'workspaces[1].accounts[1].id: is an account of another workspace',
    ],
  ])('%# are refused with an explanation', (input, message) => {
    expect(fault(input)).toContain(message);
  });
});

describe('media addresses that WhatsApp cannot reach', () => {
  const warning = (more: Record<string, unknown>, media: Record<string, unknown> = {}) => {
    const relayed = { ...account, path: 'relayed', accessToken: 't', ...more };
    return unreachableMedia(parseConfig({ ...good, accounts: [relayed], media }, '/etc/relay'));
  };

  it('cause one warning that names the field', () => {
    expect(warning({})).toMatchObject({ field: 'media.bind', account: 'main' });
    const elsewhere = { apiBase: 'https://graph.facebook.com' };
    expect(warning(elsewhere)).toMatchObject({ field: 'media.bind' });
  });

  it('cause no warning if WhatsApp can reach them', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(warning({ apiBase: `http://${host}:9000` })).toBeUndefined();
    }
    expect(warning({}, { bind: '192.0.2.7' })).toBeUndefined();
    // A relay on this machine forwards packets.
    expect(warning({}, { announce: ['203.0.113.7'] })).toBeUndefined();
    expect(warning({ path: 'direct' })).toBeUndefined();
  });
});
