import { once } from 'node:events';
import { createServer } from 'node:http';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SafeCallLog } from '../../../src/main/db/storage/safe-calls.ts';
import { SafeRecordings } from '../../../src/main/db/storage/safe-recordings.ts';
import { Storage } from '../../../src/main/db/storage/storage.ts';
import { providerFileId } from '../../../src/main/db/recordings/expected.ts';
import { openReadOnly } from '../../../src/main/db/open.ts';
import { History } from '../../../src/main/history/history.ts';
import { Intake } from '../../../src/main/recordings/intake.ts';
import { LegalHolds } from '../../../src/main/recordings/legal-holds.ts';
import { Machine, type MachineEndpoint } from '../../../src/main/recordings/machine.ts';
import { ProviderFiles } from '../../../src/main/recordings/provider-files.ts';
import { RecordingFiles } from '../../../src/main/recordings/recording-files.ts';
import { Recordings } from '../../../src/main/recordings/recordings.ts';
import { recordingKeyOf } from '../../../src/recording/keys.ts';
import { RecordingWriter } from '../../../src/recording/writer.ts';
import { OggOpusStream, oggOpusSeconds } from '../../../src/shared/lib/ogg-opus.ts';
import { OPUS_SILENCE } from '../../../src/shared/lib/opus-packet.ts';
import { webmOf } from '../../helpers/webm.ts';
import { transition } from '../../../src/shared/call/transition.ts';
import type { Call } from '../../../src/shared/call/model.ts';
import type { CallRecording } from '../../../src/shared/recording/state.ts';
import type { RecordingPlace, TrackSide } from '../../../src/shared/ipc/recordings.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { FakeLog } from '../../fakes/log.ts';
import { FakeProvider } from '../../fakes/provider.ts';
import { SpeechService } from '../../fakes/speech-service.ts';
import { oggTones as tones } from '../../helpers/ogg-tone.ts';
import { vendorSample } from '../../helpers/vendor.ts';
import { temporaryFolder } from '../relay/harness.ts';

/** What providers have of calls is fetched, kept, found, played and deleted again, on a real database. */

const DAY_MS = 86_400_000;
const KEY = 'ab'.repeat(32);
const LOST = 'cd'.repeat(32);
const SOUND = Buffer.from('OggS and what was said');

type Serve = (path: string) => { status?: number; type: string; body: string | Buffer };

