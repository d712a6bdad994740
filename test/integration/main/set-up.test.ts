import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Invitations } from '../../../src/main/provisioning/invitations.ts';
import { writeSetUp } from '../../../src/main/provisioning/write-set-up.ts';
import { Refusal } from '../../../src/main/refusal.ts';
import { createRelay } from '../../../src/relay/app.ts';
import { loadConfig } from '../../../src/relay/config/load.ts';
import { createLog } from '../../../src/relay/log.ts';
import { providerIds } from '../../../src/shared/rules/data/providers.ts';
import type { NumberDone, SetUpDone } from '../../../src/shared/ipc/set-up.ts';
import type { SetUp, SetUpNumber } from '../../../src/shared/set-up/set-up.ts';
import { createSimulator } from '../../../src/simulator/simulator.ts';
import { account, resellerSecrets, secrets, testNumber } from '../../e2e/harness/numbers.ts';
import { freePort } from '../../helpers/free-port.ts';
import { tempFolder } from '../../helpers/temp.ts';
import { TestConsole } from '../relay/test-console.ts';

/** What an admin types for the simulator's number, of whichever provider. */
const number = (more: Partial<SetUpNumber> = {}): SetUpNumber => ({
  relayed: true,
  provider: 'meta',
  label: 'Support',
  number: '+55 11 5020-1234',
  phoneNumberId: account.phoneNumberId,
  wabaId: account.wabaId,
  appSecret: secrets.appSecret,
  accessToken: secrets.accessToken,
  apiKey: resellerSecrets.apiKey,
  zernioAccountId: 'acc_stage',
  apiBase: '',
  ...more,
});
const typed = (more: Partial<SetUp> = {}): SetUp => ({
  relay: 'http://127.0.0.1:8787',
  mediaAddress: '',
  numbers: [number()],
  admin: 'Ana Lima',
  agents: 'Bea Rocha\n\nBéa Rocha\n宮本\n',
  ...more,
});

/** The only number of a set-up. */
function only({ numbers }: SetUpDone): NumberDone {
  const [first, ...others] = numbers;
  if (!first || others.length > 0) throw new Error(`${numbers.length} numbers`);
  return first;
}

const redeemer = () => new Invitations({ fetch: globalThis.fetch, changed: () => undefined });

/** A relay started from the folder, as its admin would. */
async function serve(folder: string) {
  const relay = await createRelay(loadConfig(join(folder, 'relay.json')), {
    log: createLog(() => undefined),
  });
  onTestFinished(() => relay.close());
  return relay;
}

describe.each(providerIds)('a set-up written for a number at %s', (provider) => {
  it('starts a relay at which the invited console has everything and rings', async () => {
    const { simulated } = testNumber(provider);
    const folder = tempFolder();
    const port = await freePort();
    const root = `http://127.0.0.1:${port}`;
    const apiBase = provider === 'zernio' ? `${root}/api` : root;
    const relayUrl = `http://127.0.0.1:${await freePort()}`;
    const done = await writeSetUp(
      typed({ relay: relayUrl, numbers: [number({ provider, apiBase })] }),
      folder,
    );
    const { webhook, forwardTo } = only(done);
    const relay = await serve(folder);
    expect(relay.url).toBe(relayUrl);
    const simulator = await createSimulator({
      version: 1,
      listen: { host: '127.0.0.1', port },
      accounts: [
        simulated.provider === 'zernio'
          ? { ...simulated, webhookSecret: webhook.secret ?? '', forwardTo }
          : simulated,
      ],
    });
    onTestFinished(() => simulator.close());
    expect((await relay.agents.list()).map(({ id, role }) => [id, role])).toEqual([
      ['agent', 'agent'],
      ['ana-lima', 'admin'],
      ['bea-rocha', 'agent'],
      ['bea-rocha-2', 'agent'],
    ]);

    const [mine] = done.invitations;
    const invitations = redeemer();
    const profile = await invitations.redeem(mine?.link ?? '', '');
    expect(profile).toMatchObject({
      agent: { id: 'ana-lima', name: 'Ana Lima' },
      relay: { url: relayUrl.replace('http', 'ws') },
      accounts: [{ id: 'support', provider, label: 'Support', number: '+551150201234' }],
    });
    const ana = await TestConsole.join(relay.url, profile.relay.token);
    await simulator.setWebhookUrl(webhook.url);
    await simulator.startCall({ customer: { waId: '5511987654321', name: 'Camila' } });
    await ana.until(() => (ana.cursors.length > 0 ? true : undefined));
    ana.terminate();
  });
});

