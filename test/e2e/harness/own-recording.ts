import { linkSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RecordingKey, recordingKeyOf } from '../../../src/recording/keys.ts';
import {
  readRecording,
  RecordingReader,
  type WholeRecording,
} from '../../../src/recording/reader.ts';
import { WebmReader } from '../../../src/recording/webm.ts';
import { z } from 'zod';
import { type Heard, measureTone } from '../../../src/simulator/media/tone.ts';
import type { ConsoleApp } from './console-app.ts';

/** Enough for a tone, and quick to pass between processes. */
const RATE = 8_000;
/** Of a browser's Opus packet at most, which is heard from its time on. */
const PACKET_MS = 20;

const secretsFile = z.object({ secrets: z.record(z.string(), z.object({ cipher: z.string() })) });
const keyList = z.array(z.object({ key: z.string() }));

/** What a console's recordings are sealed with, from its key store. */
export async function recordingKeys(app: ConsoleApp): Promise<readonly RecordingKey[]> {
  return (await databaseKeys(app)).map(recordingKeyOf);
}

/** What a console's log is encrypted with, from its key store, in hexadecimal. */
export async function databaseKeys({ electron }: ConsoleApp): Promise<readonly string[]> {
  const userData = await electron.evaluate(({ app }) => app.getPath('userData'));
  const { secrets } = secretsFile.parse(
    JSON.parse(readFileSync(join(userData, 'secrets.json'), 'utf8')),
  );
  const keys = await electron.evaluate(
    ({ safeStorage }, cipher) => safeStorage.decryptString(Buffer.from(cipher, 'base64')),
    secrets['database-keys']?.cipher ?? '',
  );
  return keyList.parse(JSON.parse(keys)).map(({ key }) => key);
}

/**
 * The only recording that a console makes at the moment, under a second name: the first one goes as soon as the
 * recording is taken in.
 *
 * @returns reads it, with the key of the console's key store
 */
export async function ownRecording(app: ConsoleApp): Promise<() => Promise<WholeRecording>> {
  const userData = await app.electron.evaluate(({ app: running }) => running.getPath('userData'));
  const keys = await recordingKeys(app);
  const link = join(userData, 'own-recording');
  linkSync(onlyRecording(userData), link);
  return () => readRecording(link, keys);
}

/** Until when each side of a console's only recording can be heard, in Unix ms, whether or not the console lives. */
export async function recordedUntil(
  userData: string,
  keys: readonly RecordingKey[],
): Promise<{ startedAt: number; until: readonly number[] }> {
  const reader = await RecordingReader.open(onlyRecording(userData), keys);
  let startedAt = 0;
  const sides = [0, 1].map(() => ({ webm: new WebmReader(), fromMs: 0, endMs: 0 }));
  try {
    for await (const item of reader.items()) {
      if (item.kind === 'facts') ({ startedAt } = item.facts);
      const side = item.kind === 'audio' ? sides[item.track] : undefined;
      if (!side || item.kind !== 'audio') continue;
      if (side.endMs === 0) side.fromMs = item.atMs;
      const last = side.webm.add(item.bytes).at(-1);
      if (last) side.endMs = last.atMs + PACKET_MS;
    }
  } finally {
    await reader.close();
  }
  return { startedAt, until: sides.map(({ fromMs, endMs }) => startedAt + fromMs + endMs) };
}

function onlyRecording(userData: string): string {
  const folder = join(userData, 'recordings');
  const [file = 'none'] = readdirSync(folder).filter((name) => name.endsWith('.rdrec'));
  return join(folder, file);
}

/** A track as the browser itself decodes it. */
export class DecodedTrack {
  readonly #samples: Int16Array;

  private constructor(samples: Int16Array) {
    this.#samples = samples;
  }

  static async open({ window }: ConsoleApp, file: Buffer): Promise<DecodedTrack> {
    const samples = await window.evaluate(
      async ({ base64, rate }) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const context = new OfflineAudioContext(1, 1, rate);
        const sound = (await context.decodeAudioData(bytes.buffer)).getChannelData(0);
        return Array.from(sound, (sample) => Math.round(sample * 32_767));
      },
      { base64: file.toString('base64'), rate: RATE },
    );
    return new DecodedTrack(Int16Array.from(samples));
  }

  get ms(): number {
    return (this.#samples.length * 1_000) / RATE;
  }

  /** The loudest tone between two times, in ms. */
  heard(fromMs: number, toMs: number): Heard {
    const at = (ms: number) => Math.round((ms * RATE) / 1_000);
    return measureTone(this.#samples.slice(at(fromMs), at(toMs)), RATE);
  }
}
