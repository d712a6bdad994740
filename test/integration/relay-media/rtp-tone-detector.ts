import type { RtpPacket } from 'werift';
import { OpusCodec, SAMPLE_RATE } from '../../../src/opus/codec.ts';
import { measureTone } from '../../../src/simulator/media/tone.ts';

/** One packet that arrived, decoded. `hz` is undefined for silence. */
export interface Frame {
  atMs: number;
  ssrc: number;
  sequence: number;
  timestamp: number;
  marker: boolean;
  hz: number | undefined;
}

/** Tones closer than this count as one: frames of 20 ms have a resolution of some 90 Hz. */
const TOLERANCE_HZ = 60;
/** Consecutive frames that make "is heard now". */
const STEADY_FRAMES = 5;

/** Decodes one RTP stream and lets a test wait for a tone. */
export class RtpToneDetector {
  readonly frames: Frame[] = [];
  private readonly codec = new OpusCodec();
  private recent: Int16Array[] = [];
  private readonly waiting = new Set<() => void>();

  take({ header, payload }: RtpPacket): void {
    const samples = this.codec.decode(payload);
    if (!samples) throw new Error('undecodable packet');
    this.recent = [...this.recent, samples].slice(-STEADY_FRAMES);
    this.frames.push({
      atMs: performance.now(),
      ssrc: header.ssrc,
      sequence: header.sequenceNumber,
      timestamp: header.timestamp,
      marker: header.marker,
      hz: measureTone(samples, SAMPLE_RATE).hz,
    });
    for (const check of this.waiting) check();
  }

  /** Resolves once `is` holds, checked at every frame from now on. */
  until(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!is()) return;
        this.waiting.delete(check);
        resolve();
      };
      this.waiting.add(check);
      check();
    });
  }

  /** Resolves when the last frames all have one tone; returns when the first of them arrived. */
  async hears(hz: number): Promise<number> {
    await this.until(() => this.steady((frame) => isTone(frame, hz)));
    return this.frames.at(-STEADY_FRAMES)?.atMs ?? NaN;
  }

  /** Resolves when the last frames all have each of the tones: voices that are mixed. */
  async hearsMix(...tones: number[]): Promise<void> {
    await this.until(
      () =>
        this.recent.length === STEADY_FRAMES &&
        this.recent.every((samples) => tones.every((hz) => shareOf(samples, hz) > 0.1)),
    );
  }

  /**
   * Resolves when the last frames are audible and have none of the given tones: speech, or hold
   * music.
   */
  async hearsOther(...than: number[]): Promise<void> {
    await this.until(() =>
      this.steady((frame) => frame.hz !== undefined && than.every((hz) => !isTone(frame, hz))),
    );
  }

  async hearsSilence(): Promise<void> {
    await this.until(() => this.steady((frame) => frame.hz === undefined));
  }

  /** Resolves after that many more frames. */
  async more(count: number): Promise<Frame[]> {
    const from = this.frames.length;
    await this.until(() => this.frames.length >= from + count);
    return this.frames.slice(from);
  }

  /** Time from the last frame of one tone to the first of a later one, ms. */
  gapMs(from: number | 'any', to: number, since = 0): number {
    const start = this.frames.findIndex(
      (frame, index) => index >= since && isTone(frame, to) && index > 0,
    );
    const before = this.frames
      .slice(0, start)
      .findLast((frame) => (from === 'any' ? frame.hz !== undefined : isTone(frame, from)));
    const first = this.frames[start];
    return first && before ? first.atMs - before.atMs : NaN;
  }

  /** The most by which a timestamp ran ahead of the real time since the previous packet, ms. */
  worstJumpMs(): number {
    const ahead = this.frames.slice(1).map(({ atMs, timestamp }, index) => {
      const before = this.frames[index];
      if (!before) return 0;
      return ((timestamp - before.timestamp) | 0) / (SAMPLE_RATE / 1000) - (atMs - before.atMs);
    });
    return Math.max(0, ...ahead);
  }

  close(): void {
    this.waiting.clear();
    this.codec.close();
  }

  private steady(is: (frame: Frame) => boolean): boolean {
    const last = this.frames.slice(-STEADY_FRAMES);
    return last.length === STEADY_FRAMES && last.every(is);
  }
}

/** A tone's share of the samples' power (Goertzel); some 0.5 for each of two equal ones. */
function shareOf(samples: Int16Array, hz: number): number {
  const step = (2 * Math.PI * hz) / SAMPLE_RATE;
  let [re, im, power] = [0, 0, 0];
  for (const [at, sample] of samples.entries()) {
    re += sample * Math.cos(step * at);
    im += sample * Math.sin(step * at);
    power += sample ** 2;
  }
  return power === 0 ? 0 : (2 * (re ** 2 + im ** 2)) / (samples.length * power);
}

export const isTone = ({ hz }: Frame, wanted: number): boolean =>
  hz !== undefined && Math.abs(hz - wanted) < TOLERANCE_HZ;
