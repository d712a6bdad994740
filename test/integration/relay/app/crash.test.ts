import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { offer, plainConfig, post, temporaryFolder } from '../harness.ts';
import { TestConsole } from '../test-console.ts';

const RELAY = path.resolve('src/relay/index.ts');

let folder: ReturnType<typeof temporaryFolder>;
let config: string;
const children = new Set<ChildProcess>();

beforeEach(() => {
  folder = temporaryFolder();
  config = path.join(folder.dir, 'relay.json');
  writeFileSync(config, JSON.stringify(plainConfig('data')));
});

afterEach(async () => {
  await Promise.all([...children].map(kill));
  folder.remove();
});

/** A relay in a separate process. */
async function startChild(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [RELAY, '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the relay ended with ${code}`)));
    lines.on('line', (line) => {
      const { event, url } = JSON.parse(line);
      if (event === 'relay.listening') resolve(String(url));
    });
  });
  return { child, url };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  children.delete(child);
}

/** Runs a relay command; resolves to its standard output and its exit code. */
function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [RELAY, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString('utf8');
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out: text(out), err: text(err) }));
  });
}

const addAgent = async (id: string) =>
  (await run('agent', 'add', '--config', config, '--id', id, '--name', id)).out.trim();

const idsOf = (console: TestConsole) =>
  console
    .all('entry')
    .flatMap(({ body }) => (body.type === 'provider' ? [body.providerCallId ?? ''] : []));

describe('a killed relay', () => {
  it('delivers every event that it had answered with 200, once per cursor', async () => {
    const token = await addAgent('ana');
    let { child, url } = await startChild();
    const before = await TestConsole.join(url, token);
    const { epoch } = before.welcome;
    const answered = new Set<string>();
    let next = 0;

    // Several deliveries at once, so that some are in flight at the kill.
    const stream = async () => {
      for (;;) {
        const id = `wacid.${next++}`;
        try {
          if ((await post(url, offer(id))).status === 200) answered.add(id);
        } catch {
          return;
        }
      }
    };
    const streams = Array.from({ length: 8 }, stream);
    await before.until(() => before.cursors.length >= 60 || undefined);
    await kill(child);
    await Promise.all(streams);
    await before.closed;

    ({ child, url } = await startChild());
    const after = await TestConsole.join(url, token, { epoch, cursor: before.cursors.at(-1) ?? 0 });
    expect(after.welcome).toMatchObject({ epoch, complete: true });
    await after.first('skipped', ({ cursor }) => cursor >= after.welcome.head);

    const cursors = [...before.cursors, ...after.cursors];
    expect(cursors).toEqual(cursors.map((_, index) => index + 1));
    const ids = [...idsOf(before), ...idsOf(after)];
    expect(new Set(ids).size).toBe(ids.length);
    expect([...answered].filter((id) => !ids.includes(id))).toEqual([]);
    expect(answered.size).toBeGreaterThan(50);

    // The provider repeats what was not answered, and nothing is lost or doubled.
    const again = await Promise.all(ids.map((id) => post(url, offer(id))));
    expect(again.every(({ status }) => status === 200)).toBe(true);
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ ok: true });
    after.terminate();
  });

  it('still knows who claimed what', async () => {
    const [ana, bea] = [await addAgent('ana'), await addAgent('bea')];
    const first = await startChild();
    const winner = await TestConsole.join(first.url, ana);
    await post(first.url, offer('wacid.1'));
    await winner.first('entry');
    expect(await winner.claim('main/wacid.1')).toEqual({ kind: 'granted' });
    await kill(first.child);
    const second = await startChild();
    const late = await TestConsole.join(second.url, bea);
    expect(await late.claim('main/wacid.1')).toMatchObject({ why: 'taken', by: { id: 'ana' } });
    late.terminate();
  });
});

describe('the relay’s command line', () => {
  it('manages agents while the relay runs', async () => {
    const { child, url } = await startChild();
    const token = await addAgent('ana');
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const ana = await TestConsole.join(url, token);
    expect(ana.welcome.agent).toEqual({ id: 'ana', name: 'ana' });
    expect((await run('agent', 'list', '--config', config)).out).toMatch(
      /^ana\tana\tagent, calls all, workspace default, numbers all\tadded /,
    );

    const twice = await run('agent', 'add', '--config', config, '--id', 'ana', '--name', 'Ana');
    expect(twice).toMatchObject({ code: 2, out: '' });
    expect(twice.err).toContain('agent rotate');

    const rotated = (await run('agent', 'rotate', '--config', config, '--id', 'ana')).out.trim();
    await expect(TestConsole.open(url, token)).rejects.toThrow('401');
    const again = await TestConsole.join(url, rotated);
    await run('agent', 'remove', '--config', config, '--id', 'ana');
    await expect(TestConsole.open(url, rotated)).rejects.toThrow('401');

    expect((await again.first('refused')).code).toBe('unauthorized');
    child.kill('SIGTERM');
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
  });

  it('explains what is wrong', async () => {
    writeFileSync(
      config,
      JSON.stringify({ ...plainConfig('data'), listen: { host: '127.0.0.1' } }),
    );
    expect(await run('--config', config)).toMatchObject({
      code: 2,
      err: 'listen.port: must be a port number, e.g. 8787\n',
    });
    expect((await run('agent', 'dance', '--config', config)).err).toContain(
      'no command "agent dance"',
    );
    expect((await run()).err).toContain('--config FILE is missing');
    expect((await run('--config', 'nowhere.json')).err).toContain('cannot be read');
    expect((await run('--help')).out).toContain('agent add');
  });

  it('gives a restored log a new name', async () => {
    const token = await addAgent('ana');
    const first = await startChild();
    const { epoch } = (await TestConsole.join(first.url, token)).welcome;
    await kill(first.child);
    expect((await run('epoch', 'renew', '--config', config)).code).toBe(0);
    const second = await startChild();
    const ana = await TestConsole.join(second.url, token, { epoch, cursor: 0 });
    expect(ana.welcome.epoch).not.toBe(epoch);
    expect(ana.welcome.complete).toBe(false);
    ana.terminate();
  });
});

describe('a removed agent', () => {
  it('L11 is disconnected although another process removed them', async () => {
    const { url } = await startChild();
    const [ana, bea] = [await addAgent('ana'), await addAgent('bea')];
    const removed = await TestConsole.join(url, ana);
    const stays = await TestConsole.join(url, bea);
    await run('agent', 'remove', '--config', config, '--id', 'ana');
    expect(await removed.closed).toMatchObject({ code: 4401 });
    await expect(TestConsole.open(url, ana)).rejects.toThrow('401');
    await stays.sees('bea', 'available');
    stays.terminate();
  });
});

describe('an agent in the database', () => {
  it('H9 has no readable token, before and after it was replaced', async () => {
    const token = await addAgent('ana');
    const rotated = (await run('agent', 'rotate', '--config', config, '--id', 'ana')).out.trim();
    expect(rotated).not.toBe(token);
    const { child, url } = await startChild();
    const ana = await TestConsole.join(url, rotated);
    ana.terminate();
    await kill(child);
    const data = path.join(folder.dir, 'data');
    const stored = readdirSync(data).flatMap((name) => {
      const file = path.join(data, name);
      return statSync(file).isFile() ? [readFileSync(file)] : [];
    });
    expect(stored.length).toBeGreaterThan(0);
    for (const secret of [token, rotated]) {
      for (const bytes of stored) {
        expect(bytes.includes(secret)).toBe(false);
        expect(bytes.includes(Buffer.from(secret, 'base64url'))).toBe(false);
      }
    }
  });
});
