import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openNats, type Nats } from '../../helpers/nats.ts';
import { Cluster } from './cluster-world.ts';
import { ACCOUNT, envelope, offer, plainConfig, post, temporaryFolder } from './harness.ts';
import { CUSTOMER, CUSTOMER_HZ, HZ, RelayedCallWorld } from './relayed-call-world.ts';
import { TestConsole } from './test-console.ts';

const killAt = (point: string) => `${path.resolve('test/helpers/kill-at.ts')}?${point}`;

/** Starts of processes on a busy machine, in ms. */
const PATIENCE_MS = 120_000;

describe.each(['sqlite', 'nats'] as const)(
  'a relay with its store in %s',
  { timeout: PATIENCE_MS },
  (kind) => {
    let folder: ReturnType<typeof temporaryFolder>;
    let nats: Nats | undefined;
    let config: string;
    const children: ChildProcess[] = [];

    beforeEach(async () => {
      folder = temporaryFolder();
      nats = await openNats();
      config = configOf('here');
    });
    afterEach(async () => {
      for (const child of children.splice(0)) child.kill('SIGKILL');
      await nats?.close();
      folder.remove();
    });

    const fileAt = (name: string) => path.join(folder.dir, name);

    /** Writes the config of a store of this name. */
    function configOf(name: string, of: 'sqlite' | 'nats' = kind): string {
      const store = nats && of === 'nats' && { kind: 'nats', servers: nats.urls, prefix: name };
      const file = fileAt(`${name}-${of}.json`);
      const text = JSON.stringify(plainConfig(`${name}-${of}`, { ...(store && { store }) }));
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    }

    async function start(point?: string) {
      const imports = point === undefined ? [] : ['--import', killAt(point)];
      const child = spawn(
        process.execPath,
        [...imports, 'src/relay/index.ts', '--config', config],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      children.push(child);
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
    function run(args: readonly string[], point?: string) {
      const imports = point === undefined ? [] : ['--import', killAt(point)];
      return new Promise<{ signal: string | undefined; code: number; out: string; err: string }>(
        (resolve) => {
          const command = [...imports, 'src/relay/index.ts', ...args];
          execFile(process.execPath, command, (error, out, err) => {
            const code = typeof error?.code === 'number' ? error.code : 0;
            resolve({ signal: error?.signal ?? undefined, code, out, err });
          });
        },
      );
    }

    const tokenOf = async (id: string) =>
      (await run(['agent', 'add', '--config', config, '--id', id, '--name', id])).out.trim();

    const exported = async (of: string) => {
      const { out, err, code } = await run(['export', '--config', of]);
      if (code !== 0) throw new Error(err);
      return out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    };

    it('that dies after it stored a webhook and before it says so has it once when it is sent again', async () => {
      const ana = await tokenOf('ana');
      const first = await start('webhook-stored');
      expect(await post(first.url, offer('wacid.1'))).toMatchObject({ status: 200 });
      const { epoch } = (await TestConsole.join(first.url, ana)).welcome;
      await first.arm();
      const delivery = offer('wacid.2');
      await expect(post(first.url, delivery)).rejects.toThrow('fetch failed');
      await first.gone;
      const second = await start();
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

    it.each(['sqlite', 'nats'] as const)(
      'is copied whole to %s after a copy that died halfway, and the half is served to nobody',
      async (other) => {
        const relay = await start();
        for (const body of [messages, offer('wacid.1')]) await post(relay.url, body);
        await relay.kill();
        const before = await exported(config);
        expect(before).toHaveLength(MESSAGES + 1);
        const copyTo = (to: string, point?: string) =>
          run(['store', 'copy', '--from', config, '--to', to], point);
        const there = configOf('there', other);
        expect(await copyTo(there, 'command:copy')).toMatchObject({ signal: 'SIGKILL' });
        expect(await exported(config)).toEqual(before);
        const half = ['--config', there];
        const back = configOf('back', 'sqlite');
        const refusals =
          other === 'sqlite'
            ? []
            : [half, ['export', ...half], ['store', 'copy', '--from', there, '--to', back]];
        for (const command of refusals) {
          expect(await run(command)).toMatchObject({
            code: 1,
            err: expect.stringContaining('ended halfway'),
          });
        }
        const whole = other === 'sqlite' ? there : configOf('elsewhere', other);
        expect(await copyTo(whole)).toMatchObject({ code: 0 });
        const bodies = (entries: readonly { body: unknown }[]) => entries.map(({ body }) => body);
        expect(bodies(await exported(whole))).toEqual(bodies(before));
      },
    );

    it('is backed up whole after a backup that died halfway, and the half is no backup', async () => {
      const relay = await start();
      for (const body of [messages, offer('wacid.1')]) await post(relay.url, body);
      await relay.kill();
      const file = fileAt('backup.sqlite');
      const backup = ['backup', '--config', config, '--to', file];
      expect(await run(backup, 'command:backup')).toMatchObject({ signal: 'SIGKILL' });
      expect(existsSync(file)).toBe(false);
      expect(await run(backup)).toMatchObject({ code: 0 });
      const fresh = configOf('fresh');
      expect(await run(['restore', '--config', fresh, '--from', file])).toMatchObject({ code: 0 });
      expect(await exported(fresh)).toEqual(await exported(config));
    });
  },
);

describe(
  'a relay that dies while it hands its consoles over to another',
  { timeout: PATIENCE_MS },
  () => {
    it('loses no event, no ring and no call, and leaves each call to one agent', async () => {
      const cluster = await Cluster.open(2, {
        apart: true,
        relayed: true,
        more: { drainSeconds: 60 },
      });
      onTestFinished(() => cluster.close());
      const [leaving, staying] = [cluster.node(0), cluster.node(1)];
      const [ana, ben, cid] = [
        await cluster.joinMachine('ana', 0),
        await cluster.join('ben', 0),
        await cluster.join('cid', 1),
      ];
      await Promise.all(['ana', 'ben'].map((id) => cid.sees(id, 'available')));
      const call = async () => {
        const { callId } = await cluster.simulator.startCall({
          customer: { waId: CUSTOMER.waId },
          kind: 'tone',
          hz: CUSTOMER_HZ,
        });
        return callId;
      };
      const live = await call();
      await ana.console.first('ringing', ({ callId }) => callId === `${ACCOUNT}/${live}`);
      await ana.bringLeg(`${ACCOUNT}/${live}`);
      expect(await ana.console.claim(`${ACCOUNT}/${live}`)).toEqual({ kind: 'granted' });
      // Consoles are sent away one after the other: the first has gone, the second is still there.
      const first = Promise.race([ana.console.first('refused'), ben.first('refused')]);
      const stopped = leaving.stop();
      await first;
      await leaving.kill();
      await stopped;
      await cluster.simulator.setWebhookUrl(`${staying.url}/webhooks/meta/${ACCOUNT}`);
      const { epoch } = ben.welcome;
      const cursor = Math.max(0, ...ben.cursors);
      const [anaAgain, benAgain] = [
        await cluster.join('ana', 1),
        await cluster.join('ben', 1, { epoch, cursor }),
      ];
      expect(benAgain.welcome).toMatchObject({ complete: true, from: cursor });
      // The call that was at the relay has lost its media: it ends, once, everywhere.
      await benAgain.entry('ended', ({ why }) => why === 'media-gone');
      await cluster.simulator.waitFor(() => cluster.simulator.report(live)?.end);
      const next = `${ACCOUNT}/${await call()}`;
      const rang = (console: TestConsole) =>
        console.first('ringing', ({ callId }) => callId === next);
      await Promise.all([anaAgain, benAgain, cid].map(rang));
      const claims = await Promise.all([anaAgain, benAgain, cid].map((one) => one.claim(next)));
      expect(claims.map(({ kind }) => kind).toSorted()).toEqual(['granted', 'refused', 'refused']);
      const offered = [ben, benAgain]
        .flatMap((console) => console.all('entry'))
        .flatMap(({ body }) =>
          body.type === 'provider' && body.event.kind === 'offer' ? [body.providerCallId] : [],
        );
      expect(offered).toHaveLength(2);
    });
  },
);

describe('a relay that dies while a customer’s call is accepted', () => {
  describe.each(['before:accept', 'after:accept'])('(%s)', (point) => {
    const world = new RelayedCallWorld({ apart: true, preload: [killAt(point)] });

    it('gives the call to whoever claimed it, and to nobody else', async () => {
      const [ana, ben] = [await world.join('ana'), await world.join('ben')];
      const callId = await world.ring(ana);
      await ana.bringLeg(callId);
      const { killed } = await world.armKill();
      void ana.console.claim(callId);
      await killed;
      await world.startRelay();
      const [again, other] = [await world.join('ana'), await world.join('ben')];
      await again.console.call(({ state, owner }) => state === 'talking' && owner?.id === 'ana');
      expect(await other.console.claim(callId)).toMatchObject({ kind: 'refused', why: 'taken' });
      await Promise.all([world.customerHears(callId, HZ['ana'] ?? 0), ana.hears(CUSTOMER_HZ)]);
      expect(world.report(callId)).toMatchObject({ phase: 'accepted', violations: [] });
      const claims = again.console.all('entry').filter(({ body }) => body.type === 'claimed');
      expect(claims.length).toBeLessThanOrEqual(1);
      expect(ben.console.all('entry').filter(({ body }) => body.type === 'released')).toEqual([]);
      expect(await again.console.hangUp(callId)).toEqual({ kind: 'granted' });
      await world.ended(callId);
    });
  });
});

describe('a relay that dies after the provider has placed a call', () => {
  const world = new RelayedCallWorld({ apart: true, preload: [killAt('after:connect')] });

  it('has it when it is back, for the agent who placed it', async () => {
    const ana = await world.join('ana');
    const { killed } = await world.armKill();
    void ana.console.ask({
      type: 'place',
      callId: 'out/1',
      accountId: ACCOUNT,
      to: CUSTOMER.waId,
    });
    await killed;
    expect(world.simulator.calls()).toHaveLength(1);
    await world.startRelay();
    const again = await world.join('ana');
    await again.console.call(({ callId, state, owner }) => {
      return callId === 'out/1' && state === 'talking' && owner?.id === 'ana';
    });
    expect(await again.console.hangUp('out/1')).toEqual({ kind: 'granted' });
    await world.simulator.waitFor(() => world.simulator.calls()[0]?.end?.by === 'business');
  });
});
