import { OPUS_RATE } from '../../shared/lib/ogg-opus.ts';
import type { Result } from '../../shared/lib/result.ts';
import { ANNOUNCEMENT_SECONDS } from '../../shared/providers/number-settings.ts';
import { OpusFile } from './opus-file.ts';

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
  const file = new OpusFile(BITS_PER_SECOND);
  await file.add(samples);
  return { ok: true, value: { bytes: await file.finish(), seconds } };
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
