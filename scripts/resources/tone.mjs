import { level } from './synth.mjs';
import { writeWav } from './wav.mjs';

const RATE = 48000;

/**
 * Writes a steady test tone (mono PCM16 48 kHz WAV, -12 dBFS) to stand in for a microphone. Its
 * length is rounded to whole periods, so that looping it makes no click.
 * @param {string} path
 * @param {number} hz
 * @param {number} seconds
 */
export function writeTone(path, hz, seconds) {
  const periods = Math.max(1, Math.round(hz * seconds));
  const samples = new Float64Array(Math.round((periods * RATE) / hz));
  samples.forEach((_, i) => (samples[i] = Math.sin((2 * Math.PI * periods * i) / samples.length)));
  writeWav(path, RATE, level(samples, -12));
}
