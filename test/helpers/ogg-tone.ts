import { OpusCodec } from '../../src/opus/codec.ts';
import { writeOggOpus } from '../../src/shared/lib/ogg-opus.ts';

const RATE = 48_000;
const FRAME = 960;

/** Some seconds of a tone, as an Ogg Opus file. @param amplitude from 0 to 1 */
export function oggTone(seconds: number, amplitude: number, hz = 440): Uint8Array {
  const codec = new OpusCodec();
  const packets = Array.from({ length: (seconds * RATE) / FRAME }, (_, n) => {
    const samples = Int16Array.from({ length: FRAME }, (__, at) =>
      Math.round(amplitude * 32_767 * Math.sin((2 * Math.PI * hz * (n * FRAME + at)) / RATE)),
    );
    return Uint8Array.from(codec.encode(samples));
  });
  codec.close();
  const samples = packets.length * FRAME;
  return writeOggOpus({ packets, samplesPerPacket: FRAME, channels: 1, preSkip: 0, samples });
}
