import { OggOpusStream } from '../../../shared/lib/ogg-opus.ts';
import { CLOCK_RATE, FRAME_UNITS } from '../rtp.ts';

/** One silent mono frame of 20 ms (RFC 6716 3.1, full-band CELT without energy). */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const PER_MS = CLOCK_RATE / 1000;
/** How long packets may overtake each other, in ms. */
const REORDER_MS = 200;
/** A stream whose timestamps are this far from the clock has begun anew, in ms. */
const ASTRAY_MS = 400;
/** A shorter gap is concealed by the decoder, a longer one is silence, in packets of 20 ms. */
const MOST_CONCEALED = 5;

/** One side of a call as a growing Ogg Opus file: packets as they came, at the time at which they came. */
export class OpusTrack {
  /** By a clock that nobody can set, in ms. */
  readonly #startedMs: number;
  readonly #file = new OggOpusStream();
  #waiting: { at: number; bytes: Buffer }[] = [];
  #anchor: { timestamp: number; at: number } | undefined;
  #lastToc: number | undefined;
  #isBegun = false;

  constructor(startedMs: number) {
    this.#startedMs = startedMs;
  }

  /** A packet of the stream; it may be late, repeated, or of another stream than the one before. */
  take(payload: Buffer, timestamp: number, nowMs: number): void {
    const expected = Math.max(0, (nowMs - this.#startedMs) * PER_MS);
    const anchor = this.#anchor;
    // The difference of two RTP timestamps, which wrap.
    let at = anchor ? anchor.at + ((timestamp - anchor.timestamp) | 0) : expected;
    const isAstray = Math.abs(at - expected) > ASTRAY_MS * PER_MS;
    if (isAstray) at = expected;
    if (!anchor || isAstray || at > anchor.at) this.#anchor = { timestamp, at };
    // The buffer is the socket's.
    this.#waiting.push({ at, bytes: Buffer.from(payload) });
  }

  /** The next bytes of the file, up to now but for what may still be overtaken; undefined for none. */
  flush(nowMs: number, isLast = false): { atMs: number; bytes: Uint8Array } | undefined {
    const until = (nowMs - this.#startedMs - (isLast ? 0 : REORDER_MS)) * PER_MS;
    const begins = this.#file.samples;
    const packets: { bytes: Uint8Array; samples: number }[] = [];
    let at = begins;
    const add = (bytes: Uint8Array, samples: number) => {
      packets.push({ bytes, samples });
      at += samples;
    };
    const due = this.#waiting.filter((one) => one.at < until).sort((a, b) => a.at - b.at);
    this.#waiting = this.#waiting.filter((one) => one.at >= until);
    for (const packet of due) {
      const samples = samplesOf(packet.bytes);
      // Repeated, or too late. The grid of the file is not that of the stream, so half a packet is no gap.
      if (samples === undefined || packet.at < at - samples / 2) continue;
      const missing = Math.round((packet.at - at) / FRAME_UNITS);
      const filler = missing <= MOST_CONCEALED ? this.#concealed(samples) : undefined;
      for (let n = 0; n < missing; n++) add(filler ?? SILENCE, FRAME_UNITS);
      add(packet.bytes, samples);
      this.#lastToc = packet.bytes[0];
    }
    const silent = Math.floor((until - at) / FRAME_UNITS);
    for (let n = 0; n < silent; n++) add(SILENCE, FRAME_UNITS);
    if (packets.length === 0) return undefined;
    const pages = this.#file.pages(packets);
    const bytes = this.#isBegun ? pages : Buffer.concat([OggOpusStream.head(1), pages]);
    this.#isBegun = true;
    return { atMs: begins / PER_MS, bytes };
  }

  /** A lost packet, in the words of the stream: its first byte and an empty frame (RFC 7845 4.1). */
  #concealed(samples: number): Uint8Array | undefined {
    if (this.#lastToc === undefined || samples !== FRAME_UNITS) return undefined;
    return Uint8Array.of(this.#lastToc & 0xfc);
  }
}

/** Samples of a frame by the packet's first byte, at 48 kHz (RFC 6716 3.1, table 2). */
function frameSamples(toc: number): number {
  const config = toc >> 3;
  if (config < 12) return [480, 960, 1920, 2880][config % 4] ?? 0;
  return config < 16 ? 480 << (config % 2) : 120 << (config % 4);
}

/** How long a packet plays, in samples at 48 kHz; undefined if it is none. */
export function samplesOf(packet: Uint8Array): number | undefined {
  const [toc, count = 0] = packet;
  if (toc === undefined) return undefined;
  const frames = [1, 2, 2, count & 0x3f][toc & 3] ?? 0;
  const samples = frames * frameSamples(toc);
  // RFC 6716 3.4: a packet has at most 120 ms.
  return samples === 0 || samples > 5760 ? undefined : samples;
}
