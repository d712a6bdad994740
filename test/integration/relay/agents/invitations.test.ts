import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  invitationLink,
  parseInvitation,
  redeemAddress,
} from '../../../../src/shared/links/invitation.ts';
import { parseConfig } from '../../../../src/relay/config/load.ts';
import { plainConfig, startRelay, temporaryFolder, type TestRelay } from '../harness.ts';
import { TestConsole } from '../test-console.ts';

const NUMBER = {
  id: 'main',
  provider: 'meta',
  phoneNumberId: '105615555715855',
  appSecret: { file: 'secrets/app' },
  verifyToken: 'the-verify-token',
  console: {
    label: 'Support',
    number: '+551150201234',
    wabaId: '102290129340398',
    accessToken: { file: 'secrets/token' },
  },
};
const TOKEN = 'a'.repeat(43);
const OTHER_TOKEN = 'b'.repeat(43);

let folder: ReturnType<typeof temporaryFolder>;
let relay: TestRelay;
let file: string;

async function start(more: Record<string, unknown> = {}): Promise<void> {
  const config = plainConfig('data', { accounts: [NUMBER], ...more });
  file = path.join(folder.dir, 'relay.json');
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  relay = await startRelay(parseConfig(config, folder.dir));
}

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(path.join(folder.dir, 'secrets'), { mode: 0o700 });
  writeFileSync(path.join(folder.dir, 'secrets/app'), 'the-app-secret\n', { mode: 0o600 });
  writeFileSync(path.join(folder.dir, 'secrets/token'), 'EAAG-token\n', { mode: 0o600 });
});
afterEach(async () => {
  await relay.close();
  folder.remove();
});

/** Runs `relay invite` to its end. */
function invite(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const command = ['src/relay/index.ts', 'invite', '--config', file, ...args];
    execFile(process.execPath, command, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

async function redeem(
  code: string,
  token = TOKEN,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(redeemAddress(relay.url), {
    method: 'POST',
    headers,
    body: JSON.stringify({ code, token }),
  });
  return { status: response.status, body: await response.json() };
}

const refused = (code: string) => ({ body: { error: { code } } });

describe('relay invite', () => {
  it('prints a link with which one console gets everything, once', async () => {
    await start();
    const url = relay.url.replace('http', 'ws');
    const invited = await invite('--id', 'ana', '--name', 'Ana', '--team', 'Care', '--relay', url);
    expect(invited).toMatchObject({ code: 0 });
    const link = parseInvitation(invited.out);
    if (!link.ok) throw new Error(invited.out);
    expect(invited.out.trim()).toBe(invitationLink(link.value));
    expect(link.value.relay).toBe(url);
    const { code } = link.value;

    const first = await redeem(code);
    expect(first).toEqual({
      status: 200,
      body: {
        agent: { id: 'ana', name: 'Ana' },
        accounts: [
          {
            id: 'main',
            provider: 'meta',
            label: 'Support',
            number: '+551150201234',
            wabaId: '102290129340398',
            phoneNumberId: '105615555715855',
            accessToken: 'EAAG-token',
          },
        ],
      },
    });
    const ana = await TestConsole.join(relay.url, TOKEN);
    ana.terminate();
    // Its answer was lost: the same console is answered again, and another one never.
    expect(await redeem(code)).toEqual(first);
    expect(await redeem(code, OTHER_TOKEN)).toMatchObject(refused('invitation-used'));
    const list = await invite('--list');
    expect(list.out).toMatch(/\tana\tcreated .*\tused /);
    // Nothing that a thief of the database could use.
    expect(readFileSync(path.join(folder.dir, 'data/relay.sqlite')).includes(code)).toBe(false);
    expect(JSON.stringify(relay.lines)).not.toContain(code);
    expect(JSON.stringify(relay.lines)).not.toContain('EAAG');
  });

  it('replaces an earlier one, can be revoked, and takes an agent who is there', async () => {
    await start({ publicUrl: 'https://calls.example.com' });
    const link = async (...args: string[]) => {
      const { out } = await invite('--id', 'ana', ...args);
      const read = parseInvitation(out);
      return read.ok ? read.value : undefined;
    };
    const one = await link('--name', 'Ana');
    expect(one?.relay).toBe('wss://calls.example.com');
    const two = await link('--role', 'supervisor', '--days', '1');
    expect(await redeem(one?.code ?? '')).toMatchObject(refused('invitation-revoked'));
    const [, id] = /^(\S+)\tana\t.*open until/m.exec((await invite('--list')).out) ?? [];
    expect(await invite('--revoke', id ?? '')).toMatchObject({ code: 0 });
    expect(await invite('--revoke', id ?? '')).toMatchObject({ code: 2 });
    expect(await redeem(two?.code ?? '')).toMatchObject(refused('invitation-revoked'));
    expect(await relay.agents.list()).toMatchObject([{ id: 'ana', role: 'supervisor' }]);
  });

  it('refuses what could not work, in words', async () => {
    await start({ accounts: [{ ...NUMBER, console: undefined }] });
    expect(await invite('--id', 'ana', '--name', 'Ana')).toMatchObject({
      code: 2,
      err: expect.stringContaining('publicUrl'),
    });
    const url = ['--relay', 'wss://calls.example.com'];
    expect(await invite('--id', 'ana', ...url)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--name'),
    });
    expect(await invite('--id', 'ana', '--name', 'Ana', '--relay', 'ws://10.0.0.7')).toMatchObject({
      code: 2,
      err: expect.stringContaining('unencrypted'),
    });
    expect(await invite('--id', 'ana', '--name', 'Ana', ...url)).toMatchObject({
      code: 2,
      err: expect.stringContaining('"console"'),
    });
    expect(await invite('--id', 'ana', ...url, '--days', '0')).toMatchObject({ code: 2 });
    // An invitation made before the config lost something is not used up.
    const { code } = await relay.invitations.create('ana', 1);
    expect(await redeem(code)).toMatchObject(refused('invitation-unready'));
  });
});

it('an admin invites from their console, and an agent does not', async () => {
  await start();
  const { token } = await relay.agents.add({ id: 'ada', name: 'Ada', role: 'admin' });
  await relay.agents.add({ id: 'ben', name: 'Ben' });
  const ada = await TestConsole.join(relay.url, token);
  const invite = (from: TestConsole, agentId: string) =>
    from.ask({ type: 'admin', request: { do: 'invite', agentId } });
  const invited = await invite(ada, 'ben');
  if (invited.kind !== 'invited') throw new Error(JSON.stringify(invited));
  expect((await redeem(invited.code)).status).toBe(200);
  expect(await invite(ada, 'nobody')).toEqual({ kind: 'refused', why: 'unknown-agent' });
  const ben = await TestConsole.join(relay.url, TOKEN);
  expect(await invite(ben, 'ada')).toEqual({ kind: 'refused', why: 'role' });
  ada.terminate();
  ben.terminate();
});

describe('redeeming', () => {
  it('is slowed down for who guesses, and nobody else', async () => {
    await start({ trustProxy: ['127.0.0.1'] });
    await relay.agents.add({ id: 'ana', name: 'Ana' });
    const { code } = await relay.invitations.create('ana', 1);
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess++) {
      const { status } = await redeem('0'.repeat(12), TOKEN, from('203.0.113.7'));
      statuses.push(status);
    }
    expect(statuses.filter((status) => status === 404)).toHaveLength(10);
    expect(statuses.slice(10)).toEqual([429, 429]);
    // Even the right one, until the time is over.
    expect((await redeem(code, TOKEN, from('203.0.113.7'))).status).toBe(429);
    expect((await redeem(code, TOKEN, from('203.0.113.8'))).status).toBe(200);
  });

  it('takes a few at a time, however many come', async () => {
    await start();
    const many = await Promise.all(Array.from({ length: 40 }, () => redeem('0'.repeat(12))));
    const statuses = new Set(many.map(({ status }) => status));
    expect(statuses).toEqual(new Set([404, 429]));
    expect((await redeem('0'.repeat(12))).status).toBe(404);
  });

  it('takes only what a console sends', async () => {
    await start();
    const address = redeemAddress(relay.url);
    const status = async (init: RequestInit) => (await fetch(address, init)).status;
    expect(await status({})).toBe(405);
    expect(await status({ method: 'POST', body: 'no json' })).toBe(400);
    expect(await status({ method: 'POST', body: 'x'.repeat(5_000) })).toBe(400);
    expect((await redeem('0'.repeat(12), 'short')).status).toBe(400);
    expect((await redeem('not a code')).status).toBe(404);
  });
});

