import { execFile } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect, Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Answer } from '../../../src/main/local-api/answer.ts';
import type { Routes } from '../../../src/main/local-api/routes.ts';
import { LocalApi } from '../../../src/main/local-api/local-api.ts';
import { defaultSettings } from '../../../src/main/db/settings.ts';
import { refuse } from '../../../src/main/refusal.ts';
import type { Settings } from '../../../src/shared/ipc/settings.ts';
import type { Party } from '../../../src/shared/providers/events.ts';
import { snapshot } from '../../unit/renderer/fixtures.ts';
import { openLocalServer } from '../../../src/main/local-api/server.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { FakeLog } from '../../fakes/log.ts';

const token = 'the-token';
const run = promisify(execFile);

/** A running server whose routes tell what they got. */
async function open(port = 0) {
  const log = new FakeLog();
  const got: unknown[] = [];
  const note = async (body: unknown, part: string) => {
    got.push(['note', body, part]);
    return { status: 204 };
  };
  const dial = vi.fn<(body: unknown) => Promise<Answer>>(async (body) => {
    got.push(['dial', body]);
    return { status: 200, body: { callId: 'out/1' } };
  });
  const routes: Routes = [
    {
      name: 'state',
      method: 'GET',
      path: /^\/v1\/state$/,
      run: () => ({ status: 200, body: { calls: [] } }),
    },
    { name: 'dial', method: 'POST', path: /^\/v1\/dial$/, run: dial },
    { name: 'note', method: 'PUT', path: /^\/v1\/calls\/([^/?#]+)\/note$/, run: note },
  ];
  const server = await openLocalServer({
    port,
    token: () => token,
    routes,
    clock: systemClock,
    log,
  });
  onTestFinished(() => server.close().catch(() => undefined));
  return { ...server, got, dial, log };
}

interface Asked {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** Asks as a program, which may send any header. */
async function ask(
  port: number,
  { body, ...options }: Asked = {},
): Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; text: string }> {
  const asked = request({
    host: '127.0.0.1',
    port,
    path: '/v1/state',
    ...options,
    headers: { authorization: `Bearer ${token}`, ...options.headers },
  });
  asked.end(body);
  const [response] = await once(asked, 'response');
  // The server does not read all of a body that it refuses.
  asked.on('error', () => undefined);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
  };
}

const json = { 'content-type': 'application/json' };
const post = (body: string | Buffer, headers: Record<string, string> = json) => ({
  method: 'POST',
  path: '/v1/dial',
  body,
  headers,
});

describe('the local API', () => {
  it('answers a program, and lets no page read or keep the answer', async () => {
    const { port } = await open();
    const { status, headers, text } = await ask(port);
    expect([status, JSON.parse(text)]).toEqual([200, { calls: [] }]);
    expect(headers['cache-control']).toBe('no-store');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each<[string, Asked, number, string]>([
    ['without the token', { headers: { authorization: 'Bearer other' } }, 401, 'wrong-token'],
    ['under another name', { headers: { host: 'evil.example' } }, 421, 'wrong-host'],
    ['from a page', { headers: { origin: 'http://127.0.0.1' } }, 403, 'no-pages'],
    [
      'from a page that asks whether it may',
      { method: 'OPTIONS', path: '/v1/dial', headers: { origin: 'https://evil.example' } },
      403,
      'no-pages',
    ],
    ['at an unknown path', { path: '/v1/settings' }, 404, 'no-such-path'],
    ['at a path that climbs', { path: '/v1/calls/../state' }, 404, 'no-such-path'],
    ['at a whole address', { path: 'http://evil.example/v1/state' }, 404, 'no-such-path'],
    ['with another method', { method: 'DELETE' }, 405, 'wrong-method'],
    ['with a form', post('number=1', { 'content-type': 'text/plain' }), 415, 'not-json'],
    ['without a type', post('{}', {}), 415, 'not-json'],
    ['with half of a body', post('{"number":'), 400, 'not-json'],
    ['with bytes', post(Buffer.from([0xff, 0xfe, 0x00])), 400, 'not-json'],
    ['with an enormous body', post(`"${'x'.repeat(1_000_000)}"`), 413, 'too-long'],
  ])('refuses who asks %s', async (_, options, status, error) => {
    const { port, got } = await open();
    const answer = await ask(port, options);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      status,
      { error, message: expect.stringMatching(/\w/) },
    ]);
    expect(got).toEqual([]);
  });

  it('cannot be reached from another machine', async () => {
    const { port } = await open();
    const outside = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (!outside) return;
    const socket = connect({ host: outside.address, port });
    const [error] = await once(socket, 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    ['Windows keeps its port', 'EACCES', 1],
    ['all ports near it are taken', 'EADDRINUSE', 10],
  ])('takes another port if %s', async (_, code, times) => {
    const listen = vi.spyOn(Server.prototype, 'listen');
    onTestFinished(() => listen.mockRestore());
    for (let n = 0; n < times; n++) {
      listen.mockImplementationOnce(function (this: Server) {
        queueMicrotask(() =>
          this.emit('error', Object.assign(new Error(`listen ${code}`), { code })),
        );
        return this;
      });
    }
    const { port } = await open(60_000);
    expect(listen).toHaveBeenCalledTimes(times + 1);
    expect((await ask(port)).status).toBe(200);
  });

  it('begins with the last port there is, and goes on to any other', async () => {
    const other = createServer().listen(65_535, '127.0.0.1');
    onTestFinished(() => void other.close());
    await Promise.race([once(other, 'listening'), once(other, 'error')]);
    const { port } = await open(65_535);
    expect(port).toBeLessThan(65_535);
  });

  it('takes the next port if another program has its own', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const address = other.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    const { port } = await open(taken);
    expect(port).toBeGreaterThan(taken);
    expect((await ask(port)).status).toBe(200);
  });

  it('ends open connections when it stops', async () => {
    const { port, close } = await open();
    const idle = connect({ host: '127.0.0.1', port });
    await once(idle, 'connect');
    const ended = once(idle, 'close');
    await close();
    await ended;
    await expect(once(connect({ host: '127.0.0.1', port }), 'connect')).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('refuses a program that names two hosts', async () => {
    const { port } = await open();
    const socket = connect({ host: '127.0.0.1', port });
    onTestFinished(() => void socket.destroy());
    const hosts = [`host: 127.0.0.1:${port}`, 'host: evil.example'];
    const lines = ['GET /v1/state HTTP/1.1', ...hosts, `authorization: Bearer ${token}`];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 421 /);
  });

  it('takes a request that is broken off for no failure of its own', async () => {
    const { port, log, got } = await open();
    const socket = connect({ host: '127.0.0.1', port });
    const lines = [
      'POST /v1/dial HTTP/1.1',
      `host: 127.0.0.1:${port}`,
      `authorization: Bearer ${token}`,
      'content-type: application/json',
      'content-length: 100',
      'expect: 100-continue',
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n{`);
    await once(socket, 'data');
    socket.destroy();
    const brokenOff = ['info local api: dial: broken off'];
    await vi.waitFor(() => expect(log.lines).toEqual(brokenOff), { timeout: 10_000 });
    expect(got).toEqual([]);
  });

  it('takes a body with a byte order mark, as programs for Windows send it', async () => {
    const { port, got } = await open();
    await ask(port, post('\uFEFF{"number":"1"}'));
    expect(got).toEqual([['dial', { number: '1' }]]);
  });

  it('survives a route that fails, and tells the program no more than that', async () => {
    const { port, dial } = await open();
    dial.mockRejectedValue(new Error('+5511987654321 is secret'));
    const answer = await ask(port, post('{}'));
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret');
    expect((await ask(port)).status).toBe(200);
  });

  it('leaves neither ids nor numbers in the log', async () => {
    const { port, log } = await open();
    await ask(port, {
      method: 'PUT',
      path: '/v1/calls/support%2F5511987654321/note',
      body: '{}',
      headers: json,
    });
    await ask(port, { path: '/v1/state?number=5511987654321' });
    expect(JSON.stringify(log)).toContain('note: 204');
    expect(JSON.stringify(log)).not.toContain('5511987654321');
  });
});

/** A console with two workspaces, in which the API is on. */
function desk() {
  const secrets = new Map<string, string>();
  const workspace = (kind: 'demo' | 'profile', localApi: boolean) => {
    let settings = { ...defaultSettings, localApi, localApiPort: 0 };
    return {
      kind,
      agent: { id: kind === 'demo' ? 'demo' : 'ana', name: 'Ana' },
      calls: { dial: () => refuse('internal') },
      contacts: {
        facts: () => Promise.reject(new Error('none')),
        spelled: (party: Party) => party,
      },
      notes: { of: () => ({ text: '', tags: [], others: [] }), set: () => false },
      settings: () => settings,
      setSettings: (changes: Partial<Settings>) => {
        settings = { ...settings, ...changes };
      },
    };
  };
  const profile = workspace('profile', true);
  const demo = workspace('demo', false);
  let current: typeof profile | undefined = profile;
  const changes = new EventEmitter();
  const api = new LocalApi({
    workspace: () => current,
    snapshot: () => snapshot(),
    vault: {
      get: (name) => secrets.get(name),
      put: async (all) => Object.entries(all).forEach(([name, one]) => secrets.set(name, one)),
    },
    prepare: () => undefined,
    show: () => undefined,
    noted: () => undefined,
    changed: () => void changes.emit('changed'),
    clock: systemClock,
    log: new FakeLog(),
  });
  onTestFinished(() => api.close());
  /** Resolves when the API has this state. */
  const is = async (state: string) => {
    api.handleSnapshot();
    while (api.state.state !== state) await once(changes, 'changed');
    return Number(new URL(api.state.address ?? 'http://localhost:1').port);
  };
  const open = (next: 'profile' | 'demo' | 'none') => {
    current = next === 'none' ? undefined : next === 'demo' ? demo : profile;
    api.handleSnapshot();
  };
  const state = async (at: number, secret: string) =>
    (await ask(at, { headers: { authorization: `Bearer ${secret}` } })).status;
  return { api, is, open, state, profile, demo };
}

describe('the switch of the local API', () => {
  it('offers it with a token that stays, until it is renewed', async () => {
    const { api, is, state } = desk();
    const port = await is('on');
    const first = await api.token();
    expect(await api.token()).toBe(first);
    expect(await state(port, first)).toBe(200);
    const second = await api.renew();
    expect([await state(port, first), await state(port, second)]).toEqual([401, 200]);
  });

  it('keeps the port, so that programs find it again', async () => {
    const { is, profile, open } = desk();
    const port = await is('on');
    expect(profile.settings().localApiPort).toBe(port);
    open('none');
    await is('off');
    open('profile');
    expect(await is('on')).toBe(port);
  });

  it('closes it while the screen is locked, and opens it after', async () => {
    const { api, is, state } = desk();
    const port = await is('on');
    api.setLocked(true);
    await is('locked');
    await expect(state(port, await api.token())).rejects.toThrow(/ECONN|socket hang up/);
    api.setLocked(false);
    expect(await state(await is('on'), await api.token())).toBe(200);
  });

  it('closes it with the workspace; another one has another token, and is off', async () => {
    const { api, is, open, state, demo } = desk();
    const port = await is('on');
    const token = await api.token();
    open('demo');
    await is('off');
    await expect(state(port, token)).rejects.toThrow(/ECONN|socket hang up/);
    demo.setSettings({ localApi: true });
    const other = await is('on');
    expect(await state(other, token)).toBe(401);
    expect(await state(other, await api.token())).toBe(200);
  });

  it('stays closed while the app ends', async () => {
    const { api, is, state } = desk();
    const port = await is('on');
    const token = await api.token();
    await api.close();
    api.handleSnapshot();
    for (let asked = 0; asked < 10; asked++)
      await expect(state(port, token)).rejects.toThrow(/ECONN|socket hang up/);
  });

  it('closes it when it is turned off, however quickly it was turned on', async () => {
    const { api, is, profile } = desk();
    for (const localApi of [true, false, true, false]) {
      profile.setSettings({ localApi });
      api.handleSnapshot();
    }
    await is('off');
    expect(api.state).toEqual({ state: 'off' });
  });
});

const docs = readFileSync(path.join(import.meta.dirname, '../../../docs/local-api.md'), 'utf8');
const commands = [...docs.matchAll(/^```sh\n(curl [^]*?)^```$/gm)].map(
  ([, command = '']) => command,
);
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);

describe.skipIf(!hasCurl)('the commands in docs/local-api.md', () => {
  it('do what they say', async () => {
    const { port, got } = await open();
    const env = { ...process.env, RINGDESK: `http://127.0.0.1:${port}`, TOKEN: token };
    const said: string[] = [];
    for (const command of commands) {
      const { stdout } = await run('sh', ['-c', `${command.trim()} -w '%{http_code}'`], { env });
      said.push(stdout.replaceAll('\n', ''));
    }
    expect(said).toEqual(['{"calls":[]}200', '{"callId":"out/1"}200', '204']);
    expect(got).toEqual([
      ['dial', { number: '+5511987654321', from: 'support' }],
      ['note', { text: 'Order 1234, refund agreed' }, 'support%2Fwacid.HBgN'],
    ]);
  });
});
