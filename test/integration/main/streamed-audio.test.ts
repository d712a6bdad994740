import type { Answer } from '../../../src/shared/providers/client.ts';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import {
  PcmStreamManager,
  type StreamReport,
} from '../../../src/main/calls/streams/pcm-stream-manager.ts';
import type { StreamSession as Session } from '../../../src/main/calls/ports.ts';
import type { MediaCommand } from '../../../src/shared/ipc/events.ts';
import { systemClock, type Clock } from '../../../src/shared/lib/clock.ts';
import type { ProviderError } from '../../../src/shared/providers/events.ts';
import { RealtimeHost } from '../../../src/simulator/pcm/realtime-host.ts';
import { PcmSession } from '../../../src/simulator/pcm/session.ts';
import { measureTone } from '../../../src/simulator/media/tone.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { FakeLog } from '../../fakes/log.ts';
import { FakeProvider } from '../../fakes/provider.ts';

const RATE = 16_000;
const FRAME_MS = 20;
const call = { callId: 'web/c1', accountId: 'web', providerCallId: 'c1' };

/** A number whose provider hands out the sound of its calls. */
class SoundProvider extends FakeProvider {
  give: () => Session | ProviderError = () => offline;

  async stream(): Promise<Answer<Session>> {
    const given = this.give();
    return 'url' in given ? { ok: true, value: given } : { ok: false, error: given };
  }
}

const offline: ProviderError = {
  code: 'WHATSAPP_INSTANCE_NOT_CONNECTED',
  message: 'The number is not connected.',
  transient: false,
};

let cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
  cleanups = [];
});

/** A console's sound without a window: keeps what the softphone would receive. */
function openSounds(clock: Clock = systemClock) {
  const provider = new SoundProvider();
  const log = new FakeLog();
  const commands: MediaCommand[] = [];
  const frames: Uint8Array[] = [];
  const reports: StreamReport[] = [];
  const waiting = new Set<() => void>();
  const changed = () => waiting.forEach((look) => look());
  const streams = new PcmStreamManager({
    provider: (accountId) => (accountId === 'web' ? provider : undefined),
    relay: undefined,
    media: (command) => (commands.push(command), changed()),
    play: (_, frame) => (frames.push(frame), changed()),
    report: (_, report) => (reports.push(report), changed()),
    WebSocket,
    clock,
    random: () => 0.5,
    log,
  });
  cleanups.push(() => streams.closeAll());
  /** Resolves once `probe` holds, checked on every event. */
  const until = (probe: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!probe()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { streams, provider, log, commands, frames, reports, until };
}

/** The agent's microphone: a tone, a frame every 20 ms. */
function speak(streams: PcmStreamManager, hz: number): () => void {
  let sample = 0;
  const timer = setInterval(() => {
    const frame = Buffer.alloc((2 * RATE * FRAME_MS) / 1000);
    for (let at = 0; at < frame.length; at += 2) {
      frame.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * hz * sample++) / RATE)), at);
    }
    streams.send(call.callId, frame);
  }, FRAME_MS);
  cleanups.push(() => clearInterval(timer));
  return () => clearInterval(timer);
}

function pitchOf(frames: readonly Uint8Array[]): number | undefined {
  const bytes = Buffer.concat(frames);
  const samples = Int16Array.from({ length: bytes.length >> 1 }, (_, n) =>
    bytes.readInt16LE(2 * n),
  );
  return measureTone(samples.subarray(-RATE), RATE).hz;
}

