import { OPUS_RATE, OggOpusStream } from '../shared/lib/ogg-opus.ts';
import { OPUS_SILENCE, OPUS_SILENCE_SAMPLES, opusSamples } from '../shared/lib/opus-packet.ts';
import type { RecordingTrack } from '../shared/recording/model.ts';
import { WebmReader } from './webm.ts';

/** What every playable track is. */
export const PLAYABLE_TYPE = 'audio/ogg; codecs=opus';
const PER_MS = OPUS_RATE / 1000;
/** A shorter gap is how recorders count, in ms. */
const GAP_MS = 60;

interface Packet {
  bytes: Uint8Array;
  samples: number;
}

/**
 * A track of a recording as a file that can be played from any place: Ogg Opus, which begins when the recording does.
 * A browser's recorder writes WebM, in which nothing can be found; its packets are put into pages as they are.
 */
export class PlayableTrack {
  readonly #webm: WebmReader | undefined;
  readonly #file = new OggOpusStream();
  readonly #ogg = new OggEnd();
  #isBegun = false;
  /** What is added to the times of the packets, in ms. */
  #offsetMs = 0;

  constructor({ type }: Pick<RecordingTrack, 'type'>) {
    this.#webm = type.startsWith('audio/webm') ? new WebmReader() : undefined;
  }

  /** How long it plays so far. */
  get seconds(): number {
    return this.#webm ? this.#file.samples / OPUS_RATE : this.#ogg.seconds;
  }

  /** The next bytes of the track. @returns the next bytes of the file; may be none */
  add(atMs: number, part: Uint8Array): Uint8Array {
    if (!this.#webm) {
      this.#isBegun = true;
      this.#ogg.add(part);
      return part;
    }
    const packets: Packet[] = [];
    let samples = this.#file.samples;
    for (const { atMs: packetMs, bytes } of this.#webm.add(part)) {
      const length = opusSamples(bytes);
      if (length === undefined) continue;
      if (!this.#isBegun && packets.length === 0) this.#offsetMs = atMs - packetMs;
      const begins = (packetMs + this.#offsetMs) * PER_MS;
      // What was not recorded is silence.
      const missing = begins - samples;
      if (missing > GAP_MS * PER_MS) {
        const count = Math.floor(missing / OPUS_SILENCE_SAMPLES);
        for (let n = 0; n < count; n++) {
          packets.push({ bytes: OPUS_SILENCE, samples: OPUS_SILENCE_SAMPLES });
        }
        samples += count * OPUS_SILENCE_SAMPLES;
      }
      packets.push({ bytes, samples: length });
      samples += length;
    }
    if (packets.length === 0) return new Uint8Array();
    const head = this.#isBegun ? [] : [OggOpusStream.head(1)];
    this.#isBegun = true;
    // A page should have at most a second.
    return Buffer.concat([...head, ...inSeconds(packets).map((some) => this.#file.pages(some))]);
  }
}

function inSeconds(packets: readonly Packet[]): Packet[][] {
  const all: Packet[][] = [];
  let samples = Infinity;
  for (const packet of packets) {
    if (samples + packet.samples > OPUS_RATE) {
      all.push([]);
      samples = 0;
    }
    all.at(-1)?.push(packet);
    samples += packet.samples;
  }
  return all;
}

/** How far an Ogg file that is written elsewhere has come: the position of its last page. */
class OggEnd {
  #rest = Buffer.alloc(0);
  seconds = 0;

  add(part: Uint8Array): void {
    const bytes = Buffer.concat([this.#rest, part]);
    let at = bytes.indexOf('OggS');
    let last = 0;
    while (at >= 0 && at + 14 <= bytes.length) {
      const granule = Number(bytes.readBigInt64LE(at + 6));
      if (granule > 0) this.seconds = granule / OPUS_RATE;
      last = at + 14;
      at = bytes.indexOf('OggS', last);
    }
    this.#rest = bytes.subarray(Math.max(last, bytes.length - 13));
  }
}
