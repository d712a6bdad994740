import { EventEmitter, once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { FileCache } from '../../../src/main/contacts/files/file-cache.ts';
import { defaultSettings } from '../../../src/main/db/settings.ts';
import { Organisation } from '../../../src/main/policy/organisation.ts';
import { Notices } from '../../../src/main/snapshot/notices.ts';
import { openWorkspace } from '../../../src/main/workspace/open-workspace.ts';
import type { Role } from '../../../src/shared/protocol/rights.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { writeRecording } from '../../helpers/relay-recording.ts';
import { storedBytes, tracesIn } from '../../helpers/stored-bytes.ts';
import { FakeLog } from '../../fakes/log.ts';
import {
  ACCOUNT,
  envelope,
  offer,
  post,
  relayConfig,
  startRelay,
  temporaryFolder,
  terminate,
} from '../relay/harness.ts';

const KEY = '5a'.repeat(32);
const RELAY_KEY = '6b'.repeat(32);
/** Whom the harness's calls come from. */
const NUMBER = '5511999991234';
const GONE = { waId: NUMBER, name: 'Bia' };
const STAYS = '5511912340000';
const account = {
  id: ACCOUNT,
  provider: 'meta',
  label: 'Support',
  number: '+15551112222',
  phoneNumberId: '105615555715855',
  wabaId: '2',
} as const;

const script = (path: string) => new URL(`../../../src/main/${path}`, import.meta.url).pathname;

async function openWorld() {
  const folder = temporaryFolder();
  const kept = join(folder.dir, 'relay', 'recordings');
  const relay = await startRelay({
    ...relayConfig(join(folder.dir, 'relay')),
    recording: { key: RELAY_KEY, oldKeys: [], folder: kept },
  });
  onTestFinished(async () => {
    await relay.close();
    folder.remove();
  });
  const tokens = new Map<string, string>();
  for (const [id, role] of [
    ['adam', 'admin'],
    ['bea', 'agent'],
  ] as const satisfies readonly (readonly [string, Role])[]) {
    const { token } = await relay.agents.add({ id, name: `Agent ${id}`, role });
    tokens.set(id, token);
  }
  /** A console with an encrypted log, as often as it is started. */
  const start = (id: string) => {
    const data = join(folder.dir, id);
    mkdirSync(data, { recursive: true });
    const changes = new EventEmitter().setMaxListeners(50);
    const changed = () => void changes.emit('changed');
    const database = join(data, 'ringdesk.db');
    const log = new FakeLog();
    const workspace = openWorkspace(
      {
        kind: 'profile',
        agent: { id, name: `Agent ${id}` },
        relay: { url: `${relay.url.replace('http', 'ws')}/v1/agents`, token: tokens.get(id) },
        accounts: [account],
        tokenOf: () => 'token',
      },
      {
        organisation: new Organisation(),
        database,
        databaseKeys: [KEY],
        sqliteBinding: undefined,
        transport: { fetch: async () => new Response('{}', { status: 500 }), WebSocket },
        readerScript: script('history/reader-worker.ts'),
        repairScript: script('db/repair-worker.ts'),
        defaults: defaultSettings,
        clock: systemClock,
        log,
        notices: new Notices(
          () => 0,
          () => undefined,
        ),
        media: () => undefined,
        play: () => undefined,
        changed,
        historyChanged: changed,
        contactsChanged: changed,
        todoChanged: changed,
        announce: () => undefined,
        askRinger: () => undefined,
        devices: () => undefined,
        readyChanged: changed,
        numberChanged: () => undefined,
        numbersFound: () => undefined,
      },
    );
    let isOpen = true;
    const close = async () => {
      if (isOpen) await workspace.close();
      isOpen = false;
    };
    onTestFinished(close);
    const until = async (probe: () => Promise<boolean> | boolean): Promise<void> => {
      for (;;) {
        const again = once(changes, 'changed');
        if (await probe()) return;
        await again;
      }
    };
    const has = async (waId: string) =>
      (await workspace.history.contact({ waId }, undefined, 10)).items.length > 0;
    return { data, database, workspace, until, has, close, log };
  };
  return { relay, folder: folder.dir, kept, start };
}

/** A recording of the customer's call, as its recorder left it. */
const record = (folder: string, secret: string, id: string) =>
  writeRecording(folder, {
    secret,
    id,
    callId: `${ACCOUNT}/wacid.gone`,
    accountId: ACCOUNT,
    by: secret === KEY ? 'console' : 'relay',
    customer: [NUMBER],
  });

const filesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);