async function open(serve: Serve) {
  const folder = temporaryFolder();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status = 200, type, body } = serve(request.url ?? '');
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const clock = new FakeClock();
  const log = new FakeLog();
  const path = join(folder.dir, 'ringdesk.db');
  const provider = new FakeProvider();
  Object.assign(provider, {
    recording: ({ mediaId = '' }) =>
      Promise.resolve({ ok: true, value: { url: `http://127.0.0.1:${address.port}/${mediaId}` } }),
  });
  let machine: MachineEndpoint | undefined;
  let maySet = false;
  let recorderKeys: readonly string[] = [KEY];
  let place: RecordingPlace = 'console';
  let keepDays: number | undefined;

  /** As after each start of the app. */
  const start = () => {
    const storage = new Storage({ path, keys: [KEY], clock, log });
    const calls = new SafeCallLog(storage);
    const store = new SafeRecordings(storage);
    const files = new RecordingFiles({ folder: join(folder.dir, 'recordings'), keys: [KEY] });
    const providerFiles = new ProviderFiles({
      store,
      files,
      call: (callId) => calls.get(callId),
      provider: () => provider,
      fetch: globalThis.fetch,
      relayFile: (id, n) => ({
        url: `http://127.0.0.1:${address.port}/relay/${id}${n === undefined ? '' : `/${n}`}`,
        headers: {},
      }),
      placeOf: () => place,
      keepUntil: (_, now) => (keepDays === undefined ? undefined : now + keepDays * DAY_MS),
      clock,
      log,
      changed: () => undefined,
    });
    const intake = new Intake({
      folder: join(folder.dir, 'recordings'),
      keys: recorderKeys.map(recordingKeyOf),
      store,
      files,
      keepUntil: () => undefined,
      clock,
      log,
      changed: () => undefined,
    });
    const recordings = new Recordings({
      intake,
      machine: new Machine({
        endpoint: () => machine,
        key: () => 'machine-key',
        fetch: globalThis.fetch,
      }),
      relayUntil: ({ startedAt = 0 }) => startedAt + 60 * DAY_MS,
      isWhole: () => true,
      sealMessageFiles: async () => undefined,
      forgetOldKeys: async () => undefined,
      store,
      files,
      providerFiles,
      agent: () => ({ id: 'ana', name: 'Ana' }),
      holds: new LegalHolds({
        store,
        call: (callId) => calls.get(callId),
        ask: undefined,
        mayHold: () => maySet,
        log,
        released: () => undefined,
        changed: () => undefined,
      }),
      clock,
      log,
      changed: () => undefined,
    });
    recordings.start();
    const stop = () => {
      recordings.close();
      storage.close();
    };
    return { calls, store, files, providerFiles, intake, recordings, stop };
  };
  let parts = start();
  onTestFinished(async () => {
    await parts.providerFiles.settled();
    parts.stop();
    server.close();
    folder.remove();
  });
  return {
    clock,
    log,
    asked,
    folder: join(folder.dir, 'recordings'),
    get parts() {
      return parts;
    },
    restart() {
      parts.stop();
      parts = start();
    },
    setMachine: (endpoint: MachineEndpoint) => (machine = endpoint),
    setMayHold: (may: boolean) => (maySet = may),
    setRecorderKeys: (keys: readonly string[]) => (recorderKeys = keys),
    setPlace: (next: RecordingPlace) => (place = next),
    setKeepDays: (days: number) => (keepDays = days),
    /** An answered call that has ended, and what its provider has of it. */
    call(
      id: string,
      files: { audio?: string; transcript?: string },
      recording?: CallRecording,
    ): Call {
      const at = clock.now();
      const ended: Call = {
        path: 'direct',
        id: `support/${id}`,
        accountId: 'support',
        providerCallId: id,
        direction: 'inbound',
        party: { waId: '5511999991234', name: 'Lúcia' },
        createdAt: at - 60_000,
        connectedAt: at - 50_000,
        muted: false,
        ...(recording && { recording }),
        phase: { name: 'ended', at, reason: { kind: 'customer-hung-up' } },
      };
      parts.calls.commit({
        call: ended,
        callId: ended.id,
        event: { from: 'app', kind: 'restarted' },
        at,
      });
      let known: Call = ended;
      for (const what of ['audio', 'transcript'] as const) {
        const mediaId = files[what];
        if (mediaId === undefined) continue;
        const report = { kind: 'recording', at, what, mediaId } as const;
        const event = {
          from: 'provider',
          accountId: 'support',
          providerCallId: id,
          identity: `${what}${id}`,
          event: report,
        } as const;
        const step = transition(known, event, known, at);
        if (!step.ok) throw new Error(step.ignored);
        known = step.call;
        parts.calls.commit({ call: known, callId: known.id, event, at });
      }
      parts.recordings.handleCall(known);
      return known;
    },
    history() {
      const db = openReadOnly({ path, keys: [KEY] });
      onTestFinished(() => void db.close());
      return new History(db);
    },
  };
}

type World = Awaited<ReturnType<typeof open>>;
const transcript = JSON.stringify(vendorSample('meta-files', 'transcript'));
const serveAll: Serve = (path) =>
  path.startsWith('/text')
    ? { type: 'application/json', body: transcript }
    : { type: 'audio/ogg; codecs=opus', body: SOUND };

