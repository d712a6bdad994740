import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { CallRecorder } from '../../../../src/main/recorder/call-recorder.ts';
import type { CallRecorderPorts } from '../../../../src/main/recorder/ports.ts';
import { recordingKeyOf } from '../../../../src/recording/keys.ts';
import { readRecording } from '../../../../src/recording/reader.ts';
import { transition } from '../../../../src/shared/call/transition.ts';
import type { Call } from '../../../../src/shared/call/model.ts';
import type { MediaCommand } from '../../../../src/shared/ipc/events.ts';
import type { RecordingEvent } from '../../../../src/shared/recording/model.ts';
import { NOT_RECORDED, type RecordingPolicy } from '../../../../src/shared/recording/policy.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { settled } from '../../../helpers/until.ts';

const key = recordingKeyOf('12'.repeat(32));
const connected: Call = {
  id: 'main/1',
  accountId: 'main',
  path: 'direct',
  direction: 'inbound',
  party: { waId: '5511987654321' },
  createdAt: 0,
  connectedAt: 1_000,
  muted: false,
  phase: { name: 'connected' },
};

/** A recorder with one call, whose events are put through the call rules as in the app. */
class World {
  readonly clock = new FakeClock();
  readonly commands: MediaCommand[] = [];
  readonly asked: string[] = [];
  readonly events: RecordingEvent[] = [];
  readonly folder: string;
  readonly recorder: CallRecorder;
  call: Call = connected;

  constructor(policy: Partial<RecordingPolicy>, ports: Partial<CallRecorderPorts> = {}) {
    this.folder = join(tempFolder(), 'recordings');
    this.recorder = new CallRecorder({
      policyOf: () => ({ ...NOT_RECORDED, by: 'console', ...policy }),
      key,
      folder: this.folder,
      media: (command) => this.commands.push(command),
      find: (id) => (id === this.call.id ? this.call : undefined),
      report: (_id, event) => {
        const step = transition(this.call, event, this.call, this.clock.now());
        if (step.ok) this.call = step.call;
        this.recorder.handleCall(this.call);
      },
      askRelay: async (callId, ask) => {
        this.asked.push(`${callId} ${ask}`);
        return { ok: true, value: null };
      },
      announcementOf: () => undefined,
      isHeld: () => false,
      agent: () => 'Ana',
      clock: this.clock,
      newId: () => 'recording-1',
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      ...ports,
    });
    this.recorder.on('recording', (event) => this.events.push(event));
  }

  get step() {
    return this.call.recording?.state.step;
  }

  async begin(): Promise<void> {
    this.recorder.handleCall(this.call);
    await settled();
  }

  sound(track: number, atMs: number, text: string): void {
    const bytes = new Uint8Array(Buffer.from(text));
    this.recorder.handleSound({ callId: 'main/1', recordingId: 'recording-1', track, atMs, bytes });
  }

  hangUp(): void {
    const phase = { name: 'ended', at: 9_000, reason: { kind: 'agent-hung-up' } } as const;
    this.call = { ...connected, recording: this.call.recording, phase };
    this.recorder.handleCall(this.call);
  }

  /** The call ends, and the softphone hands over what is left. */
  async end(last = ''): Promise<void> {
    this.hangUp();
    await settled();
    if (last !== '') this.sound(1, 900, last);
    this.recorder.handleReport('main/1', { kind: 'done', recordingId: 'recording-1' });
    await this.recorder.close();
  }

  /** The softphone hands over what is left. */
  async stop(discard: boolean, last = '') {
    const stopped = this.recorder.stop('main/1', discard);
    await settled();
    if (last !== '') this.sound(1, 900, last);
    this.recorder.handleReport('main/1', { kind: 'done', recordingId: 'recording-1' });
    return stopped;
  }

  file() {
    return readRecording(join(this.folder, 'recording-1.rdrec'), [key]);
  }
}

