import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdir, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recordingKeyOf } from '../../../../src/recording/keys.ts';
import { RecordingWriter } from '../../../../src/recording/writer.ts';
import { Deletions } from '../../../../src/relay/recordings/deletions.ts';
import { Bucket } from '../../../../src/relay/recordings/bucket.ts';
import {
  type ErasedPerson,
  RelayRecordings,
} from '../../../../src/relay/recordings/relay-recordings.ts';
import { recordingPolicySchema } from '../../../../src/shared/recording/policy.ts';
import { OggOpusStream, oggOpusSeconds } from '../../../../src/shared/lib/ogg-opus.ts';
import { OPUS_SILENCE } from '../../../../src/shared/lib/opus-packet.ts';
import { RecordingFiles } from '../../../../src/main/recordings/recording-files.ts';
import { askRelay, fetchFromRelay } from '../../../../src/main/recordings/relay-file.ts';
import { oggTone } from '../../../helpers/ogg-tone.ts';
import { startBucket } from '../../../helpers/bucket-server.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { createLog } from '../../../../src/relay/log.ts';
import type { LegalHold } from '../../../../src/shared/protocol/legal-hold.ts';
import { callHash } from '../../../../src/sqlite/call-hash.ts';
import { personHash } from '../../../../src/sqlite/person-hash.ts';
import { relayConfig, startRelay, temporaryFolder } from '../harness.ts';
import { TestConsole } from '../test-console.ts';

/** Recordings that the relay made: served to consoles, moved to a bucket, and deleted. */

const KEY = 'ef'.repeat(32);
const NEW = '12'.repeat(32);
const NUMBER = '5511987654321';
const DAY_MS = 86_400_000;

const ID = '5e0f4c1e-0000-4000-8000-00000000000a';
const SECRETS = { accessKeyId: 'AKRINGDESK', key: 'secret/of+the=bucket' };

/** Two seconds of both sides. */
async function record(
  folder: string,
  id: string,
  accountId: string,
  startedAt: number,
  customer: readonly string[] = [],
) {
  await mkdir(folder, { recursive: true });
  const writer = await RecordingWriter.create({
    path: join(folder, `${id}.rdrec`),
    id,
    key: recordingKeyOf(KEY),
    facts: {
      callId: `${accountId}/wacid.1`,
      accountId,
      by: 'relay',
      consent: 'announcement',
      startedAt,
      customer,
      tracks: [
        { track: 0, side: 'agent', type: 'audio/ogg; codecs=opus' },
        { track: 1, side: 'customer', type: 'audio/ogg; codecs=opus' },
      ],
    },
    onFailure: (error) => {
      throw error;
    },
  });
  const second = Array.from({ length: 50 }, () => ({ bytes: OPUS_SILENCE, samples: 960 }));
  for (const track of [0, 1]) {
    const ogg = new OggOpusStream();
    writer.audio(track, 0, OggOpusStream.head(1));
    for (let n = 0; n <= track; n++) writer.audio(track, n * 1000, ogg.pages(second));
  }
  writer.mark({ atMs: 0, kind: 'announcement', from: startedAt - 3_000, to: startedAt });
  writer.mark({ atMs: 700, kind: 'transfer', to: 'Bea' });
  return writer;
}

/** A relay's recordings; those that were moved are in the bucket at this address. */
function recordingsOf(
  folder: string,
  {
    oldKeys = [],
    clock = new FakeClock(),
    bucket,
    lines = [],
    holds = [],
    erased = [],
    ...options
  }: {
    key?: string | undefined;
    oldKeys?: readonly string[];
    clock?: FakeClock;
    bucket?: string;
    lines?: string[];
    holds?: readonly LegalHold[];
    erased?: readonly ErasedPerson[];
  } = {},
) {
  const key = 'key' in options ? options.key : KEY;
  return new RelayRecordings({
    folder,
    keys:
      key === undefined
        ? undefined
        : { key: recordingKeyOf(key), oldKeys: oldKeys.map(recordingKeyOf) },
    bucket:
      bucket === undefined
        ? undefined
        : new Bucket({
            endpoint: bucket,
            region: 'eu-central-1',
            bucket: 'calls',
            prefix: 'recordings/',
            ...SECRETS,
          }),
    policyOf: () =>
      recordingPolicySchema.parse({
        by: 'relay',
        where: bucket === undefined ? 'relay' : 's3',
        keepDays: 30,
      }),
    holds: async () => holds,
    erased: async () => erased,
    clock,
    log: createLog((line) => lines.push(line)),
  });
}