test('a recording and its transcript are kept, encrypted, and found by what was said', async () => {
  const world = await open(serveAll);
  const call = world.call('wacid.1', { audio: 'sound-1', transcript: 'text-1' });
  await world.parts.providerFiles.settled();

  const history = world.history();
  const detail = history.get(call.id);
  expect(detail?.recordings).toMatchObject([
    {
      source: 'provider',
      state: 'kept',
      place: 'console',
      bytes: SOUND.length,
      startedAt: call.connectedAt,
      tracks: [{ side: 'both', mime: 'audio/ogg', bytes: SOUND.length }],
    },
  ]);
  expect(detail?.transcript).toMatchObject({
    state: 'kept',
    lines: [{ speaker: 'agent' }, { speaker: 'customer' }],
  });

  const { rows } = history.list({ text: 'how about YOU' }, undefined, 10);
  expect(rows).toMatchObject([
    { id: call.id, hit: { fromMs: 1160, text: 'Hello, how about you?' } },
  ]);
  expect(history.list({ text: 'never said' }, undefined, 10).rows).toEqual([]);
  world.call('wacid.2', {});
  expect(history.list({ recording: true }, undefined, 10).rows).toMatchObject([{ id: call.id }]);
  expect(history.count({ recording: true })).toBe(1);
  expect(history.count({})).toBe(2);

  for (const name of readdirSync(world.folder)) {
    expect(readFileSync(join(world.folder, name)).includes('what was said')).toBe(false);
  }
  const sound = await world.parts.recordings.open(providerFileId(call, 'audio'), 0);
  expect(Buffer.from((await sound?.read(0, 99)) ?? []).toString()).toBe(SOUND.toString());
  await sound?.close();
});

test('what fails is tried again with pauses, over a restart, until the provider deletes it', async () => {
  let status = 500;
  const world = await open((path) => ({ ...serveAll(path), status }));
  const call = world.call('wacid.1', { audio: 'sound-1' });
  await world.parts.providerFiles.settled();
  const state = () => world.parts.store.get(providerFileId(call, 'audio'));
  expect(state()).toMatchObject({ state: 'failed', tries: 1, why: expect.stringContaining('500') });

  world.clock.advance(9_000);
  await world.parts.providerFiles.settled();
  expect(world.asked).toHaveLength(1);
  world.clock.advance(2_000);
  await world.parts.providerFiles.settled();
  expect(state()).toMatchObject({ tries: 2 });

  world.restart();
  await world.parts.providerFiles.settled();
  expect(state()).toMatchObject({ state: 'failed', tries: 2 });

  // The network is back: nothing waits.
  world.parts.recordings.handleOnline();
  await world.parts.providerFiles.settled();
  expect(state()).toMatchObject({ tries: 3 });

  for (let hour = 0; hour < 7 * 24 + 1; hour++) {
    world.clock.advance(3_600_000);
    await world.parts.providerFiles.settled();
  }
  expect(state()).toMatchObject({ state: 'expired' });
  expect(state()?.nextAt).toBeUndefined();
  status = 200;
  const before = world.asked.length;
  world.clock.advance(30 * DAY_MS);
  await world.parts.providerFiles.settled();
  expect(world.asked).toHaveLength(before);
});

test('what would be gone first is fetched first, and a half file is never kept', async () => {
  let isUp = false;
  const world = await open((path) => ({ ...serveAll(path), status: isUp ? 200 : 503 }));
  const old = world.call('wacid.old', { audio: 'sound-old' });
  await world.parts.providerFiles.settled();
  world.clock.advance(5_000);
  world.call('wacid.new', { audio: 'sound-new' });
  await world.parts.providerFiles.settled();
  expect(existsSync(world.folder) ? readdirSync(world.folder) : []).toEqual([]);
  isUp = true;
  world.asked.length = 0;
  world.parts.recordings.retry();
  await world.parts.providerFiles.settled();
  expect(world.asked).toEqual(['/sound-old', '/sound-new']);
  expect(world.parts.store.get(providerFileId(old, 'audio'))?.state).toBe('kept');
});

test('a copy for the customer has all of each recording, whatever the provider calls it', async () => {
  const sound = Buffer.alloc(200_000, 'OggS');
  const world = await open(() => ({ type: 'audio/../../../up', body: sound }));
  const call = world.call('wacid.1', { audio: 'sound-1' });
  await world.parts.providerFiles.settled();
  const into = join(world.folder, 'copy');
  await mkdir(into);
  world.parts.recordings.setPeaks(providerFileId(call, 'audio'), new Uint8Array(3), 12);
  expect(await world.parts.recordings.copy([call.id], into)).toBe(1);
  expect(world.history().get(call.id)?.listens).toMatchObject([
    { by: 'Ana', fromMs: 0, toMs: 12_000 },
  ]);
  expect(readdirSync(into)).toEqual(['recording-1.mp3']);
  expect(readFileSync(join(into, 'recording-1.mp3')).equals(sound)).toBe(true);
});

