/**
 * A voice is the strength of each partial of its sound, and how fast each dies away.
 * @typedef {object} Voice
 * @property {readonly (readonly [ratio: number, gain: number, decay: number])[]} partials decay is
 *   how often per second the partial falls to a third; 0 holds it
 * @property {number} attack seconds
 * @property {number} release seconds
 */

/**
 * Struck wood with a soft mallet: warm, and audible across an office.
 * @type {Voice}
 */
export const MALLET = {
  partials: [
    [1, 1, 5],
    [2, 0.3, 8],
    [3, 0.12, 12],
    [4, 0.14, 22],
  ],
  attack: 0.006,
  release: 0.08,
};

/** A plain tone with soft ends. @type {Voice} */
export const SOFT = {
  partials: [
    [1, 1, 0],
    [2, 0.12, 0],
  ],
  attack: 0.02,
  release: 0.06,
};

/** A slow pad that swells and fades. @type {Voice} */
export const PAD = {
  partials: [
    [1, 1, 0],
    [1.003, 0.6, 0],
    [2, 0.22, 0],
    [3, 0.06, 0],
  ],
  attack: 0.7,
  release: 1.2,
};

/** Half a cosine from 0 to 1: a ramp that starts and ends level, so it cannot click. */
const ease = (/** @type {number} */ t) => (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, t)))) / 2;

/** @returns {number} the frequency of a MIDI note number (69 is the A at 440 Hz) */
export const pitch = (/** @type {number} */ note) => 440 * 2 ** ((note - 69) / 12);

/**
 * Adds a note to a recording. Whatever goes past the end wraps to the start, so that a loop keeps
 * the tails of its last notes.
 * @param {Float64Array} track
 * @param {number} rate
 * @param {{ voice: Voice; hz: number; at: number; seconds: number; gain?: number }} note
 */
export function play(track, rate, { voice, hz, at, seconds, gain = 1 }) {
  const count = Math.round(seconds * rate);
  const start = Math.round(at * rate);
  for (let i = 0; i < count; i++) {
    const t = i / rate;
    const envelope = ease(t / voice.attack) * ease((seconds - t) / voice.release);
    let sample = 0;
    for (const [ratio, strength, decay] of voice.partials) {
      sample += strength * Math.exp(-decay * t) * Math.sin(2 * Math.PI * hz * ratio * t);
    }
    track[(start + i) % track.length] += sample * envelope * gain;
  }
}

/**
 * The samples, made louder or softer so that their peak is at the given level.
 * @param {Float64Array} samples
 * @param {number} dbfs
 */
export function level(samples, dbfs) {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const gain = 10 ** (dbfs / 20) / peak;
  return samples.map((sample) => sample * gain);
}

/**
 * The samples at another rate, by windowed-sinc interpolation.
 * @param {Float64Array} samples
 * @param {number} from
 * @param {number} to at least `from`
 */
export function resample(samples, from, to) {
  const reach = 24;
  return new Float64Array(Math.floor((samples.length * to) / from)).map((_, i) => {
    const at = (i * from) / to;
    let sum = 0;
    for (let k = Math.ceil(at - reach); k <= at + reach; k++) {
      const x = at - k;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      sum += (samples[k] ?? 0) * sinc * ease(1 - Math.abs(x) / reach);
    }
    return sum;
  });
}
