import type { RecordingView, SplitVoices } from '../../../shared/ipc/recordings.ts';
import { soundAddress } from '../../../shared/ipc/sounds.ts';
import { OPUS_RATE } from '../../../shared/lib/ogg-opus.ts';
import { OpusFile } from '../opus-file.ts';
import { decoded } from './decode.ts';
import { cutterFor } from './pieces.ts';

/** Speech needs no more; an hour has 11 MB. */
const BITS_PER_SECOND = 24_000;
/** A file that cannot be cut is in memory as a whole once it is decoded: 23 MB a minute. */
const MOST_WHOLE_SECONDS = 600;
/** Longer than any call; a damaged file may claim more. */
const LONGEST_SECONDS = 12 * 3600;
/** Encoded at once, in samples. */
const STEP = 10 * OPUS_RATE;

/**
 * Splits a recording of one file into the voices of its two channels, each as a file for itself.
 *
 * The window does it because it has every decoder that the player has, and the recording is open in it: who asks for a
 * transcript looks at it.
 *
 * @returns undefined if there are no two: it is mono, both channels have the same, only one has sound, or it cannot be decoded
 */
export async function splitVoices({
  id,
  tracks,
  seconds = Infinity,
}: Pick<RecordingView, 'id' | 'tracks' | 'seconds'>): Promise<SplitVoices | undefined> {
  const [track, ...others] = tracks;
  if (track?.side !== 'both' || others.length > 0) return undefined;
  const { mime, bytes } = track;
  if (!cutterFor(mime) && seconds > MOST_WHOLE_SECONDS) return undefined;
  const first = new TimedVoice();
  const second = new TimedVoice();
  const likeness = new Likeness();
  try {
    for await (const part of decoded({ address: soundAddress(id, 0), mime, bytes }, OPUS_RATE)) {
      const { at, sound } = part;
      if (sound.numberOfChannels !== 2) return undefined;
      const left = sound.getChannelData(0);
      const right = sound.getChannelData(1);
      likeness.add(left, right);
      await Promise.all([first.add(at, left), second.add(at, right)]);
    }
    if (!likeness.areTwo) return undefined;
    return { first: await first.finish(), second: await second.finish() };
  } catch {
    // The service may know a format that this window does not.
    return undefined;
  } finally {
    first.abandon();
    second.abandon();
  }
}

/** One voice, whose parts are put where they belong. */
class TimedVoice {
  readonly #file = new OpusFile(BITS_PER_SECOND);

  /** @param at where the part begins, in seconds; what is there already is left out */
  async add(at: number, samples: Float32Array<ArrayBuffer>): Promise<void> {
    const begins = Math.round(Math.min(at, LONGEST_SECONDS) * OPUS_RATE);
    while (this.#file.samples < begins) {
      // Nothing came from a sender that was silent.
      await this.#file.add(new Float32Array(Math.min(STEP, begins - this.#file.samples)));
    }
    const known = this.#file.samples - begins;
    for (let from = known; from < samples.length; from += STEP) {
      await this.#file.add(samples.slice(from, from + STEP));
    }
  }

  finish(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#file.finish();
  }

  abandon(): void {
    this.#file.abandon();
  }
}

/** Quieter is no voice, but what a codec leaves of the other channel. */
const AUDIBLE = 0.01;
/** Two voices on one line each hear a little of the other; the same sound on both, whatever its loudness, is above. */
const MOST_ALIKE = 0.9;

/** Tells two channels with a voice each from two with the same sound: by their correlation, from 0 to 1. */
export class Likeness {
  #both = 0;
  #left = 0;
  #right = 0;
  #loudestLeft = 0;
  #loudestRight = 0;

  add(left: Float32Array, right: Float32Array): void {
    for (let at = 0; at < left.length; at++) {
      const l = left[at] ?? 0;
      const r = right[at] ?? 0;
      this.#both += l * r;
      this.#left += l * l;
      this.#right += r * r;
      this.#loudestLeft = Math.max(this.#loudestLeft, Math.abs(l));
      this.#loudestRight = Math.max(this.#loudestRight, Math.abs(r));
    }
  }

  get areTwo(): boolean {
    if (Math.min(this.#loudestLeft, this.#loudestRight) < AUDIBLE) return false;
    return Math.abs(this.#both) / Math.sqrt(this.#left * this.#right) < MOST_ALIKE;
  }
}