test('a teammate’s call is not fetched here', async () => {
  const world = await open(serveAll);
  const at = world.clock.now();
  const call: Call = {
    path: 'direct',
    id: 'support/wacid.2',
    accountId: 'support',
    providerCallId: 'wacid.2',
    direction: 'inbound',
    party: { waId: '5511999991234' },
    createdAt: at,
    muted: false,
    recorded: { mediaId: 'sound-2' },
    phase: { name: 'ended', at, reason: { kind: 'answered-elsewhere', by: 'Bob' } },
  };
  world.parts.calls.commit({
    call,
    callId: call.id,
    event: { from: 'app', kind: 'restarted' },
    at,
  });
  world.parts.recordings.handleCall(call);
  await world.parts.providerFiles.settled();
  expect(world.asked).toEqual([]);
  expect(world.history().get(call.id)?.recordings).toEqual([]);
});

test.each(['console', 'relay'] as const)(
  'a recording to be kept at the %s that a later agent had deleted says so, and by whom',
  async (place) => {
    let deleted = false;
    const world = await open(() => ({
      type: 'application/json',
      body: JSON.stringify(
        deleted
          ? { deleted: { by: 'Ben', at: 5 } }
          : { facts: { startedAt: 1, tracks: [] }, marks: [], isComplete: false },
      ),
    }));
    world.setPlace(place);
    const id = 'of-the-relay';
    const call = world.call('wacid.1', {}, { by: 'relay', state: { step: 'over' }, id, since: 1 });
    await world.parts.providerFiles.settled();
    const seen = () => world.history().get(call.id)?.recordings;
    expect(seen()).toMatchObject([{ state: 'failed', why: 'it is still being written' }]);
    deleted = true;
    world.clock.advance(11_000);
    await world.parts.providerFiles.settled();
    expect(seen()).toMatchObject([{ id, state: 'erased', deletedBy: 'Ben', tracks: [] }]);
    const asked = world.asked.length;
    world.clock.advance(DAY_MS);
    await world.parts.providerFiles.settled();
    expect(world.asked).toHaveLength(asked);
  },
);

test('a recording that the relay keeps is heard for as long as it does, and deleted after that', async () => {
  const world = await open((path) =>
    /\/\d$/.test(path)
      ? { type: 'audio/ogg', body: SOUND }
      : {
          type: 'application/json',
          body: JSON.stringify({
            facts: { startedAt, tracks: [{ track: 0, side: 'customer' }] },
            marks: [],
            isComplete: true,
          }),
        },
  );
  const startedAt = world.clock.now();
  world.setPlace('relay');
  world.setKeepDays(60);
  const recording = { by: 'relay', state: { step: 'over' }, id: 'one', since: startedAt } as const;
  const call = world.call('wacid.1', {}, recording);
  await world.parts.providerFiles.settled();
  const state = () => world.history().get(call.id)?.recordings[0]?.state;
  expect(state()).toBe('expected');
  world.parts.recordings.retry('one');
  await world.parts.providerFiles.settled();
  expect(state()).toBe('kept');
  // The copy goes after a day. Each look at ages waits for the one before, and the relay's days must not pass meanwhile.
  await expect
    .poll(() => {
      world.clock.advance(3_600_000);
      return state();
    })
    .toBe('expected');
  await expect
    .poll(() => {
      world.clock.advance(10 * DAY_MS);
      return state();
    })
    .toBe('erased');
  expect(readdirSync(world.folder)).toEqual([]);
});

test('a recording whose key the relay does not have says so, and is tried again', async () => {
  const body = JSON.stringify({ unreadable: 'no-key' });
  const world = await open(() => ({ type: 'application/json', body }));
  const state = { step: 'over' } as const;
  const call = world.call('wacid.1', {}, { by: 'relay', state, id: 'one', since: 1 });
  await world.parts.providerFiles.settled();
  expect(world.history().get(call.id)?.recordings).toMatchObject([
    { state: 'failed', why: 'the relay does not have its key, tell your admin' },
  ]);
  expect(world.parts.store.nextDue()).toBeGreaterThan(world.clock.now());
});

