import { cutterFor } from './pieces.ts';

/** Asked for at once. */
const PART_BYTES = 512 * 1024;
/** A file that cannot be cut is decoded at once up to this size. */
const MOST_WHOLE_BYTES = 20_000_000;

/** A track to be decoded. */
export interface DecodedTrack {
  address: string;
  mime: string;
  bytes: number;
}

/** A part of a track. It may begin before the end of the part before it: decoders need a start. */
export interface DecodedPart {
  /** Where it begins, in seconds. */
  at: number;
  sound: AudioBuffer;
}

/** Decodes a track part by part, so that an hour of sound never is in memory at once. @param rate of the samples, in Hz */
export async function* decoded(
  { address, mime, bytes }: DecodedTrack,
  rate: number,
  signal?: AbortSignal,
): AsyncGenerator<DecodedPart> {
  // Only to decode; nothing is rendered.
  const context = new OfflineAudioContext(1, 1, rate);
  const cutter = cutterFor(mime);
  const step = cutter ? PART_BYTES : Math.min(bytes, MOST_WHOLE_BYTES);
  for (let from = 0; from < bytes; from += step) {
    const to = Math.min(bytes, from + step);
    const part = await fetchPart(address, from, to, signal);
    const pieces = cutter?.add(part) ?? [{ at: 0, bytes: part }];
    const rest = to === bytes ? (cutter?.end() ?? []) : [];
    for (const { at, bytes: piece } of [...pieces, ...rest]) {
      yield { at, sound: await context.decodeAudioData(piece.buffer) };
    }
    if (!cutter) break;
  }
}

async function fetchPart(
  address: string,
  from: number,
  to: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const headers = { range: `bytes=${from}-${to - 1}` };
  const answer = await fetch(address, { headers, ...(signal && { signal }) });
  if (!answer.ok) throw new Error(`the recording was not read: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
