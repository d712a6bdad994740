import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordingKeyOf } from '../../../src/recording/keys.ts';
import { readRecording, type WholeRecording } from '../../../src/recording/reader.ts';
import { z } from 'zod';
import { type Heard, measureTone } from '../../../src/simulator/media/tone.ts';
import type { ConsoleApp } from './console-app.ts';

/** Enough for a tone, and quick to pass between processes. */
const RATE = 8_000;

const secretsFile = z.object({ secrets: z.record(z.string(), z.object({ cipher: z.string() })) });
const keyList = z.array(z.object({ key: z.string() }));

/** The only recording that a console has made, opened with the key of its key store. */
export async function ownRecording({ electron }: ConsoleApp): Promise<WholeRecording> {
  const userData = await electron.evaluate(({ app }) => app.getPath('userData'));
  const folder = join(userData, 'recordings');
  const [file = 'none'] = readdirSync(folder).filter((name) => name.endsWith('.rdrec'));
  const { secrets } = secretsFile.parse(
    JSON.parse(readFileSync(join(userData, 'secrets.json'), 'utf8')),
  );
  const keys = await electron.evaluate(
    ({ safeStorage }, cipher) => safeStorage.decryptString(Buffer.from(cipher, 'base64')),
    secrets['database-keys']?.cipher ?? '',
  );
  const known = keyList.parse(JSON.parse(keys));
  return readRecording(
    join(folder, file),
    known.map(({ key }) => recordingKeyOf(key)),
  );
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