it('several numbers share a relay, each with secrets and a webhook of its own', async () => {
  const folder = tempFolder();
  const relay = `http://127.0.0.1:${await freePort()}`;
  const numbers = [
    number(),
    number({ provider: 'd360', number: '+55 11 5020-5678' }),
    number({ provider: 'pilot-web', label: 'Vendas', number: '+55 11 5020-9999' }),
  ];
  const done = await writeSetUp(typed({ relay, numbers }), folder);
  const started = await serve(folder);
  const paths = done.numbers.map(({ webhook }) => new URL(webhook.url).pathname.split('/'));
  expect(paths.map(([, , provider, id]) => `${provider} ${id}`)).toEqual([
    'meta support',
    'd360 support-2',
    'pilot-web vendas',
  ]);
  for (const { webhook } of done.numbers.slice(1)) {
    const answer = await fetch(webhook.url, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(200);
    expect((await fetch(`${webhook.url}x`, { method: 'POST', body: '{}' })).status).toBe(401);
  }
  const profile = await redeemer().redeem(done.invitations[0]?.link ?? '', '');
  expect(profile.accounts.map(({ id, label }) => [id, label])).toEqual([
    ['support', 'Support'],
    ['support-2', 'Support'],
    ['vendas', 'Vendas'],
  ]);
  const ana = await TestConsole.join(started.url, profile.relay.token);
  expect(ana.frames[0]).toMatchObject({
    rights: {
      numbers: [
        { id: 'support', path: 'relayed' },
        { id: 'support-2', path: 'relayed' },
        { id: 'vendas', path: 'streamed' },
      ],
    },
  });
  ana.terminate();
});

it('names the verify token that the relay then takes from Meta', async () => {
  const folder = tempFolder();
  const relay = `http://127.0.0.1:${await freePort()}`;
  const { webhook } = only(await writeSetUp(typed({ relay }), folder));
  await serve(folder);
  const handshake = new URL(webhook.url);
  handshake.search = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.challenge': 'echo',
    'hub.verify_token': webhook.verifyToken ?? '',
  }).toString();
  expect(await (await fetch(handshake)).text()).toBe('echo');
});

describe('the files of a set-up', () => {
  it('are for their owner alone, keep secrets apart, and are never written over', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'mine.txt'), 'stays');
    const done = await writeSetUp(
      typed({ relay: 'calls.example.com', mediaAddress: '203.0.113.7' }),
      folder,
    );
    const { webhook } = only(done);
    const config = readFileSync(join(folder, 'relay.json'), 'utf8');
    for (const secret of [secrets.appSecret, secrets.accessToken, webhook.verifyToken ?? ''])
      expect(config).not.toContain(secret);
    const mode = (name: string) => statSync(join(folder, name)).mode & 0o777;
    for (const name of done.files) expect(mode(name)).toBe(0o600);
    expect(mode('secrets')).toBe(0o700);
    expect(loadConfig(join(folder, 'relay.json'))).toMatchObject({
      publicUrl: 'https://calls.example.com',
      trustProxy: ['127.0.0.1'],
      media: { announce: ['203.0.113.7'] },
      accounts: [{ path: 'relayed', appSecret: secrets.appSecret }],
    });
    expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toContain(
      '--from calls.example.com --to 127.0.0.1:8787',
    );
    const compose = () =>
      execFileSync('docker-compose', ['config'], { cwd: folder, stdio: 'pipe' });
    expect(compose).not.toThrow();
    expect(webhook.url).toBe('https://calls.example.com/webhooks/meta/support');
    const letter = readFileSync(join(folder, 'invitations/bea-rocha.txt'), 'utf8');
    expect(letter).toContain(done.invitations[1]?.link);
    expect(letter).toMatch(/until [\w, ]+ \d{4}\./);
    await expect(writeSetUp(typed(), folder)).rejects.toThrow(/relay\.json in .* already/);
    expect(readdirSync(folder).toSorted()).toEqual([
      'compose.yaml',
      'invitations',
      'mine.txt',
      'relay.json',
      'secrets',
    ]);
  });

  it('are not written at all if one cannot be', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'secrets'), 'in the way');
    await expect(writeSetUp(typed(), folder)).rejects.toThrow(/could not be saved/);
    expect(readdirSync(folder)).toEqual(['secrets']);
    await expect(
      writeSetUp(typed({ numbers: [number({ wabaId: 'letters' })] }), tempFolder()),
    ).rejects.toBeInstanceOf(Refusal);
  });
});

describe('redeeming an invitation', () => {
  it('says in words why it did not work, and works again after a lost answer', async () => {
    const folder = tempFolder();
    const relayUrl = `http://127.0.0.1:${await freePort()}`;
    const done = await writeSetUp(typed({ relay: relayUrl }), folder);
    const [mine, bea] = done.invitations;
    const invitations = redeemer();
    const why = (text: string, relay = relayUrl) =>
      invitations.redeem(text, relay).then(
        () => 'redeemed',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
    expect(await why(mine?.link ?? '')).toContain('no answer from');
    await serve(folder);
    expect(await why('K7QF-3MRA-9TW')).toContain('12 letters and digits');
    expect(await why('K7QF-3MRA-9TWX')).toContain('no invitation with this code');
    expect(await why('K7QF-3MRA-9TWX', 'http://203.0.113.7')).toContain('not encrypted');
    expect(await why('K7QF-3MRA-9TWX', '')).toContain('address is missing');
    expect(await why('ringdesk:join?code=1')).toContain('address is missing');
    // Typed by hand, as from the letter.
    expect(await why(` ${(bea?.code ?? '').toLowerCase()} `)).toBe('redeemed');
    expect(await why(bea?.code ?? '')).toBe('redeemed');
    const another = redeemer().redeem(bea?.code ?? '', relayUrl);
    await expect(another).rejects.toThrow('already used');
    const server = createServer((_request, response) => void response.end('<html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await why('K7QF-3MRA-9TWX', `http://127.0.0.1:${port}`)).toContain('no relay at');
  });
});
