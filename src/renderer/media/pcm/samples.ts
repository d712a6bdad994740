/** Decodes little-endian PCM16. */
export function toFloats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from(
    { length: bytes.byteLength >> 1 },
    (_, index) => view.getInt16(2 * index, true) / 32_768,
  );
}

/** Encodes PCM16, clipping at full scale. */
export function toPcm16(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * samples.length);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, index) => {
    const value = Math.round(sample * 32_768);
    view.setInt16(2 * index, Math.max(-32_768, Math.min(32_767, value)), true);
  });
  return bytes;
}

/** Cuts samples into frames of one size. */
export class Framer {
  readonly #frame: Float32Array;
  #filled = 0;

  constructor(size: number) {
    this.#frame = new Float32Array(size);
  }

  /** The frame passed to `emit` is valid during the call only. */
  push(samples: Float32Array, emit: (frame: Float32Array) => void): void {
    for (let at = 0; at < samples.length;) {
      const part = samples.subarray(at, at + this.#frame.length - this.#filled);
      this.#frame.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < this.#frame.length) return;
      this.#filled = 0;
      emit(this.#frame);
    }
  }
}