test('a console gets the recordings of its numbers, and nobody else any', async () => {
  const folder = temporaryFolder();
  const config = {
    ...relayConfig(folder.dir),
    recording: { key: KEY, oldKeys: [], folder: join(folder.dir, 'recordings') },
  };
  const [account] = config.accounts;
  const accountId = account?.id ?? '';
  const relay = await startRelay(config);
  onTestFinished(async () => {
    await relay.close();
    folder.remove();
  });
  const writer = await record(config.recording.folder, ID, accountId, Date.now());
  const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
  const other = await relay.agents.add({ id: 'eve', name: 'Eve', numbers: [] });
  const files = new RecordingFiles({
    folder: join(folder.dir, 'console'),
    keys: ['ab'.repeat(32)],
  });
  const fetchAs = (by: string) =>
    fetchFromRelay(ID, {
      address: (id, track) => ({
        url: `${relay.url}/v1/recordings/${id}${track === undefined ? '' : `/${track}`}`,
        headers: { authorization: `Bearer ${by}` },
      }),
      fetch: globalThis.fetch,
      files,
    });
  await expect(fetchAs(token)).rejects.toThrow('still being written');
  await writer.close(2_000);
  await expect(fetchAs('not a token')).rejects.toThrow('401');
  await expect(fetchAs(other.token)).rejects.toThrow('404');

  const found = await fetchAs(token);
  expect(found).toMatchObject({
    tracks: [{ side: 'customer' }, { side: 'agent' }],
    marks: [{ atMs: 700, kind: 'transfer', text: 'Bea' }],
  });
  const lengths = [];
  for (const track of [0, 1]) {
    const file = await files.open(ID, track);
    lengths.push(oggOpusSeconds(await file.read(0, file.bytes)));
    await file.close();
  }
  expect(lengths).toEqual([2, 1]);

  const ask = (path: string, by = token) =>
    fetch(`${relay.url}/v1/recordings/${path}`, { headers: { authorization: `Bearer ${by}` } });
  expect((await ask(`${ID}/7`)).status).toBe(404);
  expect((await ask('..%2Frelay')).status).toBe(404);
  expect((await ask('nothing-of-this-name')).status).toBe(404);
});

test.each(['another', 'none'] as const)(
  'a relay with %s key says so to consoles and in its log, and keeps the recording',
  async (key) => {
    const folder = temporaryFolder();
    const config = {
      ...relayConfig(folder.dir),
      recording: {
        ...(key === 'another' && { key: NEW }),
        oldKeys: [],
        folder: join(folder.dir, 'recordings'),
      },
    };
    const relay = await startRelay(config);
    onTestFinished(async () => {
      await relay.close();
      folder.remove();
    });
    const accountId = config.accounts[0]?.id ?? '';
    const writer = await record(config.recording.folder, ID, accountId, 0, [NUMBER]);
    await writer.close(2_000);
    const file = join(config.recording.folder, `${ID}.rdrec`);
    const before = await readFile(file);
    const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
    const headers = { authorization: `Bearer ${token}` };
    const address = (id: string) => ({ url: `${relay.url}/v1/recordings/${id}`, headers });
    await expect(askRelay(ID, { address, fetch: globalThis.fetch })).rejects.toThrow(
      'does not have its key',
    );
    expect((await fetch(`${relay.url}/v1/recordings/${ID}/0`, { headers })).status).toBe(409);

    const lines: string[] = [];
    const recordings = recordingsOf(config.recording.folder, {
      key: key === 'another' ? NEW : undefined,
      lines,
    });
    await recordings.tidy();
    await recordings.tidy();
    expect(await recordings.erase([{ erasure: erasureOf(NUMBER, 1), accounts }])).toMatchObject({
      erased: 0,
    });
    expect(lines.filter((line) => line.includes('recordings.no-key'))).toHaveLength(1);
    expect(await readFile(file)).toEqual(before);
    // With its key it is there again.
    const opened = await recordingsOf(config.recording.folder).open(ID);
    await opened?.close();
    expect(opened).toBeDefined();
  },
);

