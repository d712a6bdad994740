import { describe, expect, it, onTestFinished } from 'vitest';
import { AccountStore } from '../../../../src/main/db/accounts.ts';
import { provisionOf, relayEndpoint } from '../../../../src/main/provisioning/provision.ts';
import { parseProfile } from '../../../../src/main/provisioning/profile-schema.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const account = {
  id: 'support',
  provider: 'meta',
  label: 'Support',
  number: '+551150201234',
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
  accessToken: 'EAAGsecret',
};
const profile = {
  version: 1,
  agent: { id: 'ana', name: 'Ana' },
  relay: { url: 'wss://relay.example.com', token: 'secret' },
  accounts: [account],
};

function problems(change: object): readonly string[] {
  const parsed = parseProfile(JSON.stringify({ ...profile, ...change }));
  return parsed.ok ? [] : parsed.error;
}

describe('parseProfile', () => {
  it('reads the README’s example', () => {
    const withBase = { ...account, apiBase: 'https://graph.facebook.com/v23.0/' };
    const parsed = parseProfile(JSON.stringify({ ...profile, accounts: [withBase] }));
    if (!parsed.ok) throw new Error(parsed.error.join());
    const { accounts, secrets, relayUrl } = provisionOf(parsed.value);
    expect(relayUrl).toBe('wss://relay.example.com/v1/agents');
    expect(accounts[0]).toMatchObject({
      apiBase: 'https://graph.facebook.com',
      apiVersion: 'v23.0',
    });
    expect(secrets).toEqual({ 'relay-token': 'secret', 'account-token/support': 'EAAGsecret' });
    expect(JSON.stringify(accounts)).not.toContain('secret');
  });

  it.each(['+5215512345678', '+553188887777', '+22997123456', '+999123456789'])(
    'N1 accepts %s as the provider spells it, whatever numbering plans say',
    (number) => {
      const parsed = parseProfile(
        JSON.stringify({ ...profile, accounts: [{ ...account, number }] }),
      );
      expect(parsed).toMatchObject({ ok: true, value: { accounts: [{ number }] } });
    },
  );

  it.each([
    [{ version: 2 }, 'version: is not a version this Ringdesk knows; it reads version 1'],
    [{ agent: { id: 'ana' } }, 'agent.name: is missing'],
    [{ relay: undefined }, 'relay: is missing'],
    [{ accounts: [] }, 'accounts: must list at least one number'],
    [
      { accounts: [{ ...account, number: '+55' }] },
      'accounts[0].number: “+55” is not a full phone number. Write + and the country code, e.g. +5511987654321',
    ],
    [
      { accounts: [{ ...account, provider: 'other' }] },
      'accounts[0].provider: is not a provider this version knows; use "meta", "d360", "pilot-meta", "pilot-web", "zernio"',
    ],
    [{ accounts: [{ ...account, wabaId: 5 }] }, 'accounts[0].wabaId: must be of type string'],
    [
      { accounts: [{ ...account, acessToken: 'x' }] },
      'accounts[0]: “acessToken” does not belong here; check the spelling or remove it',
    ],
    [
      { accounts: [account, account] },
      'accounts[1].id: “support” is used twice. Every number needs its own id',
    ],
  ])('names the field and the next step: %j', (change, problem) => {
    expect(problems(change)).toContain(problem);
  });

  const common = { label: 'Support', number: '+551150201234' };
  const everyKind = [
    { ...common, id: 'a', provider: 'd360', apiKey: 'topsecret-a' },
    { ...common, id: 'b', provider: 'pilot-meta', apiKey: 'topsecret-b' },
    {
      ...common,
      id: 'c',
      provider: 'pilot-web',
      apiKey: 'topsecret-c',
      audio: { sampleRate: 24_000, frameMs: 60 },
    },
    { ...common, id: 'd', provider: 'zernio', apiKey: 'topsecret-d', zernioAccountId: 'acc_1' },
    {
      ...common,
      id: 'e',
      provider: 'zernio',
      apiKey: 'topsecret-e',
      zernioAccountId: 'acc_1',
      softphone: 'relay',
      relayAddress: 'wss://relay.example.com/streams/topsecret',
    },
    {
      ...account,
      id: 'f',
      accessToken: 'topsecret-f',
      recording: { purpose: 'Quality', language: 'pt', transcript: true },
    },
  ];

  it('reads numbers of every provider, and separates their secrets', () => {
    const parsed = parseProfile(JSON.stringify({ ...profile, accounts: everyKind }));
    if (!parsed.ok) throw new Error(parsed.error.join());
    const { accounts, secrets } = provisionOf(parsed.value);
    expect(accounts.map(({ id, provider }) => [id, provider])).toEqual(
      everyKind.map(({ id, provider }) => [id, provider]),
    );
    expect(JSON.stringify(accounts)).not.toContain('topsecret');
    expect(secrets).toMatchObject({
      'account-token/a': 'topsecret-a',
      'account-token/e': 'topsecret-e',
      'account-relay-address/d': '',
      'account-relay-address/e': 'wss://relay.example.com/streams/topsecret',
    });
    expect(accounts[2]).toMatchObject({ audio: { sampleRate: 24_000, frameMs: 60 } });
    expect(accounts[4]).toMatchObject({ softphone: 'relay', zernioAccountId: 'acc_1' });
    expect(accounts[5]).toMatchObject({ recording: { purpose: 'Quality', language: 'pt' } });
  });

  it('reads the page about customers, and says what is wrong with its address', () => {
    const read = (screenPop: object) =>
      parseProfile(JSON.stringify({ ...profile, accounts: everyKind, screenPop }));
    const parsed = read({ address: 'https://crm.example.com/{number}' });
    if (!parsed.ok) throw new Error(parsed.error.join());
    expect(provisionOf(parsed.value).screenPop).toEqual({
      address: 'https://crm.example.com/{number}',
      name: '',
      onAccept: true,
    });
    expect(read({ address: 'http://crm.example.com/' })).toEqual({
      ok: false,
      error: ['screenPop.address: must start with https://'],
    });
    expect(read({ address: 'https://{name}.example.com/' }).ok).toBe(false);
    expect(read({ address: 'https://crm.example.com/', onaccept: true }).ok).toBe(false);
  });

  it('stores what it read so that it is read again', () => {
    const parsed = parseProfile(JSON.stringify({ ...profile, accounts: everyKind }));
    if (!parsed.ok) throw new Error(parsed.error.join());
    const { accounts } = provisionOf(parsed.value);
    const db = emptyDatabase();
    onTestFinished(() => {
      db.close();
    });
    const store = new AccountStore(db, new FakeLog());
    store.replaceAll(accounts);
    expect(store.all()).toEqual(accounts);
  });

  it.each([
    [{ provider: 'd360' }, 'accounts[0].apiKey: is missing'],
    [
      { provider: 'd360', apiKey: 'k', accessToken: 't' },
      'accounts[0]: “accessToken” does not belong here; check the spelling or remove it',
    ],
    [{ provider: 'pilot-meta', apiKey: '' }, 'accounts[0].apiKey: must not be empty'],
    [
      { provider: 'pilot-web', apiKey: 'k', audio: { sampleRate: 1, frameMs: 20 } },
      'accounts[0].audio.sampleRate: must be samples per second, from 8000',
    ],
    [{ provider: 'zernio', apiKey: 'k' }, 'accounts[0].zernioAccountId: is missing'],
    [
      { provider: 'zernio', apiKey: 'k', zernioAccountId: 'a', softphone: 'on' },
      'accounts[0].softphone: must be "relay", or be left out where calls are answered elsewhere',
    ],
    [
      { provider: 'zernio', apiKey: 'k', zernioAccountId: 'a', relayAddress: 'wss://a.example' },
      'accounts[0].relayAddress: works only together with "softphone": "relay"',
    ],
    [
      {},
      'accounts[0].provider: is missing; use "meta", "d360", "pilot-meta", "pilot-web", "zernio"',
    ],
  ])('explains what is wrong with a number: %j', (fields, problem) => {
    expect(problems({ accounts: [{ ...common, id: 'a', ...fields }] })).toContain(problem);
  });

  it('says that a field is there twice, of which one would be lost', () => {
    const text = JSON.stringify(profile, undefined, 2).replace(/}$/, ',"accounts": []}');
    expect(parseProfile(text)).toMatchObject({
      ok: false,
      error: [expect.stringContaining('“accounts” is there twice')],
    });
  });

  it.each([
    ['a line break', 'EAAG\nsecret', 'U+000A'],
    ['a typographic quote', '“EAAGsecret”', 'U+201C'],
    ['an invisible space', 'EAAG\u200bsecret', 'U+200B'],
    ['a letter with an accent', 'EAAGsécret', 'U+00E9'],
    ['an emoji', 'EAAG🔑', 'U+1F511'],
    ['a zero byte', 'EAAG\u0000', 'U+0000'],
    ['a tab', 'EAAG\tsecret', 'U+0009'],
    ['half of a pair', 'EAAG\ud83d', 'U+D83D'],
  ])('C7 refuses a key with %s, and names its field but not the key', (_, token, name) => {
    const common = { id: 'a', label: 'S', number: '+551150201234' };
    const found = [
      ...problems({ relay: { url: 'wss://relay.example.com', token } }),
      ...problems({ accounts: [{ ...account, accessToken: token }] }),
      ...problems({ accounts: [{ ...common, provider: 'd360', apiKey: token }] }),
      ...problems({ accounts: [{ ...common, provider: 'pilot-web', apiKey: token }] }),
      ...problems({
        accounts: [{ ...common, provider: 'zernio', zernioAccountId: 'x', apiKey: token }],
      }),
    ];
    expect(found.map((problem) => problem.split(':')[0])).toEqual([
      'relay.token',
      'accounts[0].accessToken',
      'accounts[0].apiKey',
      'accounts[0].apiKey',
      'accounts[0].apiKey',
    ]);
    for (const problem of found) expect(problem).toContain(name);
    expect(found.join()).not.toContain('EAAG');
  });

  it('never repeats a secret', () => {
    const found = problems({
      relay: { url: 'http://x', token: 'topsecret' },
      accounts: 'EAAGtoken',
    });
    expect(found.join()).not.toMatch(/topsecret|EAAGtoken/);
    const broken = parseProfile('{"relay":{"token":"topsecret" x}}');
    expect(JSON.stringify(broken)).toContain('not JSON');
    expect(JSON.stringify(broken)).not.toContain('topsecret');
  });
});

describe('the relay address', () => {
  it('keeps its path', () => {
    expect(relayEndpoint('wss://example.com/ringdesk/v1/agents')).toBe(
      'wss://example.com/ringdesk/v1/agents',
    );
  });
});
