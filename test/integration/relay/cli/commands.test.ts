import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { parseConfig } from '../../../../src/relay/config/load.ts';
import { createLog } from '../../../../src/relay/log.ts';
import { openStoreBeside } from '../../../../src/relay/store/open.ts';
import { createSimulator } from '../../../../src/simulator/simulator.ts';
import { openNats, type Nats } from '../../../helpers/nats.ts';
import {
  ACCOUNT,
  APP_SECRET,
  NUMBER_ID,
  offer,
  plainConfig,
  post,
  postRaw,
  relayConfig,
  sign,
  SIMULATED_NUMBER,
  startRelay,
  temporaryFolder,
  type TestRelay,
  VERIFY_TOKEN,
} from '../harness.ts';
import { TestConsole } from '../test-console.ts';

const WA_ID = '5511999991234';
let folder: ReturnType<typeof temporaryFolder>;
let relay: TestRelay | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await stop();
  folder.remove();
});

const fileAt = (name: string) => path.join(folder.dir, name);

/** Writes the config, and starts a relay with it unless told otherwise. */
async function start(more: Record<string, unknown> = {}, isServed = true): Promise<string> {
  const config = plainConfig(fileAt('data'), more);
  const file = fileAt('relay.json');
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  if (isServed) relay = await startRelay(parseConfig(config, folder.dir));
  return file;
}

async function stop(): Promise<void> {
  await relay?.close();
  relay = undefined;
}

const url = () => relay?.url ?? '';

/** Runs a command of the relay to its end. */
function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/relay/index.ts', ...args], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const entries = (out: string) =>
  out
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('a backup', () => {
  it('is made while the relay runs and restored while it is stopped, and consoles start over', async () => {
    const config = await start();
    const token = (await relay?.agents.add({ id: 'ana', name: 'Ana' }))?.token ?? '';
    await post(url(), offer('wacid.1'));
    const copy = fileAt('copy.sqlite');
    expect(await run('backup', '--config', config, '--to', copy)).toMatchObject({ code: 0 });
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(existsSync(`${copy}-wal`)).toBe(false);
    await post(url(), offer('wacid.2'));
    const ana = await TestConsole.join(url(), token);
    const { epoch, head } = ana.welcome;
    expect(head).toBe(2);
    ana.terminate();

    const early = await run('restore', '--config', config, '--from', copy);
    expect(early).toMatchObject({ code: 1, err: expect.stringContaining('Stop it first') });
    await stop();
    expect(await run('restore', '--config', config, '--from', copy)).toMatchObject({ code: 0 });
    expect(readdirSync(fileAt('data')).some((name) => name.includes('.before-'))).toBe(true);

    await start();
    const again = await TestConsole.join(url(), token, { epoch, cursor: head });
    expect(again.welcome).toMatchObject({ head: 1, complete: false });
    expect(again.welcome.epoch).not.toBe(epoch);
    again.terminate();
  });

  it('never overwrites a file, and a file that is no backup is refused', async () => {
    const config = await start();
    await post(url(), offer('wacid.1'));
    const copy = fileAt('copy.sqlite');
    await run('backup', '--config', config, '--to', copy);
    expect(await run('backup', '--config', config, '--to', copy)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is there already'),
    });
    await stop();
    const foreign = fileAt('foreign');
    writeFileSync(foreign, 'no database '.repeat(1_000));
    truncateSync(copy, statSync(copy).size - 8_192);
    for (const file of [foreign, copy, fileAt('absent')]) {
      expect((await run('restore', '--config', config, '--from', file)).code).toBe(1);
    }
    // The store is as it was.
    expect(readdirSync(fileAt('data')).filter((name) => name.startsWith('relay.sqlite.'))).toEqual(
      [],
    );
    expect(entries((await run('export', '--config', config)).out)).toHaveLength(1);
  });
});

