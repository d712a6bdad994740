import { OPUS_RATE, writeOggOpus } from '../../shared/lib/ogg-opus.ts';
import type { Result } from '../../shared/lib/result.ts';
import { ANNOUNCEMENT_SECONDS } from '../../shared/providers/number-settings.ts';

/** A spoken announcement as WhatsApp takes it: Opus in Ogg, mono. */
export interface Announcement {
  bytes: Uint8Array<ArrayBuffer>;
  seconds: number;
}

export type AnnouncementProblem = 'unreadable' | 'tooLarge' | 'tooLong' | 'empty';

/** A minute of uncompressed stereo sound, and some. */
const MAX_FILE_BYTES = 20_000_000;
const SHORTEST_SECONDS = 0.5;
const BITS_PER_SECOND = 32_000;
const FRAME_SAMPLES = OPUS_RATE / 50;

/**
 * Converts any sound that Chromium can decode, a file or a recording. Its recorder knows WebM alone,
 * and WhatsApp takes Ogg alone, so everything is encoded anew.
 */
export async function makeAnnouncement(
  sound: Blob,
): Promise<Result<Announcement, AnnouncementProblem>> {
  if (sound.size > MAX_FILE_BYTES) return { ok: false, error: 'tooLarge' };
  // Hours of sound would fill the memory once decoded.
  if (((await announcedSeconds(sound)) ?? 0) >= ANNOUNCEMENT_SECONDS) {
    return { ok: false, error: 'tooLong' };
  }
  const samples = await decode(sound);
  if (!samples) return { ok: false, error: 'unreadable' };
  const seconds = samples.length / OPUS_RATE;
  if (seconds < SHORTEST_SECONDS) return { ok: false, error: 'empty' };
  if (seconds >= ANNOUNCEMENT_SECONDS) return { ok: false, error: 'tooLong' };
  return { ok: true, value: { bytes: await encode(samples), seconds } };
}

/** The length that the file states; undefined if it states none, as a recording. */
async function announcedSeconds(sound: Blob): Promise<number | undefined> {
  const url = URL.createObjectURL(sound);
  try {
    const player = new Audio();
    const seconds = await new Promise<number>((resolve) => {
      player.addEventListener('loadedmetadata', () => resolve(player.duration));
      player.addEventListener('error', () => resolve(NaN));
      player.src = url;
    });
    return Number.isFinite(seconds) ? seconds : undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Mono at 48 kHz; undefined if it is no sound. */
async function decode(sound: Blob): Promise<Float32Array<ArrayBuffer> | undefined> {
  const context = new OfflineAudioContext(1, 1, OPUS_RATE);
  try {
    const buffer = await context.decodeAudioData(await sound.arrayBuffer());
    const mono = new Float32Array(buffer.length);
    const channels = buffer.numberOfChannels;
    for (let channel = 0; channel < channels; channel++) {
      const part = buffer.getChannelData(channel);
      for (let at = 0; at < part.length; at++)
        mono[at] = (mono[at] ?? 0) + (part[at] ?? 0) / channels;
    }
    return mono;
  } catch {
    return undefined;
  }
}

async function encode(samples: Float32Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packets: Uint8Array[] = [];
  let preSkip = 0;
  let failure: unknown;
  const encoder = new AudioEncoder({
    output(chunk, metadata) {
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      packets.push(packet);
      const head = metadata?.decoderConfig?.description;
      if (head !== undefined) preSkip = preSkipOf(head);
    },
    error(error) {
      failure = error;
    },
  });
  encoder.configure({
    codec: 'opus',
    sampleRate: OPUS_RATE,
    numberOfChannels: 1,
    bitrate: BITS_PER_SECOND,
    opus: { frameDuration: 20_000 },
  });
  // One more frame of silence, because the encoder delays the sound by its pre-skip.
  const frames = Math.ceil(samples.length / FRAME_SAMPLES) + 1;
  const padded = new Float32Array(frames * FRAME_SAMPLES);
  padded.set(samples);
  const data = new AudioData({
    format: 'f32-planar',
    sampleRate: OPUS_RATE,
    numberOfFrames: padded.length,
    numberOfChannels: 1,
    timestamp: 0,
    data: padded,
  });
  encoder.encode(data);
  data.close();
  await encoder.flush();
  encoder.close();
  if (failure !== undefined) throw failure;
  return writeOggOpus({
    packets,
    samplesPerPacket: FRAME_SAMPLES,
    channels: 1,
    preSkip,
    samples: samples.length,
  });
}

/** From the identification header that the encoder describes its stream with (RFC 7845, 5.1). */
function preSkipOf(head: AllowSharedBufferSource): number {
  const view = ArrayBuffer.isView(head)
    ? new DataView(head.buffer, head.byteOffset, head.byteLength)
    : new DataView(head);
  return view.byteLength >= 12 ? view.getUint16(10, true) : 0;
}
