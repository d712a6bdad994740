import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { OpusCodec } from '../../../opus/codec.ts';
import { oggOpusPackets } from '../../../shared/lib/ogg-opus.ts';
import { FRAME_MS, FRAME_UNITS } from '../rtp.ts';
import { samplesOf } from './opus-track.ts';

/** What an admin's own announcement must be. */
const SHORTEST_MS = 500;
const LONGEST_MS = 30_000;
/** Loudness over all of it, in dB below full scale: what is outside would not be understood. */
const QUIETEST_DB = -40;
const LOUDEST_DB = -6;

type OwnAnnouncement =
  | { ok: true; packets: readonly Buffer[]; sha256: string }
  | { ok: false; why: string };

/** Reads an announcement of an admin's own, which is played to customers in place of ours; `why` is for the admin. */
export function readAnnouncement(path: string): OwnAnnouncement {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch {
    return { ok: false, why: `the file ${path} cannot be read` };
  }
  const packets = oggOpusPackets(file)?.map((packet) => Buffer.from(packet));
  if (!packets) return { ok: false, why: `${path} is no Ogg Opus file` };
  if (packets.some((packet) => samplesOf(packet) !== FRAME_UNITS)) {
    return {
      ok: false,
      why: `${path} must have packets of 20 ms, e.g. what "ffmpeg -i IN -ac 1 -c:a libopus -frame_duration 20 OUT.ogg" writes`,
    };
  }
  const ms = packets.length * FRAME_MS;
  if (ms < SHORTEST_MS || ms > LONGEST_MS) {
    return { ok: false, why: `${path} plays ${ms / 1000} s, and must play 0.5 to 30 s` };
  }
  const loudness = loudnessOf(packets);
  if (loudness === undefined) return { ok: false, why: `${path} cannot be played` };
  if (loudness < QUIETEST_DB || loudness > LOUDEST_DB) {
    const is = `${Math.round(loudness)} dBFS`;
    return {
      ok: false,
      why: `${path} is too ${loudness < QUIETEST_DB ? 'quiet' : 'loud'} (${is})`,
    };
  }
  return { ok: true, packets, sha256: createHash('sha256').update(file).digest('hex') };
}

/** @returns undefined if a packet is no Opus */
function loudnessOf(packets: readonly Buffer[]): number | undefined {
  const codec = new OpusCodec();
  try {
    let squares = 0;
    let count = 0;
    for (const packet of packets) {
      const samples = codec.decode(packet);
      if (!samples) return undefined;
      for (const sample of samples) squares += (sample / 32_768) ** 2;
      count += samples.length;
    }
    return 10 * Math.log10(squares / count);
  } finally {
    codec.close();
  }
}
