import { createHash, randomInt } from 'node:crypto';
import type { Call } from '../calls/call.ts';
import { durationSeconds } from '../calls/call.ts';
import type { World } from '../providers.ts';
import { recordingFile } from '../media/ogg.ts';

interface MediaFile {
  id: string;
  what: 'audio' | 'transcript';
  type: string;
  content: Buffer;
  sha256: string;
}

/**
 * Recordings and transcripts of a number's calls (docs/providers/meta.md#recording): made after the
 * call, fetched by id.
 */
export class Recordings {
  readonly #wanted = new Map<string, { audio: boolean; transcript: boolean }>();
  readonly #files = new Map<string, MediaFile>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** The business requested them with its connect or accept. */
  want(callId: string, what: { audio: boolean; transcript: boolean }): void {
    if (what.audio || what.transcript) this.#wanted.set(callId, what);
  }

  /** Makes the files requested for an ended call; none if it was never picked up. */
  make(call: Call): readonly MediaFile[] {
    const seconds = durationSeconds(call);
    const wanted = this.#wanted.get(call.id);
    if (seconds === undefined || !wanted) return [];
    this.#wanted.delete(call.id);
    const { sends } = call.customer.behaviour;
    const made: MediaFile[] = [];
    if (wanted.audio) {
      const content = recordingFile(sends, this.#world.speechFile, seconds);
      made.push(file('audio', 'audio/ogg; codecs=opus', content));
    }
    if (wanted.transcript) {
      const said = [
        segmentOf(1, 'Business', seconds * 0.1, 'How can I help you?'),
        segmentOf(2, 'Customer', seconds * 0.5, 'Has my order left yet?'),
      ];
      const text = said.map((one) => `[${one.speaker}] ${one.text}`).join(' ');
      const lines = JSON.stringify({
        metadata: {
          processed_at: new Date().toISOString(),
          audio: { duration: seconds, sample_rate: 48_000, channels: 1, audio_format: 'mono' },
        },
        transcript: { text, language: 'en', duration: seconds, confidence: 1, segments: said },
      });
      made.push(file('transcript', 'application/json', Buffer.from(lines)));
    }
    for (const one of made) this.#files.set(one.id, one);
    return made;
  }

  find(mediaId: string): MediaFile | undefined {
    return this.#files.get(mediaId);
  }

  /** Where a file is fetched, with the same token as everything else. */
  url(mediaId: string): string {
    return `${this.#world.baseUrl}/whatsapp_business/attachments/?mid=${mediaId}`;
  }
}

function segmentOf(id: number, speaker: 'Business' | 'Customer', start: number, text: string) {
  const end = start + text.length * 0.05;
  const channel = speaker === 'Business' ? 0 : 1;
  return { id, speaker, channel, start, end, text, confidence: 1, words: [] };
}

function file(what: MediaFile['what'], type: string, content: Buffer): MediaFile {
  const id = String(randomInt(1e14, 2 ** 48 - 1));
  return { id, what, type, content, sha256: createHash('sha256').update(content).digest('hex') };
}