test('recordings are deleted by age, but not on legal hold, which only supervisors set', async () => {
  const world = await open(serveAll);
  world.setKeepDays(30);
  const call = world.call('wacid.1', { audio: 'sound-1', transcript: 'text-1' });
  await world.parts.providerFiles.settled();
  const { recordings, store } = world.parts;
  const id = providerFileId(call, 'audio');
  recordings.listened(id, 0, 4_000);

  await expect(recordings.holds.set(call.id, true)).rejects.toThrow('Only supervisors');
  world.setMayHold(true);
  await recordings.holds.set(call.id, true);
  world.clock.advance(31 * DAY_MS);
  await new Promise((resolve) => setImmediate(resolve));
  expect(store.get(id)?.state).toBe('kept');

  await recordings.holds.set(call.id, false);
  await expect
    .poll(() => {
      // Each look at ages waits for the one before.
      world.clock.advance(DAY_MS);
      return store.of(call.id).every(({ state }) => state === 'erased');
    })
    .toBe(true);
  expect(readdirSync(world.folder)).toEqual([]);
  const history = world.history();
  const detail = history.get(call.id);
  expect(detail?.recordings).toMatchObject([{ state: 'erased', tracks: [], hasPeaks: false }]);
  expect(detail?.transcript?.lines).toEqual([]);
  expect(history.list({ text: 'how about' }, undefined, 10).rows).toEqual([]);
  // Who listened stays.
  expect(detail?.listens).toMatchObject([{ by: 'Ana', fromMs: 0, toMs: 4_000 }]);
});

test('how loud it is, and how long, is measured once and stored', async () => {
  const world = await open(serveAll);
  const call = world.call('wacid.1', { audio: 'sound-1' });
  await world.parts.providerFiles.settled();
  const id = providerFileId(call, 'audio');
  const { recordings } = world.parts;
  expect(recordings.peaks(id)).toBeUndefined();
  recordings.setPeaks(id, Uint8Array.of(1, 7, 8, 9), 0.3);
  expect(Buffer.from(recordings.peaks(id) ?? [])).toEqual(Buffer.of(1, 7, 8, 9));
  expect(world.history().get(call.id)?.recordings).toMatchObject([
    { hasPeaks: true, seconds: 0.3 },
  ]);
});

test.each(['whole', 'cut'] as const)(
  'a recording of ours that is %s is taken in, each side for itself',
  async (how) => {
    const world = await open(serveAll);
    const call = world.call('wacid.1', {});
    await mkdir(world.folder, { recursive: true });
    const path = join(world.folder, 'recording-1.rdrec');
    const writer = await RecordingWriter.create({
      path,
      id: 'recording-1',
      key: recordingKeyOf(KEY),
      facts: {
        callId: call.id,
        accountId: 'support',
        by: 'console',
        consent: 'agent',
        startedAt: world.clock.now(),
        tracks: [
          { track: 0, side: 'agent', type: 'audio/webm; codecs=opus' },
          { track: 1, side: 'customer', type: 'audio/ogg; codecs=opus' },
        ],
      },
      onFailure: (error) => {
        throw error;
      },
    });
    // The agent begins 400 ms later, and says nothing for a second.
    const packets = [0, 20, 40, 1_040, 1_060].map((atMs) => ({ atMs, bytes: OPUS_SILENCE }));
    writer.audio(0, 400, webmOf(packets));
    const ogg = new OggOpusStream();
    writer.audio(1, 0, OggOpusStream.head(1));
    const second = Array.from({ length: 50 }, () => ({ bytes: OPUS_SILENCE, samples: 960 }));
    for (let n = 0; n < 2; n++) writer.audio(1, n * 1000, ogg.pages(second));
    writer.mark({ atMs: 900, kind: 'pause', untilMs: 60_000 });
    writer.mark({ atMs: 1_200, kind: 'key', digit: '5' });
    await writer.close(2_000);
    if (how === 'cut') truncateSync(path, statSync(path).size - 20);

    world.parts.intake.start();
    await world.parts.intake.settled();
    const [kept] = world.history().get(call.id)?.recordings ?? [];
    expect(kept).toMatchObject({
      id: 'recording-1',
      source: 'console',
      state: 'kept',
      seconds: 2,
      tracks: [{ side: 'customer' }, { side: 'agent' }],
      marks: [
        { atMs: 900, kind: 'pause' },
        { atMs: 1_200, kind: 'key', text: '5' },
      ],
    });
    expect(existsSync(path)).toBe(false);
    const lengths = [];
    for (const track of [0, 1]) {
      const sound = await world.parts.recordings.open('recording-1', track);
      lengths.push(oggOpusSeconds(await (sound?.read(0, 1e6) ?? new Uint8Array())));
      await sound?.close();
    }
    expect(lengths).toEqual([2, 1.48]);
  },
);