describe('the audio of a streamed call', () => {
  let host: RealtimeHost;
  let customer: PcmSession;

  beforeEach(async () => {
    host = await RealtimeHost.open('127.0.0.1', systemClock);
    customer = new PcmSession({
      format: { sampleRate: RATE, frameMs: FRAME_MS },
      voice: { kind: 'tone', hz: 440 },
      speechFile: '',
    });
    customer.accept();
    cleanups.push(
      () => host.close(),
      () => customer.close(),
    );
  });

  const session = (): Session => ({
    url: host.session('c1', customer, 'talk').wsUrl,
    sampleRate: RATE,
    frameMs: FRAME_MS,
  });
  const heard = (hz: number) =>
    new Promise<void>((resolve) => {
      const off = customer.events.on(({ what }) => {
        const { toneHz } = customer.report();
        if (what !== 'heard' || toneHz === null || Math.abs(toneHz - hz) > 5) return;
        off();
        resolve();
      });
    });

  it('is heard both ways', async () => {
    const { streams, provider, commands, frames, reports, until } = openSounds();
    provider.give = session;
    streams.open(call);
    await until(() => reports.length > 0);
    expect(reports).toEqual([{ kind: 'connected' }]);
    expect(commands).toEqual([
      { do: 'stream', callId: call.callId, sampleRate: RATE, frameMs: FRAME_MS },
    ]);
    speak(streams, 1000);
    await heard(1000);
    await until(() => frames.length > 55);
    expect(pitchOf(frames)).toBeCloseTo(440, 0);
  });

  it('continues in a new session after a lost connection, and never uses a token twice', async () => {
    const { streams, provider, commands, frames, reports, log, until } = openSounds();
    provider.give = session;
    streams.open(call);
    speak(streams, 1000);
    await heard(1000);
    customer.cut();
    await until(() => reports.length === 2);
    const before = frames.length;
    await until(() => frames.length > before + 55);
    expect(pitchOf(frames)).toBeCloseTo(440, 0);
    await heard(1000);
    expect(customer.connections).toBe(2);
    expect(host.tries.map(({ outcome }) => outcome)).toEqual(['connected', 'connected']);
    // The softphone plays on.
    expect(commands).toHaveLength(1);
    expect(log.lines.join('\n')).not.toMatch(/token|ws:/);
  });

  it('requests a new session when one was refused', async () => {
    const { streams, provider, reports, until } = openSounds();
    const stale = session();
    const first = new WebSocket(stale.url);
    await once(first, 'open');
    first.terminate();
    let given = 0;
    provider.give = () => (given++ === 0 ? stale : session());
    streams.open(call);
    await until(() => reports.length > 0);
    expect(host.tries.map(({ outcome }) => outcome)).toEqual(['connected', 'used', 'connected']);
  });

  it('retries when the provider could not answer, and shows its message when the call is over', async () => {
    const { streams, provider, commands, reports, until } = openSounds();
    let given = 0;
    provider.give = () =>
      given++ < 2 ? { code: 'network', message: 'no route', transient: true } : session();
    streams.open(call);
    await until(() => reports.length > 0);
    expect(given).toBe(3);
    // Reported when it takes more than one attempt, and withdrawn afterwards.
    expect(commands.filter((command) => command.do === 'sound')).toEqual([
      { do: 'sound', callId: call.callId, lost: true },
      { do: 'sound', callId: call.callId, lost: false },
    ]);
    provider.give = () => offline;
    customer.cut();
    await until(() => reports.length > 1);
    expect(reports.at(-1)).toEqual({
      kind: 'failed',
      why: 'The number is not connected. (WHATSAPP_INSTANCE_NOT_CONNECTED)',
    });
    // After the end nothing is sent, and closing it again is no error.
    streams.send(call.callId, new Uint8Array(2));
    streams.close(call.callId);
  });

  it('reaches a new window, and closes with the call', async () => {
    const { streams, provider, commands, reports, until } = openSounds();
    provider.give = session;
    streams.open(call);
    await until(() => reports.length > 0);
    streams.open(call);
    expect(commands).toHaveLength(2);
    expect(commands[1]).toEqual(commands[0]);
    const gone = new Promise<void>((resolve) => {
      const look = () => (customer.report().connected ? setImmediate(look) : resolve());
      look();
    });
    streams.close(call.callId);
    await gone;
    expect(customer.connections).toBe(1);
  });
});

