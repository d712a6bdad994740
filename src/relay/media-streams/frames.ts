import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { maybe, number } from '../../shared/providers/fields.ts';
import { aLaw, type Coder, muLaw } from './g711.ts';

/**
 * Audio encoding: G.711 at 8 kHz, or 16-bit samples. `L16`: little-endian; `L16-BE`: RFC 3551's
 * order.
 */
export type Codec = 'PCMU' | 'PCMA' | 'L16' | 'L16-BE';

export interface StreamFormat {
  /**
   * `json`: text frames with base64 audio. `binary`: bare audio. Both are read, whatever is
   * configured.
   */
  format: 'json' | 'binary';
  codec: Codec;
  sampleRate: number;
}

/** A provider's frame. Audio is PCM16 little-endian. */
export type ProviderFrame =
  | { kind: 'sound'; pcm16: Buffer }
  /** `callIds`: ids by which the provider may know the call. */
  | { kind: 'start'; callIds: readonly string[]; codec?: Codec; sampleRate?: number }
  | { kind: 'stop' }
  | { kind: 'other' };

/** An odd text counts as missing: the call must still be known, and its sound heard. */
const text = z.string().min(1).optional().catch(undefined);
const frame = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && 'event' in value
      ? { ...value, event: String(value.event).trim().toLowerCase() }
      : value,
  z.discriminatedUnion('event', [
    z.object({
      event: z.literal('start'),
      call_id: text,
      start: maybe(
        z.object({
          call_id: text,
          call_control_id: text,
          media_format: maybe(
            z.object({
              encoding: text,
              sample_rate: maybe(number.pipe(z.int().min(8_000).max(48_000))),
            }),
          ),
        }),
      ),
    }),
    z.object({ event: z.literal('media'), media: z.object({ payload: z.string(), track: text }) }),
    z.object({ event: z.literal('stop') }),
  ]),
);

/**
 * Reads a frame of a provider's media stream. The JSON is that of Telnyx's media streaming, on
 * which Zernio's calls run; what Zernio itself sends to a `wss:` destination is undocumented.
 * Anything else is `other`, never an error.
 */
export function readProviderFrame(data: Buffer, binary: boolean, codec: Codec): ProviderFrame {
  if (binary) return { kind: 'sound', pcm16: coders[codec].decode(data) };
  const parsed = frame.safeParse(readJson(data)).data;
  switch (parsed?.event) {
    case undefined:
      return { kind: 'other' };
    case 'stop':
      return { kind: 'stop' };
    case 'media':
      // Both tracks may be forked; the second one is our own audio.
      if (parsed.media.track === 'outbound') return { kind: 'other' };
      return {
        kind: 'sound',
        pcm16: coders[codec].decode(Buffer.from(parsed.media.payload, 'base64')),
      };
    case 'start': {
      const { start, call_id: callId } = parsed;
      const callIds = [callId, start?.call_id, start?.call_control_id];
      const { encoding, sample_rate: sampleRate } = start?.media_format ?? {};
      const frameCodec = codecOf(encoding, codec);
      return {
        kind: 'start',
        callIds: callIds.filter((id) => id !== undefined),
        ...(frameCodec && { codec: frameCodec }),
        ...(sampleRate !== undefined && { sampleRate }),
      };
    }
    default:
      return assertNever(parsed, 'frame');
  }
}

/** A frame for the provider. `pcm16` has an even length. */
export function writeProviderFrame(
  pcm16: Buffer,
  { format, codec }: Pick<StreamFormat, 'format' | 'codec'>,
): string | Buffer {
  const sound = coders[codec].encode(pcm16);
  if (format === 'binary') return sound;
  return JSON.stringify({ event: 'media', media: { payload: sound.toString('base64') } });
}

/**
 * A start frame names the encoding, but not the byte order of 16-bit samples, which stays as
 * configured.
 */
function codecOf(encoding: string | undefined, configured: Codec): Codec | undefined {
  switch (encoding?.toUpperCase()) {
    case 'PCMU':
      return 'PCMU';
    case 'PCMA':
      return 'PCMA';
    case 'L16':
      return configured === 'L16-BE' ? 'L16-BE' : 'L16';
    default:
      return undefined;
  }
}

/** Drops half a sample at the end. */
export const even = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length & ~1);

const coders: Readonly<Record<Codec, Coder>> = {
  PCMU: muLaw,
  PCMA: aLaw,
  L16: { encode: (pcm16) => pcm16, decode: even },
  'L16-BE': {
    encode: (pcm16) => Buffer.from(pcm16).swap16(),
    decode: (bytes) => Buffer.from(even(bytes)).swap16(),
  },
};

function readJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
