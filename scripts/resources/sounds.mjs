import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { level, MALLET, pitch, play, SOFT } from './synth.mjs';
import { writeWav } from './wav.mjs';

/** @import { Voice } from './synth.mjs' */

/** Half of 48 kHz: no sound here goes above 4 kHz, and the files are half the size. */
const RATE = 24000;

const [C5, D5, E5, G5, C6] = [72, 74, 76, 79, 84].map(pitch);

/**
 * @typedef {object} Sound
 * @property {number} seconds
 * @property {Voice} voice
 * @property {[at: number, hz: number, seconds: number, gain?: number][]} notes
 * @property {number} [dbfs] peak; -12 unless told
 */

/** @type {Record<string, Sound>} */
const SOUNDS = {
  // Two warm notes, twice, the second time softer like an answer; then silence until the loop.
  ring: {
    seconds: 3,
    voice: MALLET,
    notes: [
      [0, D5, 0.9],
      [0.2, G5, 1],
      [0.7, D5, 0.9, 0.8],
      [0.9, G5, 1.1, 0.8],
    ],
  },
  // Played into the headset over a conversation, so softer than the rest.
  'call-waiting': { seconds: 0.22, voice: SOFT, notes: [[0, C5, 0.2]], dbfs: -18 },
  connected: {
    seconds: 0.5,
    voice: MALLET,
    notes: [
      [0, G5, 0.3],
      [0.11, C6, 0.39],
    ],
  },
  ended: {
    seconds: 0.55,
    voice: MALLET,
    notes: [
      [0, G5, 0.3],
      [0.13, C5, 0.42],
    ],
  },
  // Two short taps, softer than any sound of a call.
  message: {
    seconds: 0.4,
    voice: SOFT,
    notes: [
      [0, E5, 0.15],
      [0.12, C6, 0.25],
    ],
    dbfs: -18,
  },
  // Rises and stays up, as a question does.
  offered: {
    seconds: 0.75,
    voice: MALLET,
    notes: [
      [0, C5, 0.3],
      [0.13, E5, 0.3],
      [0.26, G5, 0.49],
    ],
  },
  // Leaves a note and comes back to it.
  reverted: {
    seconds: 0.75,
    voice: MALLET,
    notes: [
      [0, E5, 0.3],
      [0.13, G5, 0.3, 0.8],
      [0.3, E5, 0.45],
    ],
  },
  // Falls twice and stays down, for something that is gone.
  unreachable: {
    seconds: 1.4,
    voice: MALLET,
    notes: [
      [0, G5, 0.35],
      [0.16, E5, 0.35],
      [0.32, C5, 0.5],
      [0.75, E5, 0.3, 0.8],
      [0.9, C5, 0.5, 0.8],
    ],
  },
  // The ringback of most European networks: 425 Hz, 1 s in every 5.
  ringback: {
    seconds: 5,
    voice: { partials: [[1, 1, 0]], attack: 0.02, release: 0.02 },
    notes: [[0, 425, 1]],
  },
};

/**
 * Writes the sounds the agent hears.
 * @param {string} directory the project's `resources`
 */
export function makeSounds(directory) {
  mkdirSync(join(directory, 'sounds'), { recursive: true });
  for (const [name, { seconds, voice, notes, dbfs = -12 }] of Object.entries(SOUNDS)) {
    const track = new Float64Array(Math.round(seconds * RATE));
    for (const [at, hz, length, gain] of notes) {
      play(track, RATE, { voice, hz, at, seconds: length, gain });
    }
    writeWav(join(directory, 'sounds', `${name}.wav`), RATE, level(track, dbfs));
  }
}
