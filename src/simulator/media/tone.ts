/** What a listener hears in an interval of sound: the loudest pitch and the level. */
export interface Heard {
  /** Strongest frequency in Hz; undefined when there is only silence. */
  hz: number | undefined;
  /** RMS level in dB relative to full scale (0 = loudest square wave; a full-scale sine is −3). */
  dbfs: number;
}

/** Below this it counts as silence: Opus turns digital silence into a few units of noise. */
export const SILENCE_DBFS = -60;

/**
 * Measures the dominant tone by a Hann-windowed FFT with parabolic interpolation: within 1 Hz for a
 * steady tone over half a second or more.
 */
export function measureTone(samples: Int16Array, sampleRate: number): Heard {
  if (samples.length === 0) return { hz: undefined, dbfs: -Infinity };
  const dbfs = levelOf(samples);
  if (dbfs < SILENCE_DBFS) return { hz: undefined, dbfs };

  const size = 2 ** Math.floor(Math.log2(samples.length));
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size);
    re[i] = (samples[samples.length - size + i] ?? 0) * window;
  }
  fft(re, im);
  const power = (bin: number) => (re[bin] ?? 0) ** 2 + (im[bin] ?? 0) ** 2;
  // From 50 Hz up: below that is only offset and codec rumble.
  let peak = Math.ceil((50 * size) / sampleRate);
  for (let bin = peak + 1; bin < size / 2; bin++) if (power(bin) > power(peak)) peak = bin;
  const [left, top, right] = [peak - 1, peak, peak + 1].map((bin) => Math.log(power(bin) + 1e-12));
  const [l, t, r] = [left ?? 0, top ?? 0, right ?? 0];
  const bend = l - 2 * t + r;
  const shift = bend === 0 ? 0 : (0.5 * (l - r)) / bend;
  return { hz: ((peak + shift) * sampleRate) / size, dbfs };
}

const STEP = 1024;
const SAME_HZ = 40;

/** How many samples at the end have this pitch, in steps of {@link STEP}, if it began once among them. */
export function lengthOfTone(samples: Int16Array, sampleRate: number, hz: number): number {
  const has = (steps: number) => {
    const from = samples.length - steps * STEP;
    const heard = measureTone(samples.subarray(from, from + STEP), sampleRate).hz;
    return heard !== undefined && Math.abs(heard - hz) < SAME_HZ;
  };
  let [known, limit] = [0, Math.floor(samples.length / STEP) + 1];
  while (limit - known > 1) {
    const middle = Math.floor((known + limit) / 2);
    if (has(middle)) known = middle;
    else limit = middle;
  }
  return known * STEP;
}

/** RMS level in dB relative to full scale. */
export function levelOf(samples: Int16Array): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return 20 * Math.log10(Math.sqrt(energy / samples.length) / 32_768);
}

/** In-place radix-2 FFT; the length must be a power of two. */
function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
      [im[i], im[j]] = [im[j] ?? 0, im[i] ?? 0];
    }
  }
  for (let length = 2; length <= n; length <<= 1) {
    const angle = (-2 * Math.PI) / length;
    for (let start = 0; start < n; start += length) {
      for (let k = 0; k < length / 2; k++) {
        const a = start + k;
        const b = a + length / 2;
        const cos = Math.cos(angle * k);
        const sin = Math.sin(angle * k);
        const reB = (re[b] ?? 0) * cos - (im[b] ?? 0) * sin;
        const imB = (re[b] ?? 0) * sin + (im[b] ?? 0) * cos;
        re[b] = (re[a] ?? 0) - reB;
        im[b] = (im[a] ?? 0) - imB;
        re[a] = (re[a] ?? 0) + reB;
        im[a] = (im[a] ?? 0) + imB;
      }
    }
  }
}