describe('an odd media server', () => {
  async function serve(greet: (socket: WebSocket) => void) {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    server.on('connection', greet);
    cleanups.push(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return (): Session => ({
      url: `ws://127.0.0.1:${port}/?token=abc`,
      sampleRate: RATE,
      frameMs: FRAME_MS,
    });
  }

  it('may send frames of any length, text, and half samples', async () => {
    const { streams, provider, frames, until } = openSounds();
    provider.give = await serve((socket) => {
      socket.send('{"event":"ready"}');
      socket.send(Buffer.of(1));
      socket.send(Buffer.of(1, 2, 3));
      socket.send(Buffer.alloc(0));
      socket.send(Buffer.of(4, 5, 6, 7));
    });
    streams.open(call);
    await until(() => frames.length === 2);
    expect(frames.map((frame) => [...frame])).toEqual([
      [1, 2],
      [4, 5, 6, 7],
    ]);
    // The window gets the frame, not the buffer that it came in.
    expect(frames.map(({ buffer }) => buffer.byteLength)).toEqual([2, 4]);
  });

  it('that stops reading gets only the newest audio when it reads again', async () => {
    const { streams, provider, reports, log, until } = openSounds();
    let served: WebSocket | undefined;
    provider.give = await serve((socket) => {
      served = socket;
      socket.pause();
    });
    streams.open(call);
    await until(() => reports.length > 0);
    // More than any system buffer holds, numbered.
    const FRAMES = 4_000;
    const SIZE = 9_600;
    for (let n = 0; n < FRAMES; n++) {
      const frame = Buffer.alloc(SIZE);
      frame.writeUInt32LE(n);
      streams.send(call.callId, frame);
    }
    const got: number[] = [];
    served?.on('message', (data) => Buffer.isBuffer(data) && got.push(data.readUInt32LE()));
    const last = new Promise<void>((resolve) => {
      served?.on('message', () => got.at(-1) === FRAMES - 1 && resolve());
    });
    served?.resume();
    await last;
    expect(got.length).toBeLessThan(FRAMES);
    expect(got).toEqual([...got].sort((a, b) => a - b));
    streams.close(call.callId);
    expect(log.lines.at(-1)).toMatch(/, [1-9]\d* dropped,/);
  });

  it('that goes silent is disconnected, and gets no old speech later', async () => {
    const clock = new FakeClock();
    const { streams, provider, frames, reports, log, until } = openSounds(clock);
    const served: WebSocket[] = [];
    const heard: number[] = [];
    provider.give = await serve((socket) => {
      served.push(socket);
      socket.on('message', (data) => Buffer.isBuffer(data) && heard.push(data.readInt16LE()));
      // It answers one ping, which shows that the frame after it has arrived.
      socket.once('ping', () => socket.send(Buffer.of(1, 0)));
    });
    streams.open(call);
    await until(() => reports.length === 1);
    await until(() => frames.length === 1);
    served[0]?.pause();
    for (let second = 0; second < 4; second++) clock.advance(1000);
    for (let n = 1; n <= 100; n++) streams.send(call.callId, Buffer.alloc(640, n));
    for (let second = 0; second < 6; second++) clock.advance(1000);
    await until(() => reports.length === 2);
    expect(served).toHaveLength(2);
    expect(log.lines.join('\n')).toContain('no sign of life');
    streams.send(call.callId, Buffer.of(7, 0));
    await once(served[1] ?? new WebSocket(null), 'message');
    expect(heard).toEqual([7]);
  });

  it('is refused without encryption, except on this machine', async () => {
    const { streams, provider, reports, log, until } = openSounds();
    provider.give = () => ({
      url: 'ws://media.example/?token=abc',
      sampleRate: RATE,
      frameMs: FRAME_MS,
    });
    streams.open(call);
    await until(() => reports.length > 0);
    expect(reports).toEqual([
      { kind: 'failed', why: 'The provider named no encrypted WebSocket.' },
    ]);
    expect(log.lines.join('\n')).not.toContain('media.example');
  });
});
