import { assertNever } from '../../shared/lib/assert-never.ts';
import { OpusCodec, SAMPLE_RATE } from '../../opus/codec.ts';
import { readOpus20, TONE_AMPLITUDE, type Voice } from '../media/sources.ts';

/** Returns one frame of PCM16 per tick; undefined means nothing is sent for that tick. */
export interface PcmSource {
  next(): Int16Array | undefined;
  /** Samples that the customer heard. */
  hear(samples: Int16Array): void;
}

/** Echoed audio older than this is dropped, so that a burst does not become lasting delay. */
const ECHO_MS = 200;
const FALLBACK_HZ = 440;

/**
 * What a customer says, at any rate that divides 48 kHz. `speechFile` is in the packet format of
 * `readOpus20`.
 */
export function openPcmSource(
  voice: Voice,
  { sampleRate, frameMs }: { sampleRate: number; frameMs: number },
  speechFile: string,
): PcmSource {
  const size = Math.round((sampleRate * frameMs) / 1000);
  switch (voice.kind) {
    case 'talk': {
      const speech = readSpeech(speechFile, sampleRate);
      return speech.length >= size ? clip(speech, size) : tone(FALLBACK_HZ, sampleRate, size);
    }
    case 'tone':
      return tone(voice.hz, sampleRate, size);
    case 'echo':
      return echo(size, (sampleRate * ECHO_MS) / 1000);
    case 'silent':
      return { next: () => undefined, hear: () => undefined };
    default:
      return assertNever(voice, 'voice');
  }
}

function tone(hz: number, sampleRate: number, size: number): PcmSource {
  let sample = 0;
  return {
    next: () =>
      Int16Array.from({ length: size }, () =>
        Math.round(TONE_AMPLITUDE * Math.sin((2 * Math.PI * hz * sample++) / sampleRate)),
      ),
    hear: () => undefined,
  };
}

function clip(speech: Int16Array, size: number): PcmSource {
  let at = 0;
  return {
    next() {
      const frame = speech.slice(at, at + size);
      at = at + 2 * size > speech.length ? 0 : at + size;
      return frame;
    },
    hear: () => undefined,
  };
}

function echo(size: number, limit: number): PcmSource {
  let heard: number[] = [];
  return {
    next() {
      if (heard.length < size) return undefined;
      const frame = Int16Array.from(heard.slice(0, size));
      heard = heard.slice(size);
      return frame;
    },
    hear(samples) {
      heard = [...heard, ...samples].slice(-limit);
    },
  };
}

/** The decoded clip, downsampled by averaging: good enough for a voice that is only listened to. */
function readSpeech(file: string, sampleRate: number): Int16Array {
  const codec = new OpusCodec();
  const step = SAMPLE_RATE / sampleRate;
  const out: number[] = [];
  for (const packet of readOpus20(file)) {
    const samples = codec.decode(packet) ?? new Int16Array(0);
    for (let at = 0; at + step <= samples.length; at += step) {
      const part = samples.subarray(Math.floor(at), Math.floor(at + step));
      out.push(Math.round(part.reduce((sum, one) => sum + one, 0) / part.length));
    }
  }
  codec.close();
  return Int16Array.from(out);
}
