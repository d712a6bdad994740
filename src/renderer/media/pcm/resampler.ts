/** Stop-band attenuation, dB. */
const STOP_DB = 70;
/** End of the pass band as a share of the lower rate's Nyquist frequency. */
const PASS = 0.88;

/**
 * Resamples a stream by a rational factor: a polyphase filter with a Kaiser-windowed sinc prototype
 * (Oppenheim & Schafer, 7.6). Delays by half the filter, about 2 ms between 48 and 16 kHz.
 */
export class Resampler {
  /** Steps of the common rate between two output samples, and between two input samples. */
  readonly #down: number;
  readonly #up: number;
  /**
   * `phases[p][k]`: weight of the input `k` samples back for an output `p` steps after an input.
   */
  readonly #phases: readonly Float32Array[];
  readonly #taps: number;
  /** The latest input, oldest first: history, then new samples. */
  #held: Float32Array;
  #filled: number;
  /** Position of the next output, in steps of the common rate after the filter's first position. */
  #at = 0;
  #out = new Float32Array(0);

  /** @param from input rate, Hz; @param to output rate, Hz; integers */
  constructor(from: number, to: number) {
    const common = greatestCommonDivisor(from, to);
    this.#up = to / common;
    this.#down = from / common;
    this.#phases = this.#up === this.#down ? [] : designFilter(from, to, this.#up);
    this.#taps = this.#phases[0]?.length ?? 1;
    this.#held = new Float32Array(this.#taps - 1 + 1024);
    this.#filled = this.#taps - 1;
  }

  /** Resamples `input`. The result is valid until the next call. */
  process(input: Float32Array): Float32Array {
    if (this.#phases.length === 0) return input;
    this.#hold(input);
    const up = this.#up;
    const down = this.#down;
    const taps = this.#taps;
    const held = this.#held;
    const wanted = Math.ceil(((this.#filled - taps + 1) * up - this.#at) / down);
    if (this.#out.length < wanted) this.#out = new Float32Array(wanted);
    let made = 0;
    for (; ; made++, this.#at += down) {
      const first = Math.floor(this.#at / up);
      if (first + taps > this.#filled) break;
      this.#out[made] = weigh(held, first + taps - 1, this.#phases[this.#at % up] ?? held);
    }
    const used = Math.floor(this.#at / up);
    held.copyWithin(0, used, this.#filled);
    this.#filled -= used;
    this.#at -= used * up;
    return this.#out.subarray(0, made);
  }

  #hold(input: Float32Array): void {
    if (this.#filled + input.length > this.#held.length) {
      const larger = new Float32Array(2 * (this.#filled + input.length));
      larger.set(this.#held.subarray(0, this.#filled));
      this.#held = larger;
    }
    this.#held.set(input, this.#filled);
    this.#filled += input.length;
  }
}

function weigh(samples: Float32Array, newest: number, weights: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += (weights[k] ?? 0) * (samples[newest - k] ?? 0);
  return sum;
}

/** The low-pass prototype at the common rate, split by phase. */
function designFilter(from: number, to: number, up: number): readonly Float32Array[] {
  const rate = from * up;
  const half = Math.min(from, to) / 2;
  const transition = (2 * Math.PI * half * (1 - PASS)) / rate;
  const perPhase = Math.ceil(((STOP_DB - 7.95) / (2.285 * transition) + 1) / up);
  const length = perPhase * up;
  const cutoff = (half * (1 + PASS)) / 2 / rate;
  const beta = 0.1102 * (STOP_DB - 8.7);
  const centre = (length - 1) / 2;
  const prototype = Float64Array.from({ length }, (_, n) => {
    const t = n - centre;
    const sinc = t === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * t) / (Math.PI * t);
    return (sinc * bessel(beta * Math.sqrt(1 - (t / (centre + 0.5)) ** 2))) / bessel(beta);
  });
  return Array.from({ length: up }, (_, phase) =>
    Float32Array.from({ length: perPhase }, (_, k) => up * (prototype[k * up + phase] ?? 0)),
  );
}

/** Modified Bessel function of the first kind and order zero, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