describe.each(['sqlite', 'nats'] as const)('the log on the command line, in %s', (kind) => {
  let nats: Nats | undefined;
  let store: Record<string, unknown> = {};
  beforeEach(async () => {
    nats = kind === 'nats' ? await openNats() : undefined;
    store = nats ? { store: { kind, servers: nats.urls } } : {};
  });
  afterEach(async () => {
    await stop();
    await nats?.close();
  });

  it('export prints it unchanged, or only a period of it', async () => {
    const config = await start(store);
    await post(url(), offer('wacid.1'));
    const { out } = await run('export', '--config', config);
    expect(entries(out)).toMatchObject([{ body: { providerCallId: 'wacid.1' } }]);
    expect(out).toContain(WA_ID);
    const later = await run('export', '--config', config, '--since', '2100-01-01');
    expect(later).toMatchObject({ code: 0, out: '' });
    expect(await run('export', '--config', config, '--since', 'yesterday')).toMatchObject({
      code: 2,
    });
  });

  it('tail prints new entries without phone numbers', async () => {
    const config = await start(store);
    await post(url(), offer('wacid.1'));
    const child = spawn(process.execPath, [
      'src/relay/index.ts',
      'tail',
      '--config',
      config,
      '--after',
      '0',
    ]);
    onTestFinished(() => void child.kill('SIGKILL'));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = String((await lines.next()).value);
    expect(JSON.parse(first)).toMatchObject({ body: { providerCallId: 'wacid.1' } });
    expect(first).not.toContain(WA_ID);
    await post(url(), offer('wacid.2'));
    expect(JSON.parse(String((await lines.next()).value))).toMatchObject({
      body: { providerCallId: 'wacid.2' },
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });
});

describe.each(['sqlite', 'nats'] as const)('a replay into a store in %s', (kind) => {
  let nats: Nats | undefined;
  beforeEach(async () => {
    nats = kind === 'nats' ? await openNats() : undefined;
  });
  afterEach(async () => {
    await stop();
    await nats?.close();
  });

  it('adds what was not understood when it came, once, and rings for nobody’s old call', async () => {
    const more = { ...(nats && { store: { kind, servers: nats.urls } }) };
    const file = await start(more);
    const { hostname: host, port } = new URL(url());
    const served = plainConfig(fileAt('data'), { ...more, listen: { host, port: Number(port) } });
    writeFileSync(file, JSON.stringify(served), { mode: 0o600 });
    const token = (await relay?.agents.add({ id: 'ana', name: 'Ana' }))?.token ?? '';
    const ana = await TestConsole.join(url(), token);
    await post(url(), offer('wacid.known'));
    // As by a relay that did not understand them, some days apart.
    const day = 86_400_000;
    const ages = [0.04, 3, 9];
    const store = await openStoreBeside(
      parseConfig(served, folder.dir),
      createLog(() => undefined),
    );
    for (const days of ages) {
      const receivedAt = Date.now() - days * day;
      const body = Buffer.from(JSON.stringify(offer(`wacid.${days}`, receivedAt)));
      await store.append({ accountId: 'main', receivedAt, headers: {}, body, problems: [] }, []);
    }
    await store.close();
    const replay = (...args: string[]) => run('replay', '--config', file, ...args);
    const since = new Date(Date.now() - day).toISOString();
    expect(await replay('--since', since)).toMatchObject({
      code: 0,
      err: expect.stringContaining('Sent 2 webhooks again, which added 1 entries'),
    });
    const all = await replay();
    expect(all.err).toContain('which added 1 entries');
    expect(all.err).toContain('1 were left out: older than 8 days');
    expect((await replay()).err).toContain('which added 0 entries');
    const heard = () =>
      ana
        .all('entry')
        .flatMap(({ body }) => (body.type === 'provider' ? [body.providerCallId] : []));
    await ana.until(() => heard().length === 3 || undefined);
    expect(heard()).toEqual(['wacid.known', 'wacid.0.04', 'wacid.3']);
    expect(new Set(ana.all('ringing').map(({ callId }) => callId))).toEqual(
      new Set(['main/wacid.known']),
    );
    ana.terminate();
    await stop();
    expect(await replay()).toMatchObject({
      code: 1,
      err: expect.stringContaining('Start it first'),
    });
  });
});

describe('the doctor', () => {
  /** A provider whose clock is off by so many ms. */
  async function provider(offMs: number): Promise<string> {
    const server: Server = createServer((_, response) => {
      response.setHeader('date', new Date(Date.now() + offMs).toUTCString());
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  /** A config with one relayed number, whose provider is here. */
  const relayed = (apiBase: string, more: Record<string, unknown> = {}) => ({
    accounts: [
      {
        id: 'main',
        provider: 'pilot-meta',
        path: 'relayed',
        apiBase,
        webhookSecret: 'a-secret-in-the-address',
        apiKey: 'key',
      },
    ],
    ...more,
  });

  const finding = (out: string, about: string) =>
    out.split('\n').find((line) => line.slice(6).startsWith(about)) ?? '';

  it('finds nothing wrong with a healthy relay', async () => {
    const free = await provider(0);
    const config = await start(relayed(free));
    const served = JSON.stringify({
      ...plainConfig(fileAt('data'), relayed(free)),
      listen: {
        host: '127.0.0.1',
        port: Number(new URL(url()).port),
      },
    });
    writeFileSync(config, served);
    await relay?.agents.add({ id: 'ana', name: 'Ana' });
    const { code, out } = await run('doctor', '--config', config);
    expect(out).not.toContain('BAD');
    expect(code).toBe(0);
    expect(finding(out, 'port')).toMatch(/^ok .*is ready/);
    expect(finding(out, 'media')).toMatch(/^ok .*127\.0\.0\.1 leads here/);
    expect(finding(out, 'clock')).toMatch(/^ok /);
    expect(finding(out, 'store')).toMatch(/^ok .*1 agent/);
    expect(finding(out, 'webhook')).toMatch(/^look .*none has come yet/);
  });

  it('names wrong file permissions, port, media and clock', async () => {
    const taken = new URL(await provider(0));
    const config = await start(
      relayed(await provider(-3_600_000), {
        listen: { host: '127.0.0.1', port: Number(taken.port) },
        media: { bind: '203.0.113.7' },
      }),
      false,
    );
    chmodSync(config, 0o644);
    const { code, out } = await run('doctor', '--config', config);
    expect(code).toBe(1);
    expect(finding(out, 'config')).toMatch(/^BAD .*chmod/);
    expect(finding(out, 'media')).toMatch(/^BAD .*no address of this machine/);
    expect(finding(out, 'clock')).toMatch(/^BAD .*36\d\d s ahead/);
  });

  it('tries the webhook’s address from outside, and asks whether the app is subscribed', async () => {
    const simulator = await createSimulator({
      version: 1,
      listen: { port: 0 },
      accounts: [{ ...SIMULATED_NUMBER, wabaId: '1022901293' }],
    });
    onTestFinished(() => simulator.close());
    const config = await start({
      publicUrl: 'https://calls.example.com',
      accounts: [
        {
          id: ACCOUNT,
          provider: 'meta',
          path: 'relayed',
          phoneNumberId: NUMBER_ID,
          appSecret: APP_SECRET,
          verifyToken: VERIFY_TOKEN,
          accessToken: 'token',
          apiBase: simulator.baseUrl,
          console: { label: 'Support', number: '+551150201234', wabaId: '1022901293' },
        },
      ],
    });
    await simulator.setWebhookUrl(`${url()}/webhooks/meta/${ACCOUNT}`);
    const well = await run('doctor', '--config', config);
    expect(finding(well.out, 'webhook-address')).toMatch(/^ok .*reach the relay/);
    expect(finding(well.out, 'subscription')).toMatch(/^ok /);

    await simulator.setWebhookUrl(`${simulator.baseUrl}/nowhere`);
    await fetch(`${simulator.baseUrl}/v26.0/1022901293/subscribed_apps`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer token' },
    });
    const { out } = await run('doctor', '--config', config);
    expect(finding(out, 'webhook-address')).toMatch(/^BAD .*this relay does not answer/);
    expect(out).toContain(`https://calls.example.com/webhooks/meta/${ACCOUNT}`);
    expect(finding(out, 'subscription')).toMatch(/^BAD /);
  });

  it('asks the running relay whether it accepts the webhooks, if it has their secrets', async () => {
    const [account] = relayConfig(fileAt('data')).accounts;
    const main = { ...account, apiBase: await provider(0) };
    const second = { ...main, id: 'second', phoneNumberId: '222', appSecret: 'of the second' };
    const accounts = [main, second];
    const publicUrl = 'https://calls.example.com';
    const file = await start({ accounts, publicUrl });
    const listen = { host: '127.0.0.1', port: Number(new URL(url()).port) };
    const write = (more: object) =>
      writeFileSync(
        file,
        JSON.stringify(plainConfig(fileAt('data'), { listen, publicUrl, ...more })),
      );
    write({ accounts });
    const examined = async () =>
      finding((await run('doctor', '--config', file)).out, 'webhook-sig');
    expect(await examined()).toBe('');
    const body = JSON.stringify(offer('wacid.1'));
    await postRaw(url(), body, { signature: null });
    const { code, out } = await run('doctor', '--config', file);
    expect(code).toBe(1);
    expect(finding(out, 'webhook-signature')).toMatch(/^BAD .*main: .*it has no signature/);
    await postRaw(url(), body);
    expect(await examined()).toMatch(/^ok .*main: .*signed correctly/);
    const other = body.replaceAll(NUMBER_ID, '222');
    await postRaw(url(), other, { signature: sign(other, 'of the second') });
    const misled = (await run('doctor', '--config', file)).out;
    expect(finding(misled, 'webhook-address')).toMatch(/^BAD .*second: .*another number: main/);
    expect(misled).toContain('https://calls.example.com/webhooks/meta/second');

    write({ accounts: accounts.map((one) => ({ ...one, appSecret: 'a newer one' })) });
    expect(await examined()).toMatch(/^look .*main: the relay that runs has other secrets/);
    const asked = `${url()}/webhooks/meta/main?ringdesk-health=${'0'.repeat(32)}`;
    expect((await fetch(asked)).status).toBe(401);
  });
});

describe('the commands of a relay with its store in NATS', () => {
  let nats: Nats;
  beforeEach(async () => {
    nats = await openNats();
  });
  afterEach(async () => {
    await stop();
    await nats.close();
  });

  it('look at it, print it, back it up beside the relay, and restore it under another prefix', async () => {
    const store = { kind: 'nats', servers: nats.urls };
    const file = await start({ store });
    await relay?.agents.add({ id: 'ana', name: 'Ana' });
    await post(url(), offer('wacid.1'));
    const looked = await run('doctor', '--config', file);
    expect(looked.out).toMatch(/ok +store +It is readable/);
    expect(looked.out).toMatch(/ok +webhook +main: the last one came at/);
    const [exported] = entries((await run('export', '--config', file)).out);
    expect(exported).toMatchObject({ body: { providerCallId: 'wacid.1' } });
    const backup = fileAt('backup.sqlite');
    expect(await run('backup', '--config', file, '--to', backup)).toMatchObject({ code: 0 });
    const refused = await run('restore', '--config', file, '--from', backup);
    expect(refused.err).toMatch(/A relay serves.*Stop all of its relays first/);
    await stop();
    const other = await start({ store: { ...store, prefix: 'restored' } }, false);
    expect(await run('restore', '--config', other, '--from', backup)).toMatchObject({ code: 0 });
    expect(entries((await run('export', '--config', other)).out)).toEqual([exported]);
    expect((await run('agent', 'list', '--config', other)).out).toContain('ana');
  });

  it('serve it, and end where it cannot be opened, so that a service manager tries again', async () => {
    // One server cannot keep three copies.
    const store = { kind: 'nats', servers: nats.urls, replicas: 3 };
    const file = await start({ store }, false);
    const { code, err } = await run('serve', '--config', file);
    expect(code).toBe(1);
    expect(err).toContain('JetStream cannot keep the stream');
  });

  it('copy it only where no relay serves it or the other one, and then all of it', async () => {
    const store = { kind: 'nats', servers: nats.urls };
    const from = await start({ store });
    await post(url(), offer('wacid.1'));
    const to = fileAt('sqlite.json');
    writeFileSync(to, JSON.stringify(plainConfig(fileAt('sqlite'))), { mode: 0o600 });
    const copied = (one: string, other: string) =>
      run('store', 'copy', '--from', one, '--to', other);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const refused = await copied(one, other);
      expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/Stop all .* first/) });
    }
    await stop();
    expect(await copied(from, to)).toMatchObject({ code: 0 });
    expect(entries((await run('export', '--config', to)).out)).toHaveLength(1);
  });
});

