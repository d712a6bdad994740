import { decoded, type DecodedPart, type DecodedTrack } from './decode.ts';

/** So many values a second describe how loud a voice is. */
export const PEAKS_PER_SECOND = 10;
/** Enough to see how loud it is; decoding resamples to it. */
const RATE = 8000;
const SAMPLES_PER_PEAK = RATE / PEAKS_PER_SECOND;
const LOUDEST = 255;

/** How loud each voice is over the time, each value from 0 to 255. */
export interface Peaks {
  /** One: both voices together. Two: the customer's, then the agent's, or the two channels of one file. */
  voices: readonly Uint8Array[];
  seconds: number;
}

/** Peaks as they are stored: the number of voices, then each. */
export function packPeaks({ voices }: Peaks): Uint8Array<ArrayBuffer> {
  const length = Math.max(0, ...voices.map((voice) => voice.length));
  const packed = new Uint8Array(1 + voices.length * length);
  packed[0] = voices.length;
  for (const [n, voice] of voices.entries()) packed.set(voice, 1 + n * length);
  return packed;
}

/** Undefined if they are not what `packPeaks` made. */
export function unpackPeaks(packed: Uint8Array): readonly Uint8Array[] | undefined {
  const [count = 0] = packed;
  const length = (packed.length - 1) / count;
  if (count < 1 || count > 2 || !Number.isInteger(length)) return undefined;
  return Array.from({ length: count }, (_, n) =>
    packed.subarray(1 + n * length, 1 + (n + 1) * length),
  );
}

/**
 * Decodes a recording piece by piece and measures it. The customer's track comes first, if there are two; the channels of
 * one track stay in their order.
 */
export async function measure(
  tracks: readonly DecodedTrack[],
  signal: AbortSignal,
): Promise<Peaks> {
  const measured: Uint8Array<ArrayBuffer>[][] = [];
  for (const track of tracks) measured.push(await measureTrack(track, signal));
  const [first = []] = measured;
  const voices = measured.length > 1 ? measured.flatMap(([one]) => one ?? []) : first;
  const longest = Math.max(0, ...voices.map(({ length }) => length));
  return {
    voices: voices.map((voice) => stretched(voice, longest)),
    seconds: longest / PEAKS_PER_SECOND,
  };
}

/** @returns the peaks of each channel */
async function measureTrack(
  track: DecodedTrack,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const levels = new Levels();
  for await (const part of decoded(track, RATE, signal)) levels.add(part);
  return levels.all();
}

/** How loud the channels of a track are. */
class Levels {
  readonly #channels: number[][] = [];

  add({ at, sound }: DecodedPart): void {
    const begins = Math.round(at * PEAKS_PER_SECOND);
    for (let n = 0; n < Math.min(2, sound.numberOfChannels); n++) {
      const levels = (this.#channels[n] ??= []);
      const samples = sound.getChannelData(n);
      for (let from = 0; from < samples.length; from += SAMPLES_PER_PEAK) {
        const place = begins + from / SAMPLES_PER_PEAK;
        const level = loudness(samples.subarray(from, from + SAMPLES_PER_PEAK));
        levels[place] = Math.max(levels[place] ?? 0, level);
      }
    }
  }

  all(): Uint8Array<ArrayBuffer>[] {
    return this.#channels.map((levels) => Uint8Array.from(levels, (level = 0) => level));
  }
}

/** From 0 to 255; the root makes quiet speech visible. */
function loudness(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return Math.min(LOUDEST, Math.round(Math.sqrt(peak) * LOUDEST));
}

function stretched(voice: Uint8Array, length: number): Uint8Array {
  if (voice.length === length) return voice;
  const longer = new Uint8Array(length);
  longer.set(voice);
  return longer;
}
