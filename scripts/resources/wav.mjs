import { writeFileSync } from 'node:fs';

/**
 * Samples from -1 to 1 as little-endian 16-bit PCM.
 * @param {Float64Array} samples
 */
export function toPcm16(samples) {
  const pcm = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, i) => {
    const clipped = Math.min(1, Math.max(-1, sample));
    pcm.writeInt16LE(Math.round(clipped * 32767), i * 2);
  });
  return pcm;
}

/**
 * Writes a mono PCM16 WAV file.
 * @param {string} path
 * @param {number} rate samples per second
 * @param {Float64Array} samples from -1 to 1
 */
export function writeWav(path, rate, samples) {
  const pcm = toPcm16(samples);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16); // length of the format that follows
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.length, 40);
  writeFileSync(path, Buffer.concat([header, pcm]));
}

/**
 * Reads the samples of a mono PCM16 WAV file streamed by a speech synthesiser: the lengths in its
 * header may be unknown, so the data extends to the end of the file.
 * @param {Buffer} wav
 * @returns {{ rate: number; samples: Float64Array }}
 */
export function readWav(wav) {
  const data = wav.indexOf('data', 12, 'latin1') + 8;
  const samples = new Float64Array(Math.floor((wav.length - data) / 2));
  samples.forEach((_, i) => (samples[i] = wav.readInt16LE(data + i * 2) / 32768));
  return { rate: wav.readUInt32LE(24), samples };
}
