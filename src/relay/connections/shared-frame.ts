import type { FromRelayFrame } from '../../shared/protocol/frames.ts';
import { asOf } from '../../shared/protocol/older.ts';
import { textFrame } from './text-frame.ts';

const NOTHING = Buffer.alloc(0);

/** A frame for many consoles, encoded once for each version among them. */
export class SharedFrame {
  readonly #frame: FromRelayFrame;
  readonly #encoded = new Map<number, Buffer>();

  constructor(frame: FromRelayFrame) {
    this.#frame = frame;
  }

  /** Ready to be written to consoles of this version; empty if there is nothing to tell them. */
  bytes(version: number): Buffer {
    const known = this.#encoded.get(version);
    if (known) return known;
    const encoded = this.#encode(version);
    this.#encoded.set(version, encoded);
    return encoded;
  }

  #encode(version: number): Buffer {
    const frame = asOf(version, this.#frame);
    if (!frame) return NOTHING;
    // Another version's console is sent the same bytes if the frame is no different for it.
    for (const [other, bytes] of this.#encoded) {
      if (asOf(other, this.#frame) === frame) return bytes;
    }
    return textFrame(JSON.stringify(frame));
  }
}