describe('a call of a number that this console records', () => {
  let world: World;
  beforeEach(() => {
    world = new World({ consent: 'announcement', language: 'es' });
  });

  test('begins only once the announcement was sent whole, and has everything up to its end', async () => {
    await world.begin();
    expect(world.commands).toEqual([{ do: 'announce', callId: 'main/1', language: 'es' }]);
    expect(world.step).toBe('announcing');
    world.recorder.handleReport('main/1', { kind: 'announced', from: 100, to: 2_100 });
    await expect.poll(() => world.step).toBe('on');
    expect(world.commands.at(-1)).toMatchObject({ do: 'record', recordingId: 'recording-1' });
    world.sound(0, 0, 'agent ');
    world.sound(1, 0, 'customer ');
    world.sound(0, 500, 'agent');
    await world.end('customer');

    const { facts, marks, tracks, stop } = await world.file();
    expect(stop.why).toBe('complete');
    expect(facts).toMatchObject({ callId: 'main/1', by: 'console', consent: 'announcement' });
    expect(tracks.get(0)?.toString()).toBe('agent agent');
    expect(tracks.get(1)?.toString()).toBe('customer customer');
    expect(marks.map(({ kind }) => kind)).toEqual(['announcement', 'end']);
    expect(marks[0]).toMatchObject({ from: 100, to: 2_100 });
    expect(world.step).toBe('over');
    expect(world.events.map(({ kind }) => kind)).toEqual(['started', 'stopped']);
  });

  test.each(['it is here', 'it cannot be had'] as const)(
    'is announced in the admin’s own words, if %s',
    async (what) => {
      const sound = Buffer.from('OggS');
      const own = what === 'it is here' ? { sha256: 'ab12', bytes: sound } : undefined;
      world = new World({ consent: 'announcement' }, { announcementOf: async () => own });
      await world.begin();
      expect(world.commands).toEqual([
        { do: 'announce', callId: 'main/1', language: 'en', ...(own && { sound }) },
      ]);
      world.recorder.handleReport('main/1', { kind: 'announced', from: 100, to: 2_100 });
      await expect.poll(() => world.step).toBe('on');
      await world.end();
      const [mark] = (await world.file()).marks;
      expect(mark).toEqual({
        atMs: 0,
        kind: 'announcement',
        from: 100,
        to: 2_100,
        ...(own && { sha256: 'ab12' }),
      });
    },
  );

  test('leaves it to the agent when the announcement could not be sent', async () => {
    await world.begin();
    world.recorder.handleReport('main/1', { kind: 'not-announced' });
    await expect.poll(() => world.step).toBe('asking');
    expect(readdirSync(join(world.folder, '..'))).toEqual([]);
    expect(await world.recorder.confirm('main/1')).toEqual({ ok: true, value: null });
    await expect.poll(() => world.step).toBe('on');
    // Pressed twice.
    expect(await world.recorder.confirm('main/1')).toEqual({ ok: true, value: null });
    await world.end();
    const { facts, marks } = await world.file();
    expect(facts?.consent).toBe('agent');
    expect(marks[0]).toMatchObject({ kind: 'confirmed', by: 'Ana' });
  });

  test('is paused until its time, or until the agent continues', async () => {
    await world.begin();
    world.recorder.handleReport('main/1', { kind: 'announced', from: 0, to: 1 });
    await expect.poll(() => world.step).toBe('on');
    await world.recorder.pause('main/1', true);
    const until = world.clock.now() + 60_000;
    expect(world.call.recording?.state).toEqual({ step: 'paused', until });
    expect(world.commands.at(-1)).toMatchObject({ do: 'pause-recording', paused: true });
    world.clock.advance(60_000);
    expect(world.step).toBe('on');
    expect(world.commands.at(-1)).toMatchObject({ do: 'pause-recording', paused: false });
    await world.recorder.pause('main/1', true);
    await world.recorder.pause('main/1', false);
    expect(world.step).toBe('on');
    await world.end();
    const { marks } = await world.file();
    expect(marks.map((mark) => ('bySelf' in mark ? mark.bySelf : mark.kind))).toEqual([
      'announcement',
      'pause',
      true,
      'pause',
      false,
      'end',
    ]);
  });

  test('that ends before the announcement did is not recorded', async () => {
    await world.begin();
    world.hangUp();
    await expect.poll(() => world.step).toBe('over');
    expect(world.call.recording?.id).toBeUndefined();
    expect(world.events).toEqual([]);
  });

  test('goes on when the recorder of the window fails', async () => {
    await world.begin();
    world.recorder.handleReport('main/1', { kind: 'announced', from: 0, to: 1 });
    await expect.poll(() => world.step).toBe('on');
    world.sound(0, 0, 'kept');
    world.recorder.handleReport('main/1', {
      kind: 'done',
      recordingId: 'recording-1',
      why: 'no-recorder',
    });
    expect(world.call.recording?.state).toEqual({ step: 'failed', why: 'no-recorder' });
    await expect.poll(async () => (await world.file()).stop.why).toBe('complete');
    expect((await world.file()).tracks.get(0)?.toString()).toBe('kept');
    expect(world.call.phase.name).toBe('connected');
  });
});