/** A picture that an agent has looked at. */
const PICTURE = { id: 'media-of-bia', mime_type: 'image/jpeg' };

const message = (id: string, from: string, text: string | typeof PICTURE) =>
  envelope(
    {
      contacts: [{ profile: { name: 'Bia' }, wa_id: from }],
      messages: [
        {
          id,
          from,
          timestamp: String(Math.floor(Date.now() / 1000)),
          ...(typeof text === 'string'
            ? { type: 'text', text: { body: text } }
            : { type: 'image', image: text }),
        },
      ],
    },
    { field: 'messages' },
  );

test('a customer is erased from two consoles and the relay, also from one that was offline', async () => {
  const world = await openWorld();
  const { relay } = world;
  const [adam, bea] = [world.start('adam'), world.start('bea')];
  for (const one of [adam, bea]) {
    await one.until(() => one.workspace.connection().state === 'connected');
  }
  await post(relay.url, offer('wacid.gone'));
  await post(relay.url, terminate('wacid.gone'));
  await post(relay.url, message('wamid.gone', NUMBER, 'jabberwocky'));
  await post(relay.url, message('wamid.picture', NUMBER, PICTURE));
  await post(relay.url, message('wamid.stays', STAYS, 'Good morning'));
  for (const one of [adam, bea]) {
    await one.until(async () => (await one.has(NUMBER)) && one.has(STAYS));
    await one.until(async () => (await one.workspace.history.count({})) === 1);
  }
  adam.workspace.drafts.set(`message/${NUMBER}`, 'half a message');
  adam.workspace.noteExport('/exports/all.csv', 'calls');
  const noted = { text: 'Plays the quixotophone', tags: ['zithers'] };
  expect(adam.workspace.notes.set(`${ACCOUNT}/wacid.gone`, noted)).toBe(true);
  const pictures = join(adam.data, 'message-files');
  const cache = new FileCache({ folder: pictures, keys: [KEY], now: Date.now, log: adam.log });
  for (const id of [PICTURE.id, 'media-of-another']) {
    await cache.put(`${ACCOUNT}\n${id}`, Buffer.from('a picture'));
  }
  adam.workspace.people.edit(GONE, { company: 'Vexquill Ltd' });
  await bea.until(
    async () =>
      (await bea.workspace.history.contact(GONE, undefined, 1)).details.company !== undefined,
  );
  writeFileSync(`${adam.database}.snapshot-2020-01-01T00-00-00.000Z`, `old ${NUMBER}`);
  writeFileSync(`${adam.database}.unreadable-2020-01-01T00-00-00.000Z`, `damaged ${NUMBER}`);
  await bea.close();
  await record(world.kept, RELAY_KEY, 'by-relay');
  // One that has just ended.
  await record(join(adam.data, 'recordings'), KEY, 'by-console');

  const steps: string[] = [];
  const { certificate, text, path } = await adam.workspace.erasures.erase(GONE, (step) => {
    if (steps.at(-1) !== step) steps.push(step);
  });
  expect(steps).toEqual(['relay', 'calls', 'files', 'indexes', 'snapshot']);
  expect(certificate).toMatchObject({
    by: 'Agent adam',
    relay: { consoles: 2, rows: { recordings: 1, held: 0 } },
    console: {
      erased: { calls: 1, messages: 2, texts: 1 },
      messageFiles: 1,
      recordings: 1,
      copies: 2,
      hasSnapshot: true,
    },
    left: { held: 0, live: 0, exports: [{ path: '/exports/all.csv' }], copies: [] },
  });
  expect(JSON.stringify(certificate) + text).not.toContain(NUMBER);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(JSON.parse(readFileSync(path.replace(/txt$/, 'json'), 'utf8'))).toMatchObject({
    id: certificate.id,
  });

  // The sound is gone at once, not with the next look at ages.
  expect([...filesIn(world.kept), ...filesIn(join(adam.data, 'recordings'))]).toEqual([]);
  expect(filesIn(pictures)).toHaveLength(1);

  // The console that was away erases when it comes back.
  const back = world.start('bea');
  await back.until(async () => !(await back.has(NUMBER)));
  // The last thing that it does, of which nobody else is told.
  const isDone = () => back.log.lines.some((line) => line.includes(`erasure ${certificate.id}`));
  await vi.waitUntil(isDone, { timeout: 20_000 });
  expect(await back.workspace.history.count({})).toBe(0);
  expect(await back.has(STAYS)).toBe(true);
  // A second look finds nothing more, whoever asks.
  await back.close();
  await adam.close();
  for (const folder of [adam.data, bea.data, join(world.folder, 'relay')]) {
    const files = storedBytes(folder, [KEY]);
    const said = ['jabberwocky', 'Vexquill', 'half a', 'quixotophone', 'zithers'];
    const words = [NUMBER, 'wacid.gone', 'wamid.gone', 'wamid.picture', PICTURE.id, ...said];
    expect(tracesIn(files, words)).toEqual([]);
    expect(tracesIn(files, [STAYS])).not.toEqual([]);
  }
  expect(existsSync(`${adam.database}.snapshot-2020-01-01T00-00-00.000Z`)).toBe(false);
}, 60_000);

