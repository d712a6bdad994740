import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, type TestContext } from 'vitest';
import { openNats, type Nats } from '../../../helpers/nats.ts';
import { ACCOUNT, envelope, offer, plainConfig, post, temporaryFolder } from '../harness.ts';
import { CUSTOMER } from '../relayed-call-world.ts';
import { TestConsole } from '../test-console.ts';

type Kind = 'sqlite' | 'nats';

const killAt = (point?: string) =>
  point === undefined ? [] : ['--import', `${path.resolve('test/helpers/kill-at.ts')}?${point}`];

/** Starts of processes on a busy machine, in ms. */
const PATIENCE_MS = 120_000;

/** A test's own folder and NATS server, with the relay's processes and commands. */
class Place {
  readonly #folder = temporaryFolder();
  readonly #kind: Kind;
  readonly #nats: Nats;
  readonly #children: ChildProcess[] = [];
  /** The config of the store in question. */
  readonly config: string;

  private constructor(kind: Kind, nats: Nats) {
    this.#kind = kind;
    this.#nats = nats;
    this.config = this.configOf('here');
  }

  static async open(kind: Kind): Promise<Place> {
    return new Place(kind, await openNats());
  }

  fileAt = (name: string) => path.join(this.#folder.dir, name);

  /** Writes the config of a store of this name. */
  configOf(name: string, of = this.#kind): string {
    const store = of === 'nats' && { kind: 'nats', servers: this.#nats.urls, prefix: name };
    const file = this.fileAt(`${name}-${of}.json`);
    const text = JSON.stringify(plainConfig(`${name}-${of}`, { ...(store && { store }) }));
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  async start(point?: string) {
    const args = [...killAt(point), 'src/relay/index.ts', '--config', this.config];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#children.push(child);
    const lines = createInterface({ input: child.stdout });
    const logged = (event: string) =>
      new Promise<Record<string, unknown>>((resolve) => {
        lines.on('line', (line) => {
          const told = JSON.parse(line);
          if (told.event === event) resolve(told);
        });
      });
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const { url } = await logged('relay.listening');
    return {
      url: String(url),
      gone,
      async arm() {
        const armed = logged('kill.armed');
        child.kill('SIGUSR2');
        await armed;
      },
      async kill() {
        child.kill('SIGKILL');
        await gone;
      },
    };
  }

  /** Runs a command, which may kill itself at a point. */
  run(args: readonly string[], point?: string) {
    return new Promise<{ signal: string | undefined; code: number; out: string; err: string }>(
      (resolve) => {
        const command = [...killAt(point), 'src/relay/index.ts', ...args];
        execFile(process.execPath, command, (error, out, err) => {
          const code = typeof error?.code === 'number' ? error.code : 0;
          resolve({ signal: error?.signal ?? undefined, code, out, err });
        });
      },
    );
  }

  async tokenOf(id: string): Promise<string> {
    const add = ['agent', 'add', '--config', this.config, '--id', id, '--name', id];
    return (await this.run(add)).out.trim();
  }

  async exported(of = this.config) {
    const { out, err, code } = await this.run(['export', '--config', of]);
    if (code !== 0) throw new Error(err);
    return out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  async close(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await this.#nats.close();
    this.#folder.remove();
  }
}

/** More than one command of NATS carries. */
const MESSAGES = 600;
const messages = envelope(
  {
    contacts: [{ profile: { name: 'Bia' }, wa_id: CUSTOMER.waId }],
    messages: Array.from({ length: MESSAGES }, (_, index) => ({
      id: `wamid.${index}`,
      from: CUSTOMER.waId,
      timestamp: String(Math.floor(Date.now() / 1000)),
      type: 'text',
      text: { body: 'Hello?' },
    })),
  },
  { field: 'messages' },
);

// Commands listen for 4 s whether a relay serves a store in NATS, so some tests wait at once.
describe.each(['sqlite', 'nats'] as const)(
  'a relay with its store in %s',
  { timeout: PATIENCE_MS, concurrent: true },
  (kind) => {
    const open = async ({ onTestFinished }: TestContext) => {
      const place = await Place.open(kind);
      onTestFinished(() => place.close());
      return place;
    };

    it('that dies after it stored a webhook and before it says so has it once when it is sent again', async (test) => {
      const place = await open(test);
      const ana = await place.tokenOf('ana');
      const first = await place.start('webhook-stored');
      expect(await post(first.url, offer('wacid.1'))).toMatchObject({ status: 200 });
      const { epoch } = (await TestConsole.join(first.url, ana)).welcome;
      await first.arm();
      const delivery = offer('wacid.2');
      await expect(post(first.url, delivery)).rejects.toThrow('fetch failed');
      await first.gone;
      const second = await place.start();
      const again = await post(second.url, delivery);
      expect(again).toMatchObject({ status: 200, json: { added: 0 } });
      const console = await TestConsole.join(second.url, ana, { epoch, cursor: 0 });
      const heard = () =>
        console
          .all('entry')
          .flatMap(({ body }) => (body.type === 'provider' ? [body.providerCallId] : []));
      await console.until(() => heard().length === 2 || undefined);
      await console.ringing(`${ACCOUNT}/wacid.2`, ['ana']);
      expect(heard()).toEqual(['wacid.1', 'wacid.2']);
      console.terminate();
    });

    it.for(['sqlite', 'nats'] as const)(
      'is copied whole to %s after a copy that died halfway, and the half is served to nobody',
      async (other, test) => {
        const place = await open(test);
        const relay = await place.start();
        for (const body of [messages, offer('wacid.1')]) await post(relay.url, body);
        await relay.kill();
        const before = await place.exported();
        expect(before).toHaveLength(MESSAGES + 1);
        const copyTo = (to: string, point?: string) =>
          place.run(['store', 'copy', '--from', place.config, '--to', to], point);
        const there = place.configOf('there', other);
        expect(await copyTo(there, 'command:copy')).toMatchObject({ signal: 'SIGKILL' });
        expect(await place.exported()).toEqual(before);
        const half = ['--config', there];
        const back = place.configOf('back', 'sqlite');
        const refusals =
          other === 'sqlite'
            ? []
            : [half, ['export', ...half], ['store', 'copy', '--from', there, '--to', back]];
        for (const command of refusals) {
          expect(await place.run(command)).toMatchObject({
            code: 1,
            err: expect.stringContaining('ended halfway'),
          });
        }
        const whole = other === 'sqlite' ? there : place.configOf('elsewhere', other);
        expect(await copyTo(whole)).toMatchObject({ code: 0 });
        const bodies = (entries: readonly { body: unknown }[]) => entries.map(({ body }) => body);
        expect(bodies(await place.exported(whole))).toEqual(bodies(before));
      },
    );

    it('is backed up whole after a backup that died halfway, and the half is no backup', async (test) => {
      const place = await open(test);
      const relay = await place.start();
      for (const body of [messages, offer('wacid.1')]) await post(relay.url, body);
      await relay.kill();
      const file = place.fileAt('backup.sqlite');
      const backup = ['backup', '--config', place.config, '--to', file];
      expect(await place.run(backup, 'command:backup')).toMatchObject({ signal: 'SIGKILL' });
      expect(existsSync(file)).toBe(false);
      expect(await place.run(backup)).toMatchObject({ code: 0 });
      const fresh = place.configOf('fresh');
      const restore = ['restore', '--config', fresh, '--from', file];
      expect(await place.run(restore)).toMatchObject({ code: 0 });
      expect(await place.exported(fresh)).toEqual(await place.exported());
    });
  },
);