test('who deleted a recording is told for as long as it would have been kept', async () => {
  const folder = temporaryFolder();
  const config = {
    ...relayConfig(folder.dir),
    recording: { key: KEY, oldKeys: [], folder: folder.dir },
  };
  const relay = await startRelay(config);
  onTestFinished(async () => {
    await relay.close();
    folder.remove();
  });
  const clock = new FakeClock();
  const accountId = config.accounts[0]?.id ?? '';
  await new Deletions(folder.dir).note(ID, { accountId, by: 'Ben', at: clock.now() });
  const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
  const eve = await relay.agents.add({ id: 'eve', name: 'Eve', numbers: [] });
  const ask = (by: string, path = '') =>
    fetch(`${relay.url}/v1/recordings/${ID}${path}`, {
      headers: { authorization: `Bearer ${by}` },
    });
  expect(await (await ask(token)).json()).toEqual({ deleted: { by: 'Ben', at: clock.now() } });
  expect((await ask(token, '/0')).status).toBe(410);
  expect((await ask(eve.token)).status).toBe(404);
  const recordings = recordingsOf(folder.dir, { clock });
  await recordings.tidy();
  expect(await recordings.deletionOf(ID)).toMatchObject({ by: 'Ben' });
  clock.advance(31 * DAY_MS);
  await recordings.tidy();
  expect((await ask(token)).status).toBe(404);
});

test('what was recorded until its recorder died comes to consoles, too', async () => {
  const folder = temporaryFolder();
  const config = {
    ...relayConfig(folder.dir),
    recording: { key: KEY, oldKeys: [], folder: folder.dir },
  };
  const relay = await startRelay(config);
  onTestFinished(async () => {
    await relay.close();
    folder.remove();
  });
  const accountId = config.accounts[0]?.id ?? '';
  await (await record(folder.dir, ID, accountId, 0)).close(2_000);
  const file = join(folder.dir, `${ID}.rdrec`);
  // Without the mark of its end.
  await truncate(file, (await stat(file)).size - 20);
  const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
  const headers = { authorization: `Bearer ${token}` };
  const address = (id: string) => ({ url: `${relay.url}/v1/recordings/${id}`, headers });
  const ask = () => askRelay(ID, { address, fetch: globalThis.fetch });
  const touched = (agoMs: number) => {
    const at = new Date(Date.now() - agoMs);
    return utimes(file, at, at);
  };
  await touched(0);
  await expect(ask()).rejects.toThrow('still being written');
  await touched(120_000);
  expect(await ask()).toMatchObject({ isComplete: true, marks: [{}, { kind: 'transfer' }] });
});

