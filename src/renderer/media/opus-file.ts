import { OPUS_RATE, writeOggOpus } from '../../shared/lib/ogg-opus.ts';

const FRAME_SAMPLES = OPUS_RATE / 50;

/** Encodes mono sound as an Ogg Opus file, with the browser's own encoder. */
export class OpusFile {
  readonly #encoder: AudioEncoder;
  readonly #packets: Uint8Array[] = [];
  readonly #failed: Promise<never>;
  #preSkip = 0;
  #samples = 0;

  /** @param bitsPerSecond of the file */
  constructor(bitsPerSecond: number) {
    let fail: (error: unknown) => void = () => undefined;
    this.#failed = new Promise((_, reject) => (fail = reject));
    // It is looked at only where something waits.
    this.#failed.catch(() => undefined);
    this.#encoder = new AudioEncoder({
      output: (chunk, metadata) => {
        const packet = new Uint8Array(chunk.byteLength);
        chunk.copyTo(packet);
        this.#packets.push(packet);
        const head = metadata?.decoderConfig?.description;
        if (head !== undefined) this.#preSkip = preSkipOf(head);
      },
      error: fail,
    });
    this.#encoder.configure({
      codec: 'opus',
      sampleRate: OPUS_RATE,
      numberOfChannels: 1,
      bitrate: bitsPerSecond,
      opus: { frameDuration: 20_000 },
    });
  }

  /** So many samples it has, at 48 kHz. */
  get samples(): number {
    return this.#samples;
  }

  /** Resolves once the encoder has taken them, so that little waits in memory. @param samples at 48 kHz */
  async add(samples: Float32Array<ArrayBuffer>): Promise<void> {
    this.#encode(samples);
    this.#samples += samples.length;
    while (this.#encoder.encodeQueueSize > 0) {
      const taken = new Promise((resolve) =>
        this.#encoder.addEventListener('dequeue', resolve, { once: true }),
      );
      await Promise.race([taken, this.#failed]);
    }
  }

  async finish(): Promise<Uint8Array<ArrayBuffer>> {
    // One more frame of silence, because the encoder delays the sound by its pre-skip.
    const frames = Math.ceil(this.#samples / FRAME_SAMPLES) + 1;
    this.#encode(new Float32Array(frames * FRAME_SAMPLES - this.#samples));
    await Promise.race([this.#encoder.flush(), this.#failed]);
    this.#encoder.close();
    return writeOggOpus({
      packets: this.#packets,
      samplesPerPacket: FRAME_SAMPLES,
      channels: 1,
      preSkip: this.#preSkip,
      samples: this.#samples,
    });
  }

  /** What was added is not needed. */
  abandon(): void {
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  #encode(samples: Float32Array<ArrayBuffer>): void {
    if (samples.length === 0) return;
    const data = new AudioData({
      format: 'f32-planar',
      sampleRate: OPUS_RATE,
      numberOfFrames: samples.length,
      numberOfChannels: 1,
      timestamp: (this.#samples / OPUS_RATE) * 1_000_000,
      data: samples,
    });
    this.#encoder.encode(data);
    data.close();
  }
}

/** From the identification header that the encoder describes its stream with (RFC 7845, 5.1). */
function preSkipOf(head: AllowSharedBufferSource): number {
  const view = ArrayBuffer.isView(head)
    ? new DataView(head.buffer, head.byteOffset, head.byteLength)
    : new DataView(head);
  return view.byteLength >= 12 ? view.getUint16(10, true) : 0;
}
