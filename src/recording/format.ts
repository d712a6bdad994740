import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { RecordingFacts, RecordingMark } from '../shared/recording/model.ts';
import {
  KEY_BYTES,
  NONCE_BYTES,
  type RecordingKey,
  seal,
  unseal,
  unwrapDataKey,
  wrapDataKey,
} from './keys.ts';

/*
 * A recording's file. Numbers are big-endian.
 *
 *   header   "RDR1", the length of the JSON that follows (16 bits), { version, id, keyId, wrapped }
 *   records  the length of what follows (32 bits), one sealed record
 *
 * `wrapped` is the recording's own key, sealed with the key `keyId` (keys.ts). A record is sealed with AES-256-GCM; its nonce
 * is its place in the file, counted from 0, and the recording's id is authenticated with it: a record of another place or
 * another file does not open. Plain, it is a byte that tells its kind, and then JSON, or for audio the track (8 bits), the
 * time in ms (32 bits) and the bytes. The first record is the facts. Files are only ever appended to, and by one writer,
 * because a place that was sealed twice would break the cipher.
 */

const MAGIC = Buffer.from('RDR1', 'latin1');
const VERSION = 1;
/** No record is longer: a damaged length must not ask for gigabytes. */
export const MOST_RECORD_BYTES = 4_000_000;
export const LENGTH_BYTES = 4;
const KINDS = { facts: 1, audio: 2, mark: 3 } as const;
const AUDIO_HEAD_BYTES = 6;

/** What a recording consists of, in the order in which it was written. */
export type RecordingItem =
  | { kind: 'facts'; facts: RecordingFacts }
  /** The next bytes of a track; `atMs`: when the sound in them begins. */
  | { kind: 'audio'; track: number; atMs: number; bytes: Buffer }
  | { kind: 'mark'; mark: RecordingMark };

const headerSchema = z.object({
  version: z.number(),
  id: z.string().min(1).max(100),
  keyId: z.string(),
  wrapped: z.base64(),
});
export type RecordingHeader = z.infer<typeof headerSchema>;

const atMs = z.number().nonnegative();
/** Sealed, so nobody else has written it; but a newer version of ours may have. */
const factsSchema: z.ZodType<RecordingFacts> = z.object({
  callId: z.string(),
  accountId: z.string(),
  by: z.enum(['relay', 'console']),
  consent: z.enum(['announcement', 'agent']),
  startedAt: z.number(),
  agent: z.string().optional(),
  customer: z.array(z.string()).optional(),
  tracks: z.array(
    z.object({
      track: z.int().min(0).max(255),
      side: z.enum(['agent', 'customer']),
      type: z.enum(['audio/ogg; codecs=opus', 'audio/webm; codecs=opus']),
    }),
  ),
});
const markSchema: z.ZodType<RecordingMark> = z.discriminatedUnion('kind', [
  z.object({ atMs, kind: z.literal(['hold', 'resume']) }),
  z.object({ atMs, kind: z.literal('pause'), untilMs: z.number() }),
  z.object({ atMs, kind: z.literal('continue'), bySelf: z.boolean() }),
  z.object({ atMs, kind: z.literal('transfer'), to: z.string() }),
  z.object({ atMs, kind: z.literal('key'), digit: z.string() }),
  z.object({
    atMs,
    kind: z.literal('announcement'),
    from: z.number(),
    to: z.number(),
    sha256: z.string().optional(),
  }),
  z.object({ atMs, kind: z.literal('confirmed'), at: z.number(), by: z.string() }),
  z.object({ atMs, kind: z.literal('stop'), by: z.string() }),
  z.object({ atMs, kind: z.literal('end') }),
]);

/** A new recording's header as it stands in the file, and the key that seals its records. */
export function newHeader(id: string, key: RecordingKey): { bytes: Buffer; dataKey: Buffer } {
  const dataKey = randomBytes(KEY_BYTES);
  const wrapped = wrapDataKey(dataKey, key, id).toString('base64');
  return { bytes: writeHeader({ version: VERSION, id, keyId: key.id, wrapped }), dataKey };
}

function writeHeader(header: RecordingHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(json.length);
  return Buffer.concat([MAGIC, length, json]);
}