test('an admin’s own announcement is served to the consoles of its number', async () => {
  const folder = temporaryFolder();
  const config = relayConfig(folder.dir);
  const accountId = config.accounts[0]?.id ?? '';
  const path = join(folder.dir, 'own.ogg');
  await writeFile(path, oggTone(1, 0.3, 700));
  const open = (file: string) =>
    startRelay({
      ...config,
      recording: { oldKeys: [], folder: folder.dir, announcements: { [accountId]: file } },
    });
  // Of calls that it does not carry, too.
  await expect(open(join(folder.dir, 'none.ogg'))).rejects.toThrow('cannot be read');
  const relay = await open(path);
  onTestFinished(async () => {
    await relay.close();
    folder.remove();
  });
  const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
  const eve = await relay.agents.add({ id: 'eve', name: 'Eve', numbers: [] });
  const ask = (by: string, id = accountId) =>
    fetch(`${relay.url}/v1/announcements/${id}`, { headers: { authorization: `Bearer ${by}` } });
  const answer = await ask(token);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(await readFile(path));
  expect((await ask('not a token')).status).toBe(401);
  expect((await ask(eve.token)).status).toBe(404);
  expect((await ask(token, 'another')).status).toBe(404);
  const ana = await TestConsole.join(relay.url, token);
  onTestFinished(() => ana.terminate());
  const { rights } = await ana.first('welcome');
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  expect(rights.numbers).toMatchObject([{ id: accountId, announcement: sha256 }]);
});

test('recordings are moved to a bucket, read from there, and deleted there by age', async () => {
  const folder = temporaryFolder();
  const bucket = await startBucket(SECRETS);
  onTestFinished(() => {
    bucket.close();
    folder.remove();
  });
  const clock = new FakeClock();
  const recordings = recordingsOf(folder.dir, { clock, bucket: bucket.endpoint });
  const writer = await record(folder.dir, ID, 'support', clock.now());
  // One that is being made stays.
  await recordings.tidy();
  expect([...bucket.files.keys()]).toEqual([]);
  await writer.close(2_000);

  bucket.setDown(true);
  await recordings.tidy();
  expect(await readdir(folder.dir)).toEqual([`${ID}.rdrec`]);
  bucket.setDown(false);
  await recordings.tidy();
  expect(await readdir(folder.dir)).toEqual([`${ID}.moved`]);
  expect([...bucket.files.keys()]).toEqual([`/calls/recordings/${ID}.rdrec`]);

  const opened = await recordings.open(ID);
  const kinds = new Set<string>();
  for await (const item of opened?.reader.items() ?? []) kinds.add(item.kind);
  await opened?.close();
  expect([...kinds]).toEqual(['facts', 'audio', 'mark']);
  expect(opened?.reader.stop.why).toBe('complete');

  clock.advance(31 * DAY_MS);
  await recordings.tidy();
  expect(bucket.files.size).toBe(0);
  expect(await readdir(folder.dir)).toEqual([]);
});

test('what is on legal hold stays, and goes late: by age, and with its customer', async () => {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const clock = new FakeClock();
  const old = '5e0f4c1e-0000-4000-8000-00000000000b';
  for (const id of [ID, old]) {
    const writer = await record(folder.dir, id, 'support', clock.now(), [NUMBER]);
    await writer.close(2_000);
  }
  const by = { id: 'sue', name: 'Sue' };
  const hold = { accountId: 'support', call: 'unknown', on: true, recordings: [ID], by, at: 0 };
  const holds = [hold];
  const erased: ErasedPerson[] = [];
  const recordings = recordingsOf(folder.dir, { clock, holds, erased });
  clock.advance(31 * DAY_MS);
  await recordings.tidy();
  expect(await readdir(folder.dir)).toEqual([`${ID}.rdrec`]);
  const person = { erasure: erasureOf(NUMBER, clock.now()), accounts };
  expect(await recordings.erase([person])).toEqual({ erased: 0, held: 1 });
  erased.push(person);
  await recordings.tidy();
  expect(await readdir(folder.dir)).toEqual([`${ID}.rdrec`]);
  // By its call, as well.
  holds[0] = { ...hold, recordings: [], call: callHash('support', 'wacid.1') };
  await recordings.tidy();
  expect(await readdir(folder.dir)).toEqual([`${ID}.rdrec`]);
  holds[0] = { ...hold, on: false };
  await recordings.tidy();
  expect(await readdir(folder.dir)).toEqual([]);
});

