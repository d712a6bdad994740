import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { encode, FRAME, RATE, writeOpus20 } from './opus20.mjs';
import { level, MALLET, PAD, pitch, play, resample } from './synth.mjs';
import { readWav } from './wav.mjs';

/** What the simulated customer says, with a pause after each line. */
const LINES = [
  'Hello, this is Ana Souza.',
  'I am calling about order nine nine one.',
  'It was due on Monday, and it is not here yet.',
  'Could you tell me where it is?',
];
const PAUSE_SECONDS = 0.45;
/**
 * Silence at the end, so that the customer seems to wait for an answer before a loop starts over.
 */
const TAIL_SECONDS = 1;

/** What a customer hears before their call is recorded, by language, and the voice that says it. */
const RECORDED = {
  en: { voice: 'en-us+f3', text: 'This call is recorded.' },
  'pt-BR': { voice: 'pt-br+f3', text: 'Esta chamada está sendo gravada.' },
  es: { voice: 'es-419+f3', text: 'Esta llamada se está grabando.' },
  id: { voice: 'id+f3', text: 'Panggilan ini direkam.' },
  ar: { voice: 'ar+f3', text: 'هٰذِهِ المُكالَمَةُ مُسَجَّلَةٌ.' },
};

/**
 * One line spoken by espeak-ng, at 48 kHz, with surrounding silence trimmed.
 * @param {string} text
 * @param {string} [voice]
 * @returns {Float64Array}
 */
function speak(text, voice = 'en-us+f3') {
  const wav = execFileSync('espeak-ng', ['-v', voice, '-s', '158', '-p', '48', '--stdout', text], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { rate, samples } = readWav(wav);
  const loud = (/** @type {number} */ sample) => Math.abs(sample) > 0.005;
  const spoken = samples.slice(samples.findIndex(loud), samples.findLastIndex(loud) + 1);
  return resample(spoken, rate, RATE);
}

/** @returns {Float64Array} everything the customer says, with its pauses */
function customer() {
  const pause = new Float64Array(PAUSE_SECONDS * RATE);
  const parts = [pause, ...LINES.flatMap((text) => [speak(text), pause])];
  const length = parts.reduce((sum, part) => sum + part.length, TAIL_SECONDS * RATE);
  const track = new Float64Array(Math.ceil(length / FRAME) * FRAME);
  let at = 0;
  for (const part of parts) {
    track.set(part, at);
    at += part.length;
  }
  return level(track, -6);
}

/**
 * @param {{ voice: string; text: string }} line
 * @returns {Float64Array} a line with a short silence before and after it, in whole packets
 */
function announcement({ voice, text }) {
  const spoken = speak(text, voice);
  const around = 0.2 * RATE;
  const track = new Float64Array(Math.ceil((spoken.length + 2 * around) / FRAME) * FRAME);
  track.set(spoken, around);
  return level(track, -6);
}

/**
 * Twelve seconds of hold music of our own: four bars of one chord each on a pad, with a slow broken
 * chord over it. Notes that ring past the end are mixed in at the start, so it loops.
 */
function holdMusic() {
  const bar = 3;
  const beat = bar / 8;
  const chords = [
    [48, 55, 64, 71], // C major 7
    [45, 57, 60, 67], // A minor 7
    [53, 57, 60, 64], // F major 7
    [55, 59, 62, 64], // G 6
  ];
  /** The chord note on each half beat, an octave up from 4 on; null rests. */
  const melody = [4, null, 6, 7, null, 6, 5, null];
  const track = new Float64Array(chords.length * bar * RATE);
  chords.forEach((chord, i) => {
    for (const note of chord) {
      play(track, RATE, { voice: PAD, hz: pitch(note), at: i * bar, seconds: bar + 1, gain: 0.3 });
    }
    melody.forEach((step, j) => {
      if (step === null) return;
      const hz = pitch(chord[step % 4] + (step < 4 ? 0 : 12));
      play(track, RATE, { voice: MALLET, hz, at: i * bar + j * beat, seconds: 1.2, gain: 0.5 });
    });
  });
  return level(track, -12);
}

/**
 * The packets of a loop, encoded as on its second time round rather than from a cold start, so that
 * the seam is inaudible.
 * @param {Float64Array} samples
 * @param {{ bitrate: number; music?: boolean }} options
 */
function encodeLoop(samples, options) {
  const twice = new Float64Array(samples.length * 2);
  twice.set(samples);
  twice.set(samples, samples.length);
  const packets = encode(twice, options);
  return packets.slice(packets.length / 2);
}

/**
 * Writes the customer's side of a simulated call. Without espeak-ng, the existing speech is kept.
 * @param {string} directory the project's `resources`
 * @returns {boolean} whether the speech was made
 */
export function makeSpeech(directory) {
  const folder = join(directory, 'speech');
  mkdirSync(folder, { recursive: true });
  const silence = new Float64Array(FRAME * 5);
  writeOpus20(join(folder, 'silence.opus20'), encodeLoop(silence, { bitrate: 24000 }));
  const hold = encodeLoop(holdMusic(), { bitrate: 40000, music: true });
  writeOpus20(join(folder, 'hold.opus20'), hold);
  try {
    writeOpus20(join(folder, 'customer.opus20'), encode(customer(), { bitrate: 24000 }));
    for (const [language, line] of Object.entries(RECORDED)) {
      const packets = encode(announcement(line), { bitrate: 24000 });
      writeOpus20(join(folder, `recorded-${language}.opus20`), packets);
    }
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing) throw error;
    return false;
  }
  return true;
}
