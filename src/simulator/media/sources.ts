import { readFileSync } from 'node:fs';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { FRAME_SAMPLES, OpusCodec, SAMPLE_RATE } from '../../opus/codec.ts';

/** What a customer sends. */
export type Voice =
  | { kind: 'talk' }
  | { kind: 'tone'; hz: number }
  | { kind: 'echo' }
  | { kind: 'silent' };

/** Returns one 20 ms Opus payload per tick; undefined means nothing is sent for that tick. */
export interface AudioSource {
  next(): Buffer | undefined;
  /** An Opus payload that the customer heard. */
  hear(payload: Buffer): void;
  close(): void;
}

/** A third of full scale: loud enough to measure through loss, with room for a mixer. */
export const TONE_AMPLITUDE = 0.33 * 32_767;
/**
 * Echoed audio older than this many packets is dropped, so that a burst does not become lasting
 * delay.
 */
const ECHO_PACKETS = 10;
const FALLBACK_HZ = 440;

/**
 * `speechFile` is in the 20 ms packet format of `readOpus20`; without the file a talker hums a
 * tone.
 */
export function openSource(voice: Voice, speechFile: string): AudioSource {
  switch (voice.kind) {
    case 'talk': {
      const packets = readOpus20(speechFile);
      return packets.length > 0 ? clip(packets) : tone(FALLBACK_HZ);
    }
    case 'tone':
      return tone(voice.hz);
    case 'echo':
      return echo();
    case 'silent':
      return { next: () => undefined, hear: () => undefined, close: () => undefined };
    default:
      return assertNever(voice, 'voice');
  }
}

/**
 * Reads a speech clip: for each 20 ms packet a big-endian 16-bit length and that many bytes of
 * Opus.
 */
export function readOpus20(file: string): Buffer[] {
  let data: Buffer;
  try {
    data = readFileSync(file);
  } catch {
    return [];
  }
  const packets: Buffer[] = [];
  for (let at = 0; at + 2 <= data.length;) {
    const length = data.readUInt16BE(at);
    packets.push(data.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return packets;
}

function clip(packets: readonly Buffer[]): AudioSource {
  let at = 0;
  return {
    next: () => packets[at++ % packets.length],
    hear: () => undefined,
    close: () => undefined,
  };
}

function tone(hz: number): AudioSource {
  const codec = new OpusCodec();
  let sample = 0;
  return {
    next() {
      const frame = new Int16Array(FRAME_SAMPLES);
      for (let i = 0; i < FRAME_SAMPLES; i++, sample++) {
        frame[i] = Math.round(TONE_AMPLITUDE * Math.sin((2 * Math.PI * hz * sample) / SAMPLE_RATE));
      }
      return codec.encode(frame);
    },
    hear: () => undefined,
    close: () => codec.close(),
  };
}

function echo(): AudioSource {
  const heard: Buffer[] = [];
  return {
    next: () => heard.shift(),
    hear(payload) {
      heard.push(Buffer.from(payload));
      if (heard.length > ECHO_PACKETS) heard.shift();
    },
    close: () => undefined,
  };
}