test('a bucket with another key says so, and the recording stays', async () => {
  const folder = temporaryFolder();
  const bucket = await startBucket(SECRETS);
  onTestFinished(() => {
    bucket.close();
    folder.remove();
  });
  const wrong = new Bucket({
    endpoint: bucket.endpoint,
    region: 'eu-central-1',
    bucket: 'calls',
    prefix: '',
    accessKeyId: SECRETS.accessKeyId,
    key: 'another',
  });
  await expect(wrong.put('a', new Uint8Array([1]))).rejects.toThrow(
    'PUT was refused (HTTP status 403)',
  );
});

test.each(['folder', 'bucket'] as const)(
  'recordings in the %s are sealed with a new key, and the old one is needed no more',
  async (where) => {
    const folder = temporaryFolder();
    const store = await startBucket(SECRETS);
    onTestFinished(() => {
      store.close();
      folder.remove();
    });
    const bucket = where === 'bucket' ? store.endpoint : undefined;
    const clock = new FakeClock();
    const options = { clock, ...(bucket !== undefined && { bucket }) };
    const writer = await record(folder.dir, ID, 'support', clock.now(), [NUMBER]);
    await recordingsOf(folder.dir, options).tidy();
    const lines: string[] = [];
    const rotating = recordingsOf(folder.dir, { ...options, key: NEW, oldKeys: [KEY], lines });
    // Its writer goes on with the file that it has.
    await rotating.tidy();
    expect(lines.join('')).not.toContain('old-keys-not-needed');
    await writer.close(2_000);
    if (where === 'bucket') await recordingsOf(folder.dir, options).tidy();
    await rotating.tidy();
    expect(lines.join('')).toContain('recordings.old-keys-not-needed');

    const later = recordingsOf(folder.dir, { ...options, key: NEW });
    const opened = await later.open(ID);
    for await (const _ of opened?.reader.items() ?? []);
    await opened?.close();
    expect(opened?.reader.stop).toMatchObject({ why: 'complete', records: 9 });
    await expect(recordingsOf(folder.dir, options).open(ID)).rejects.toThrow('no-key');
    // Whom it is about is known with the new key, too.
    const erasure = erasureOf(NUMBER, clock.now());
    expect(await later.erase([{ erasure, accounts }])).toEqual({ erased: 1, held: 0 });
    expect(await readdir(folder.dir)).toEqual([]);
    expect(store.files.size).toBe(0);
  },
);

test('a person’s recordings are found without their calls, and nobody else’s', async () => {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const clock = new FakeClock();
  const at = clock.now();
  const made = [
    ['theirs', 'support', at, NUMBER],
    ['by-user-id', 'support', at, 'u:BR.1'],
    ['later', 'support', at + 1, NUMBER],
    ['elsewhere', 'other', at, NUMBER],
    ['of-another', 'support', at, '5511000000000'],
  ] as const;
  for (const [id, accountId, startedAt, key] of made) {
    await (await record(folder.dir, id, accountId, startedAt, [key])).close(2_000);
  }
  // One that nobody can read any more is in nobody's way.
  await writeFile(join(folder.dir, 'damaged.rdrec'), 'RDR1');
  const recordings = recordingsOf(folder.dir);
  const erasure = erasureOf(NUMBER, at, 'u:BR.1');
  expect(await recordings.erase([{ erasure, accounts }])).toEqual({ erased: 2, held: 0 });
  expect(await recordings.erase([{ erasure, accounts }])).toEqual({ erased: 0, held: 0 });
  expect((await readdir(folder.dir)).toSorted()).toEqual([
    'damaged.rdrec',
    'elsewhere.rdrec',
    'later.rdrec',
    'of-another.rdrec',
  ]);
});

const accounts = new Set(['support']);
function erasureOf(key: string, at: number, ...more: readonly string[]) {
  const salt = 'salt';
  return { id: 'e1', at, salt, hashes: [key, ...more].map((one) => personHash(salt, one)) };
}

test('a bucket that breaks off says so', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('RDR1', () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const broken = new Bucket({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    bucket: 'calls',
    prefix: '',
    ...SECRETS,
  });
  await expect(broken.get('a')).rejects.toThrow('GET: ');
});