describe('a SQLite store that a relay serves', () => {
  it('is neither copied nor replaced, not even where nothing was stored yet', async () => {
    const served = await start();
    const other = fileAt('other.json');
    writeFileSync(other, JSON.stringify(plainConfig(fileAt('other'))), { mode: 0o600 });
    const backup = fileAt('backup.sqlite');
    expect(await run('backup', '--config', served, '--to', backup)).toMatchObject({ code: 0 });
    const commands = [
      ['store', 'copy', '--from', served, '--to', other],
      ['store', 'copy', '--from', other, '--to', served],
      ['restore', '--config', served, '--from', backup],
    ];
    for (const command of commands) {
      const refused = await run(...command);
      expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('Stop it first') });
    }
    await post(url(), offer('wacid.1'));
    await stop();
    for (const command of commands.slice(0, 1)) expect((await run(...command)).code).toBe(0);
    expect(entries((await run('export', '--config', other)).out)).toHaveLength(1);
  });

  it('is served by one relay only, and again after that one was killed', async () => {
    const file = await start();
    expect(await run('--config', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Stop it first'),
    });
    await stop();
    const child = spawn(process.execPath, ['src/relay/index.ts', '--config', file]);
    onTestFinished(() => void child.kill('SIGKILL'));
    for await (const line of createInterface(child.stdout)) {
      if (line.includes('relay.listening')) break;
    }
    await expect(start()).rejects.toThrow('Stop it first');
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    await start();
    expect((await post(url(), offer('wacid.1'))).status).toBe(200);
  });
});
