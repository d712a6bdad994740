/** Converts audio from and to PCM16 little-endian. */
export interface Coder {
  encode(pcm16: Buffer): Buffer;
  decode(bytes: Buffer): Buffer;
}

/*
 * ITU-T G.711 by table: the 256 values of each law are computed once from its definition, and a
 * sample is encoded as the nearest of them.
 */

/** G.711, table 2a and 2b, on the 16-bit scale: 7 bits of segment and step, inverted as a whole. */
export const muLaw: Coder = lawOf((byte) => {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 1) + 33) << ((bits >> 4) & 7)) - 33;
  return (bits & 0x80 ? -magnitude : magnitude) << 2;
});

/** G.711, table 1a and 1b, on the 16-bit scale: every other bit inverted. */
export const aLaw: Coder = lawOf((byte) => {
  const bits = byte ^ 0x55;
  const [segment, step] = [(bits >> 4) & 7, ((bits & 0x0f) << 1) + 1];
  const magnitude = segment === 0 ? step : (step + 32) << (segment - 1);
  return (bits & 0x80 ? magnitude : -magnitude) << 3;
});

function lawOf(valueOf: (byte: number) => number): Coder {
  const values = Int16Array.from({ length: 256 }, (_, byte) => valueOf(byte));
  const nearest = nearestOf(values);
  return {
    encode(pcm16) {
      const out = Buffer.allocUnsafe(pcm16.length >> 1);
      for (let n = 0; n < out.length; n++) {
        out[n] = nearest[pcm16.readInt16LE(2 * n) + 0x8000] ?? 0;
      }
      return out;
    },
    decode(bytes) {
      const out = Buffer.allocUnsafe(2 * bytes.length);
      for (let n = 0; n < bytes.length; n++) out.writeInt16LE(values[bytes[n] ?? 0] ?? 0, 2 * n);
      return out;
    },
  };
}

/** For each sample from −32,768 on, the byte with the nearest value; of two, the higher. */
function nearestOf(values: Int16Array): Uint8Array {
  const byValue = [...values.entries()].sort(([, a], [, b]) => a - b);
  const nearest = new Uint8Array(0x1_0000);
  let at = 0;
  for (let sample = -0x8000; sample < 0x8000; sample++) {
    const [byte = 0, value = 0] = byValue[at] ?? [];
    const [, next = Infinity] = byValue[at + 1] ?? [];
    if (Math.abs(next - sample) <= Math.abs(value - sample)) at++;
    nearest[sample + 0x8000] = byValue[at]?.[0] ?? byte;
  }
  return nearest;
}
