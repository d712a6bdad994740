import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A private PulseAudio, whose virtual devices are plugged and unplugged. */
export interface SoundServer {
  /** Its socket. */
  path: string;
  /** What a program needs to use it. */
  env: { PULSE_SERVER: string };
  /** Plugs an output. */
  plugSink(name: string): Promise<Plugged>;
  /** Plugs a microphone that hears this pitch for ever. */
  plugTone(name: string, hz: number): Promise<Plugged>;
  setDefaults(sink: string, source: string): Promise<void>;
  /** Listens to what an output plays. */
  listen(sink: string): Listener;
  /** A program that plays this pitch, on an output or on the default one. */
  play(hz: number, sink?: string): Player;
  close(): Promise<void>;
}

interface Plugged {
  unplug(): Promise<void>;
}

interface Player {
  pid: number | undefined;
  stop(): void;
}

/** What a sink plays, as a microphone held to it would hear it. */
interface Listener {
  /** Resolves, with the time by `performance.now()`, once this pitch alone is heard. */
  hears(hz: number): Promise<number>;
  /** Resolves once anything is heard. */
  hearsSound(): Promise<number>;
  /** The loudest moment so far, in dBFS. */
  loudest(): number;
  /** Forgets what was heard. */
  forget(): void;
  close(): void;
}

const STARTS_WITHIN_MS = 15_000;

/** Starts a sound server of its own, without any device. */
export async function openSoundServer(): Promise<SoundServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-sound-'));
  const path = join(folder, 'native');
  const env = { PULSE_SERVER: `unix:${path}` };
  const protocol = `module-native-protocol-unix socket=${path} auth-anonymous=1`;
  const child = spawn(
    'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--use-pid-file=no',
      '--exit-idle-time=-1',
      '--disable-shm=yes',
      '--realtime=no',
      '--high-priority=no',
      `--load=${protocol}`,
      // As on a desktop: a stream moves on when its device goes.
      '--load=module-rescue-streams',
      // And where a stream was moved to is written down.
      '--load=module-stream-restore',
    ],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        XDG_RUNTIME_DIR: folder,
        HOME: folder,
        // On one session bus there can be only one.
        DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      },
    },
  );
  const left = new Promise((resolve) => child.once('exit', resolve));
  const control = async (...args: string[]) =>
    (await run('pactl', args, { env: { ...process.env, ...env } })).stdout.trim();
  const listeners: Listener[] = [];
  const players: Player[] = [];
  const close = async () => {
    for (const listener of listeners) listener.close();
    for (const player of players) player.stop();
    child.kill();
    await left;
    rmSync(folder, { recursive: true, force: true });
  };
  const until = performance.now() + STARTS_WITHIN_MS;
  while (
    await control('info').then(
      () => false,
      () => true,
    )
  ) {
    if (performance.now() > until) {
      await close();
      throw new Error('PulseAudio did not start');
    }
    await sleep(50);
  }
  const plug = async (...args: string[]): Promise<Plugged> => {
    const index = await control('load-module', ...args);
    return { unplug: async () => void (await control('unload-module', index)) };
  };
  const plugSink = (name: string) =>
    plug(
      'module-null-sink',
      `sink_name=${name}`,
      'rate=48000',
      // Otherwise it plays 2 s in advance, and what starts meanwhile is heard only after that.
      'norewinds=1',
      `sink_properties=device.description=${name}`,
    );
  /** What is spoken into the microphones; by the name of the output that plays it. */
  const voices: Record<string, Promise<unknown>> = {};
  return {
    path,
    env,
    plugSink,
    async plugTone(name, hz) {
      const tone = `tone-${hz}`;
      // Not `module-sine-source`, whose first sound comes up to 2 s late.
      voices[tone] ??= plugSink(tone).then(() =>
        plug('module-sine', `sink=${tone}`, `frequency=${hz}`),
      );
      await voices[tone];
      return plug(
        'module-remap-source',
        `source_name=${name}`,
        `master=${tone}.monitor`,
        `source_properties=device.description=${name}`,
      );
    },
    async setDefaults(sink, source) {
      await control('set-default-sink', sink);
      await control('set-default-source', source);
    },
    listen(sink) {
      const listener = listen(sink, env);
      listeners.push(listener);
      return listener;
    },
    play(hz, sink) {
      const player = play(hz, sink, env);
      players.push(player);
      return player;
    },
    close,
  };
}