/**
 * Reads a header. What is wrong: `not-a-recording` (or cut within the header), `damaged`, or `newer` than this version.
 *
 * @param file at least the first 4 KB of it, or all
 */
export function readHeader(
  file: Buffer,
):
  | { ok: true; header: RecordingHeader; length: number }
  | { ok: false; why: 'not-a-recording' | 'damaged' | 'newer' } {
  const start = MAGIC.length + 2;
  if (file.length < start || !file.subarray(0, MAGIC.length).equals(MAGIC)) {
    return { ok: false, why: 'not-a-recording' };
  }
  const length = start + file.readUInt16BE(MAGIC.length);
  if (file.length < length) return { ok: false, why: 'damaged' };
  const parsed = headerSchema.safeParse(parseJson(file.subarray(start, length)));
  if (!parsed.success) return { ok: false, why: 'damaged' };
  if (parsed.data.version !== VERSION) return { ok: false, why: 'newer' };
  return { ok: true, header: parsed.data, length };
}

/**
 * A recording's file whose own key is sealed with another key; its records stay as they are.
 *
 * @param file all of it
 * @param keys that it may have been sealed with
 * @returns undefined if none of them has sealed it, or its header is damaged
 */
export function sealAnew(
  file: Buffer,
  keys: readonly RecordingKey[],
  by: RecordingKey,
): Buffer | undefined {
  const read = readHeader(file);
  if (!read.ok) return undefined;
  const { header, length } = read;
  const key = keys.find(({ id }) => id === header.keyId);
  const dataKey = key && unwrapDataKey(Buffer.from(header.wrapped, 'base64'), key, header.id);
  if (!dataKey) return undefined;
  const wrapped = wrapDataKey(dataKey, by, header.id).toString('base64');
  return Buffer.concat([writeHeader({ ...header, keyId: by.id, wrapped }), file.subarray(length)]);
}

/** Seals one record, as it is appended. @param place the number of records before it */
export function writeRecord(
  item: RecordingItem,
  { id, dataKey, place }: { id: string; dataKey: Buffer; place: number },
): Buffer {
  const sealed = seal(dataKey, nonceOf(place), Buffer.from(id), plainOf(item));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(sealed.length);
  return Buffer.concat([length, sealed]);
}

/**
 * Opens a record.
 *
 * @returns undefined if it is damaged or belongs elsewhere; `unknown` if a newer version of ours wrote something else
 */
export function readRecord(
  sealed: Buffer,
  { id, dataKey, place }: { id: string; dataKey: Buffer; place: number },
): RecordingItem | 'unknown' | undefined {
  const plain = unseal(dataKey, nonceOf(place), Buffer.from(id), sealed);
  if (!plain || plain.length === 0) return undefined;
  const body = plain.subarray(1);
  switch (plain[0]) {
    case KINDS.audio:
      if (body.length < AUDIO_HEAD_BYTES - 1) return undefined;
      return {
        kind: 'audio',
        track: body.readUInt8(0),
        atMs: body.readUInt32BE(1),
        bytes: body.subarray(AUDIO_HEAD_BYTES - 1),
      };
    case KINDS.facts: {
      const facts = factsSchema.safeParse(parseJson(body));
      return facts.success ? { kind: 'facts', facts: facts.data } : 'unknown';
    }
    case KINDS.mark: {
      const mark = markSchema.safeParse(parseJson(body));
      return mark.success ? { kind: 'mark', mark: mark.data } : 'unknown';
    }
    default:
      return 'unknown';
  }
}

function plainOf(item: RecordingItem): Buffer {
  if (item.kind !== 'audio') {
    const json = JSON.stringify(item.kind === 'facts' ? item.facts : item.mark);
    return Buffer.concat([Buffer.of(KINDS[item.kind]), Buffer.from(json)]);
  }
  const head = Buffer.alloc(AUDIO_HEAD_BYTES);
  head.writeUInt8(KINDS.audio, 0);
  head.writeUInt8(item.track, 1);
  head.writeUInt32BE(Math.round(item.atMs), 2);
  return Buffer.concat([head, item.bytes]);
}

function nonceOf(place: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeBigUInt64BE(BigInt(place), NONCE_BYTES - 8);
  return nonce;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