describe('a recording that the customer objects to', () => {
  let world: World;
  beforeEach(async () => {
    world = new World({ consent: 'agent' });
    await world.begin();
  });
  const confirmed = async () => {
    await world.recorder.confirm('main/1');
    await expect.poll(() => world.step).toBe('on');
    world.sound(1, 0, 'before ');
  };

  test('ends for the rest of the call, and keeps what there was', async () => {
    await confirmed();
    await world.recorder.pause('main/1', true);
    expect(await world.stop(false, 'the last')).toEqual({ ok: true, value: null });
    expect(world.call.recording?.state).toEqual({ step: 'over', stopped: 'kept' });
    expect(world.commands.at(-1)).toMatchObject({ do: 'stop-recording' });
    // Neither the end of the pause, nor another press, nor a change of the call begins it again.
    world.clock.advance(60_000);
    expect(await world.recorder.pause('main/1', false)).toMatchObject({ ok: false });
    expect(await world.recorder.confirm('main/1')).toMatchObject({ ok: true });
    expect(await world.recorder.stop('main/1', true)).toEqual({ ok: true, value: null });
    await world.begin();
    world.sound(1, 2_000, 'not this');
    await world.end();
    expect(world.call.recording?.state).toEqual({ step: 'over', stopped: 'kept' });
    const { marks, tracks, stop } = await world.file();
    expect(tracks.get(1)?.toString()).toBe('before the last');
    expect(marks.slice(-2)).toMatchObject([{ kind: 'stop', by: 'Ana' }, { kind: 'end' }]);
    expect(stop.why).toBe('complete');
    expect(world.events.map(({ kind }) => kind)).toEqual(['started', 'paused', 'stopped']);
  });

  test('is deleted, if the agent says so', async () => {
    await confirmed();
    expect(await world.stop(true, 'the last')).toEqual({ ok: true, value: null });
    expect(world.call.recording?.state).toEqual({ step: 'over', stopped: 'deleted' });
    await world.end();
    expect(readdirSync(world.folder)).toEqual([]);
    expect(world.events.map(({ kind }) => kind)).toEqual(['started', 'discarded']);
  });

  test('does not begin, if the agent hears it while asking', async () => {
    expect(await world.recorder.stop('main/1', true)).toEqual({ ok: true, value: null });
    expect(world.call.recording?.state).toEqual({ step: 'over', stopped: 'none' });
    await world.recorder.confirm('main/1');
    await world.end();
    expect(world.events).toEqual([]);
    await expect(world.file()).rejects.toThrow('ENOENT');
  });

  test('is kept where the call is on legal hold', async () => {
    world = new World({ consent: 'agent' }, { isHeld: () => true });
    await world.begin();
    await confirmed();
    const refused = await world.recorder.stop('main/1', true);
    expect(refused).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('legal hold') },
    });
    expect(world.step).toBe('on');
    await world.stop(false);
    expect(world.call.recording?.state).toEqual({ step: 'over', stopped: 'kept' });
  });
});

test.each([
  ['there is no key', { key: undefined }, 'no-key'],
  ['its folder cannot be made', { folder: '/dev/null/recordings' }, 'disk'],
] as const)('a call is not recorded where %s, and the card says so', async (_, ports, why) => {
  const world = new World({ consent: 'agent' }, ports);
  await world.begin();
  await world.recorder.confirm('main/1');
  await expect.poll(() => world.call.recording?.state).toEqual({ step: 'failed', why });
  expect(world.call.phase.name).toBe('connected');
});

test.skipIf(process.platform !== 'linux')(
  'a folder that cannot be written is told, and the call goes on',
  async () => {
    const world = new World({ consent: 'agent' }, { folder: '/sys/kernel/ringdesk' });
    await world.begin();
    expect(world.step).toBe('asking');
    await world.recorder.confirm('main/1');
    await expect.poll(() => world.step).toBe('failed');
    expect(world.call).toMatchObject({
      phase: { name: 'connected' },
      recording: { state: { step: 'failed', why: 'read-only' } },
    });
    expect(world.commands).not.toContainEqual(expect.objectContaining({ do: 'record' }));
    await world.end();
  },
);

test('a call that the agent never announces is not recorded, and neither is what they said', async () => {
  const world = new World({ consent: 'agent' });
  await world.begin();
  world.sound(1, 0, 'my name is');
  await world.end('goodbye');
  expect(world.step).toBe('over');
  expect(world.events).toEqual([]);
  await expect(world.file()).rejects.toThrow('ENOENT');
});

test('a call of a web number is recorded like any other', async () => {
  const world = new World({ consent: 'agent' });
  world.call = {
    ...connected,
    path: 'streamed',
    mediaServer: 'relay',
    phase: { name: 'connected' },
  };
  await world.begin();
  await world.recorder.confirm('main/1');
  await expect.poll(() => world.step).toBe('on');
  world.sound(0, 0, 'hello');
  await world.end();
  expect((await world.file()).tracks.get(0)?.toString()).toBe('hello');
});

test('what the relay records is confirmed, paused and stopped there', async () => {
  const world = new World({ by: 'relay' });
  world.call = { ...connected, recording: { by: 'relay', state: { step: 'asking' } } };
  await world.recorder.confirm('main/1');
  world.call = { ...connected, recording: { by: 'relay', state: { step: 'on' }, id: 'r' } };
  await world.recorder.pause('main/1', true);
  await world.recorder.stop('main/1', false);
  await world.recorder.stop('main/1', true);
  expect(world.asked).toEqual(
    ['confirm', 'pause', 'stop', 'stop-and-delete'].map((ask) => `main/1 ${ask}`),
  );
});

test('what the provider records has its sign, and neither pause nor stop', async () => {
  const world = new World({ by: 'provider' });
  await world.begin();
  expect(world.call.recording).toMatchObject({ by: 'provider', state: { step: 'on' } });
  expect(await world.recorder.pause('main/1', true)).toMatchObject({ ok: false });
  expect(await world.recorder.stop('main/1', true)).toMatchObject({ ok: false });
});