test('what is on legal hold outlives an erasure, on the console and the relay, until it is lifted', async () => {
  const world = await openWorld();
  let adam = world.start('adam');
  await adam.until(() => adam.workspace.connection().state === 'connected');
  await post(world.relay.url, offer('wacid.gone'));
  await post(world.relay.url, terminate('wacid.gone'));
  await adam.until(async () => (await adam.workspace.history.count({})) === 1);
  await adam.close();
  await record(world.kept, RELAY_KEY, 'by-relay');
  await record(join(adam.data, 'recordings'), KEY, 'by-console');
  adam = world.start('adam');
  await adam.until(() => adam.workspace.connection().state === 'connected');
  const { recordings, erasures } = adam.workspace;
  const callId = `${ACCOUNT}/wacid.gone`;
  const sound = join(adam.data, 'recordings');
  await adam.until(() => filesIn(sound).some((name) => name.endsWith('.0')));

  await recordings.holds.set(callId, true);
  const { certificate, text } = await erasures.erase(GONE, () => undefined);
  expect(certificate).toMatchObject({
    relay: { rows: { recordings: 0, held: 1 } },
    console: { erased: { calls: 0 }, recordings: 0 },
    left: { held: 1 },
  });
  expect(text).toContain('legal hold: 2');
  expect(filesIn(sound)).toHaveLength(1);
  expect(filesIn(world.kept)).toHaveLength(1);

  await recordings.holds.set(callId, false);
  await adam.until(() => filesIn(sound).length === 0);
  expect(await adam.workspace.history.count({})).toBe(0);
}, 30_000);

test('an agent cannot erase, and nothing is lost by trying', async () => {
  const world = await openWorld();
  const bea = world.start('bea');
  await bea.until(() => bea.workspace.connection().state === 'connected');
  await post(world.relay.url, message('wamid.gone', NUMBER, 'jabberwocky'));
  await bea.until(() => bea.has(NUMBER));
  await expect(bea.workspace.erasures.erase(GONE, () => undefined)).rejects.toMatchObject({
    error: { code: 'relay-refused' },
  });
  expect(await bea.has(NUMBER)).toBe(true);
});