const RATE = 48_000;
const FORMAT = ['--raw', '--format=s16le', `--rate=${RATE}`, '--channels=1', '--latency-msec=20'];
/** 21 ms. */
const WINDOW = 1024;
const AUDIBLE_DBFS = -50;
const SAME_HZ = 15;
const HEARD_WITHIN_MS = 20_000;

function listen(sink: string, env: { PULSE_SERVER: string }): Listener {
  const child: ChildProcessByStdio<null, Readable, null> = spawn(
    'parec',
    ['-d', `${sink}.monitor`, ...FORMAT],
    { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } },
  );
  let rest = Buffer.alloc(0);
  let loudest = -Infinity;
  let waiting: { matches: (dbfs: number, hz: number) => boolean; done: (at: number) => void }[] =
    [];
  child.stdout.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 2 * WINDOW) {
      const { dbfs, hz } = measure(rest.subarray(0, 2 * WINDOW));
      rest = rest.subarray(2 * WINDOW);
      loudest = Math.max(loudest, dbfs);
      waiting = waiting.filter(({ matches, done }) => {
        if (!matches(dbfs, hz)) return true;
        done(performance.now());
        return false;
      });
    }
  });
  const wait = (what: string, matches: (dbfs: number, hz: number) => boolean) =>
    new Promise<number>((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(new Error(`${sink} did not play ${what}; loudest ${Math.round(loudest)} dBFS`)),
        HEARD_WITHIN_MS,
      );
      waiting.push({
        matches,
        done(at) {
          clearTimeout(timer);
          resolve(at);
        },
      });
    });
  return {
    hears: (hz) =>
      wait(`${hz} Hz`, (dbfs, heard) => dbfs > AUDIBLE_DBFS && Math.abs(heard - hz) < SAME_HZ),
    hearsSound: () => wait('anything', (dbfs) => dbfs > AUDIBLE_DBFS),
    loudest: () => loudest,
    forget: () => (loudest = -Infinity),
    close: () => child.kill(),
  };
}

function play(hz: number, sink: string | undefined, env: { PULSE_SERVER: string }): Player {
  const child = spawn('pacat', [...(sink === undefined ? [] : ['-d', sink]), ...FORMAT], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ...env },
  });
  let at = 0;
  const tone = new Readable({
    read() {
      const samples = new Int16Array(RATE / 100);
      for (let i = 0; i < samples.length; i++)
        samples[i] = 8000 * Math.sin((2 * Math.PI * hz * at++) / RATE);
      this.push(Buffer.from(samples.buffer));
    },
  });
  // It is stopped while it plays.
  child.stdin.on('error', () => tone.destroy());
  tone.pipe(child.stdin);
  return { pid: child.pid, stop: () => child.kill() };
}

/** Loudness, and the pitch by counting rising zero crossings, which is right for one tone alone. */
function measure(bytes: Buffer): { dbfs: number; hz: number } {
  let sum = 0;
  let first = -1;
  let last = -1;
  let crossings = 0;
  let before = 0;
  for (let at = 0; at < WINDOW; at++) {
    const sample = bytes.readInt16LE(2 * at) / 32_768;
    sum += sample * sample;
    if (at > 0 && before < 0 && sample >= 0) {
      const exact = at - sample / (sample - before || 1);
      if (first < 0) first = exact;
      last = exact;
      crossings++;
    }
    before = sample;
  }
  return {
    dbfs: 10 * Math.log10(sum / WINDOW + 1e-12),
    hz: crossings < 2 ? 0 : ((crossings - 1) * RATE) / (last - first),
  };
}
