/** ITU-T G.711, spelled out by segments: one byte per sample at 8 kHz. */
export interface G711 {
  encode(sample: number): number;
  decode(byte: number): number;
}

const CLIP = 32_635;
const BIAS = 0x84;

/** µ-law: 14 bits into sign, segment and step, all inverted. */
export const muLaw: G711 = {
  encode(sample) {
    const sign = sample < 0 ? 0x80 : 0;
    const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
    const segment = Math.floor(Math.log2(magnitude)) - 7;
    return ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) & 0xff;
  },
  decode(byte) {
    const bits = ~byte & 0xff;
    const segment = (bits >> 4) & 7;
    const magnitude = ((((bits & 0x0f) << 3) + BIAS) << segment) - BIAS;
    return bits & 0x80 ? -magnitude : magnitude;
  },
};

/** A-law: 13 bits into sign, segment and step, every other bit inverted. */
export const aLaw: G711 = {
  encode(sample) {
    const positive = sample >= 0;
    const magnitude = Math.min(positive ? sample : -sample - 1, 32_767);
    const segment = magnitude < 256 ? 0 : Math.floor(Math.log2(magnitude)) - 7;
    const step = (magnitude >> (segment === 0 ? 4 : segment + 3)) & 0x0f;
    return ((positive ? 0x80 : 0) | (segment << 4) | step) ^ 0x55;
  },
  decode(byte) {
    const bits = byte ^ 0x55;
    const segment = (bits >> 4) & 7;
    const step = ((bits & 0x0f) << 4) + 8;
    const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
    return bits & 0x80 ? magnitude : -magnitude;
  },
};