describe('a file of first invitations', () => {
  const first = (more: Record<string, unknown> = {}) => ({
    id: 'first-ana',
    code: 'K7QF-3MRA-9TWX',
    expires: new Date(Date.now() + 86_400_000).toISOString(),
    agent: { id: 'ana', name: 'Ana' },
    ...more,
  });
  const write = (...invitations: unknown[]) => {
    const text = JSON.stringify({ version: 1, invitations });
    writeFileSync(path.join(folder.dir, 'secrets/invitations.json'), text, { mode: 0o600 });
  };
  const withFile = { invitations: { file: 'secrets/invitations.json' } };

  it('is taken once, and not again after a restart', async () => {
    write(
      first(),
      first({ id: 'old', expires: '2020-01-01T00:00:00Z', agent: { id: 'old', name: 'Old' } }),
      first({ id: 'bad', code: 'short', agent: { id: 'bad', name: 'Bad' } }),
    );
    await start(withFile);
    expect(await relay.agents.list()).toMatchObject([{ id: 'ana', name: 'Ana' }]);
    expect((await redeem('k7qf 3mra 9twx')).status).toBe(200);
    await relay.agents.remove('ana');
    await relay.close();
    await start(withFile);
    expect(await relay.agents.list()).toEqual([]);
    expect(await redeem('K7QF3MRA9TWX', OTHER_TOKEN)).toMatchObject(refused('invitation-used'));
  });

  it('does not keep a relay from serving when it cannot be used', async () => {
    write(first());
    const broken = path.join(folder.dir, 'secrets/invitations.json');
    writeFileSync(broken, '{');
    chmodSync(broken, 0o600);
    await start(withFile);
    expect(relay.lines.map(({ event }) => event)).toContain('invitations.unreadable');
  });
});

it('a secret that is kept elsewhere is named when it is not there', async () => {
  await start();
  const config = (more: Record<string, unknown>) =>
    plainConfig('data', { accounts: [{ ...NUMBER, ...more }] });
  const absent = config({ appSecret: { file: 'secrets/none' } });
  expect(() => parseConfig(absent, folder.dir)).toThrow(/accounts\[0\]\.appSecret: the file/);
  const unset = config({ verifyToken: { env: 'RINGDESK_NO_SUCH_VARIABLE' } });
  expect(() => parseConfig(unset, folder.dir)).toThrow(/RINGDESK_NO_SUCH_VARIABLE is not set/);
  const odd = config({ appSecret: { path: 'x' } });
  expect(() => parseConfig(odd, folder.dir)).toThrow(/accounts\[0\]\.appSecret/);
});
