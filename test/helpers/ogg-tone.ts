import { OpusCodec } from '../../src/opus/codec.ts';
import { writeOggOpus } from '../../src/shared/lib/ogg-opus.ts';

const RATE = 48_000;
const FRAME = 960;

/** Some seconds of a tone, as an Ogg Opus file. @param amplitude from 0 to 1 */
export function oggTone(seconds: number, amplitude: number, hz = 440): Uint8Array<ArrayBuffer> {
  return oggOf(seconds, (at) => amplitude * Math.sin(2 * Math.PI * hz * at));
}

/** Tones one after another, and silence between them, as an Ogg Opus file. @param tones from and to, in s, and the pitch in Hz */
export function oggTones(
  ...tones: readonly (readonly [from: number, to: number, hz: number])[]
): Uint8Array<ArrayBuffer> {
  const end = Math.max(...tones.map(([, to]) => to));
  return oggOf(end, (at) => {
    const tone = tones.find(([from, to]) => from <= at && at < to);
    return tone ? 0.3 * Math.sin(2 * Math.PI * tone[2] * at) : 0;
  });
}

/** @param soundAt from -1 to 1, at a time in seconds */
function oggOf(seconds: number, soundAt: (at: number) => number): Uint8Array<ArrayBuffer> {
  const codec = new OpusCodec();
  const packets = Array.from({ length: Math.round((seconds * RATE) / FRAME) }, (_, n) => {
    const samples = Int16Array.from({ length: FRAME }, (__, at) =>
      Math.round(32_767 * soundAt((n * FRAME + at) / RATE)),
    );
    return Uint8Array.from(codec.encode(samples));
  });
  codec.close();
  const samples = packets.length * FRAME;
  return writeOggOpus({ packets, samplesPerPacket: FRAME, channels: 1, preSkip: 0, samples });
}