test('a recording whose key is not here says so, and is taken in once the key is back', async () => {
  const world = await open(serveAll);
  const recording = { by: 'console', state: { step: 'over' }, id: 'recording-2' } as const;
  const call = world.call('wacid.1', {}, recording);
  const seen = () => world.history().get(call.id)?.recordings;
  expect(seen()).toMatchObject([{ id: 'recording-2', source: 'console', state: 'expected' }]);
  await mkdir(world.folder, { recursive: true });
  const path = join(world.folder, 'recording-2.rdrec');
  const writer = await RecordingWriter.create({
    path,
    id: 'recording-2',
    key: recordingKeyOf(LOST),
    facts: {
      callId: call.id,
      accountId: 'support',
      by: 'console',
      consent: 'agent',
      startedAt: 1,
      tracks: [],
    },
    onFailure: () => undefined,
  });
  await writer.close(0);
  world.parts.intake.start();
  await world.parts.intake.settled();
  const before = readFileSync(path);
  expect(seen()).toMatchObject([
    { state: 'failed', why: 'its key is not on this computer, tell your admin' },
  ]);
  expect(await world.parts.files.sealAnew(() => false)).toEqual({ sealed: 0, left: 0 });
  expect(readFileSync(path)).toEqual(before);

  world.setRecorderKeys([KEY, LOST]);
  world.restart();
  await expect.poll(() => seen()?.[0]).toMatchObject({ state: 'kept' });
  expect(existsSync(path)).toBe(false);
});

test('a kept recording whose key is gone stays as it is, and plays once the key is back', async () => {
  const world = await open(serveAll);
  const call = world.call('wacid.1', { audio: 'sound-1' });
  await world.parts.providerFiles.settled();
  const files = (...keys: string[]) => new RecordingFiles({ folder: world.folder, keys });
  const id = providerFileId(call, 'audio');
  await expect(files(LOST).open(id, 0)).rejects.toThrow('no-key');
  expect(await files(LOST).sealAnew(() => false)).toEqual({ sealed: 0, left: 1 });
  const file = await files(LOST, KEY).open(id, 0);
  expect(Buffer.from(await file.readAll()).equals(SOUND)).toBe(true);
  await file.close();
});

async function startService(): Promise<SpeechService> {
  const service = await SpeechService.start();
  onTestFinished(() => service.close());
  return service;
}

const endpointOf = ({ url }: SpeechService): MachineEndpoint => ({
  server: url,
  speechModel: 'speech-1',
  summaryModel: 'chat-1',
});

/** A kept recording of a call, whose sides are tracks of their own. */
async function recordedHere(world: World, call: Call, sides: readonly [TrackSide, Uint8Array][]) {
  const tracks = [];
  for (const [n, [side, bytes]] of sides.entries()) {
    const file = await world.parts.files.create('made', n);
    await file.write(bytes);
    const { bytes: length } = await file.finish();
    tracks.push({ side, mime: 'audio/ogg', bytes: length });
  }
  world.parts.store.put({
    id: 'made',
    callId: call.id,
    what: 'audio',
    source: 'console',
    state: 'kept',
    place: 'console',
    tries: 0,
    legalHold: false,
    tracks,
    marks: [],
  });
}

test('the organisation’s own service writes down each side for itself, and a summary', async () => {
  const world = await open(serveAll);
  const service = await startService();
  const call = world.call('wacid.1', {});
  await recordedHere(world, call, [
    ['customer', tones([0.5, 1, 440])],
    ['agent', tones([0, 0.4, 880])],
  ]);
  const writeDown = () => world.parts.recordings.writeDown('made');
  await expect(writeDown()).rejects.toThrow('No service');
  world.setMachine(endpointOf(service));
  service.status = 401;
  await expect(writeDown()).rejects.toThrow('refuses its key');
  service.status = 500;
  await expect(writeDown()).rejects.toThrow('HTTP status 500');
  await expect(world.parts.recordings.writeDown('other')).rejects.toThrow('no recording here');
  service.status = 200;
  service.asked.length = 0;
  await writeDown();
  expect(service.asked.map(({ path, authorization }) => [path, authorization])).toEqual([
    ['/v1/audio/transcriptions', 'Bearer machine-key'],
    ['/v1/audio/transcriptions', 'Bearer machine-key'],
    ['/v1/chat/completions', 'Bearer machine-key'],
  ]);
  expect(service.asked[0]?.body.toString('latin1')).toContain('speech-1');
  expect(service.asked[2]?.body.toString()).toContain(
    String.raw`agent: 880 hertz\ncustomer: 440 hertz`,
  );

  const history = world.history();
  const detail = history.get(call.id);
  expect(detail?.transcript).toMatchObject({
    source: 'machine',
    lines: [
      { speaker: 'agent', fromMs: 0, text: '880 hertz' },
      { speaker: 'customer', fromMs: 500, text: '440 hertz' },
    ],
  });
  expect(detail?.summary).toMatchObject({ text: 'About an order.', by: 'chat-1' });
  expect(history.list({ text: '440 hertz' }, undefined, 10).rows).toHaveLength(1);
});

test('the two voices of a provider’s file are written down for themselves, in the order of time', async () => {
  const world = await open(serveAll);
  const service = await startService();
  world.setMachine(endpointOf(service));
  const call = world.call('wacid.1', { audio: 'sound-1' });
  await world.parts.providerFiles.settled();
  const id = providerFileId(call, 'audio');
  await world.parts.recordings.writeDown(id, {
    first: tones([0, 0.4, 440], [1, 1.4, 660]),
    second: tones([0.5, 0.9, 880]),
  });
  expect(service.asked.at(-1)?.body.toString()).toContain(
    String.raw`voice 1: 440 hertz\nvoice 2: 880 hertz\nvoice 1: 660 hertz`,
  );
  const lines = [
    { speaker: 'first', fromMs: 0, toMs: 400, text: '440 hertz' },
    { speaker: 'second', fromMs: 500, toMs: 900, text: '880 hertz' },
    { speaker: 'first', fromMs: 1000, toMs: 1400, text: '660 hertz' },
  ];
  expect(world.history().get(call.id)?.transcript?.lines).toEqual(lines);
  expect(world.history().list({ text: '880 hertz' }, undefined, 10).rows).toMatchObject([
    { hit: { speaker: 'second', fromMs: 500, text: '880 hertz' } },
  ]);
  world.restart();
  expect(world.history().get(call.id)?.transcript?.lines).toEqual(lines);

  // Gone with the recording, by age.
  world.setKeepDays(90);
  const kept = world.parts.store.of(call.id);
  for (const one of kept) world.parts.store.put({ ...one, keepUntil: world.clock.now() });
  world.clock.advance(60_000);
  await expect
    .poll(() => world.parts.store.of(call.id).map(({ state }) => state))
    .toEqual(['erased', 'erased', 'erased']);
  expect(world.history().get(call.id)?.transcript?.lines).toEqual([]);
  expect(world.history().list({ text: '880 hertz' }, undefined, 10).rows).toEqual([]);
});

test('sides that are files of their own keep their speakers, whatever a window sends', async () => {
  const world = await open(serveAll);
  const service = await startService();
  world.setMachine(endpointOf(service));
  const call = world.call('wacid.1', {});
  await recordedHere(world, call, [['customer', tones([0, 0.4, 440])]]);
  const other = tones([0, 0.4, 880]);
  await world.parts.recordings.writeDown('made', { first: other, second: other });
  expect(world.history().get(call.id)?.transcript?.lines).toMatchObject([
    { speaker: 'customer', text: '440 hertz' },
  ]);
});

test('nothing is kept of what was written down while its recording was deleted', async () => {
  const world = await open(serveAll);
  const service = await startService();
  world.setMachine(endpointOf(service));
  const call = world.call('wacid.1', {});
  await recordedHere(world, call, [['customer', tones([0, 0.4, 440])]]);
  service.beforeAnswer = () => {
    const found = world.parts.store.get('made');
    if (found) world.parts.store.erase(found);
  };
  await world.parts.recordings.writeDown('made');
  expect(world.parts.store.of(call.id).map(({ what }) => what)).toEqual(['audio']);
});
