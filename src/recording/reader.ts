import { type FileHandle, open } from 'node:fs/promises';
import type { RecordingFacts, RecordingMark } from '../shared/recording/model.ts';
import {
  LENGTH_BYTES,
  MOST_RECORD_BYTES,
  readHeader,
  type RecordingHeader,
  type RecordingItem,
  readRecord,
} from './format.ts';
import { type RecordingKey, unwrapDataKey } from './keys.ts';

/** A file that cannot be read at all; `why` has its words in the catalogue, `recordings.unreadable`. */
export class RecordingUnreadable extends Error {
  override readonly name = 'RecordingUnreadable';
  readonly why: 'not-a-recording' | 'damaged' | 'newer' | 'no-key';

  constructor(why: RecordingUnreadable['why']) {
    super(`the recording cannot be read: ${why}`);
    this.why = why;
  }
}

/** Where reading stopped. */
export interface RecordingStop {
  /**
   * `complete`: at the mark of the end. `unfinished`: the file just ends, because its writer died, is not done yet, or
   * somebody cut it. `damaged`: a record does not open; it was changed, or stands in the wrong place.
   */
  why: 'complete' | 'unfinished' | 'damaged';
  /** Bytes of the file that are whole. */
  at: number;
  /** Records that were whole. */
  records: number;
}

/** Enough for any header. */
const HEADER_BYTES = 4_096;

/** Reads one recording from the beginning, everything that is whole up to the first damaged record. */
export class RecordingReader {
  readonly header: RecordingHeader;
  readonly #file: FileHandle;
  readonly #dataKey: Buffer;
  #stop: RecordingStop;

  private constructor(file: FileHandle, header: RecordingHeader, dataKey: Buffer, at: number) {
    this.#file = file;
    this.header = header;
    this.#dataKey = dataKey;
    this.#stop = { why: 'unfinished', at, records: 0 };
  }

  /**
   * @param keys that the recording may have been sealed with
   * @throws RecordingUnreadable, or the system's error
   */
  static async open(path: string, keys: readonly RecordingKey[]): Promise<RecordingReader> {
    const file = await open(path, 'r');
    try {
      const start = await readAt(file, 0, HEADER_BYTES);
      const read = readHeader(start);
      if (!read.ok) throw new RecordingUnreadable(read.why);
      const { header, length } = read;
      const key = keys.find(({ id }) => id === header.keyId);
      if (!key) throw new RecordingUnreadable('no-key');
      const dataKey = unwrapDataKey(Buffer.from(header.wrapped, 'base64'), key, header.id);
      if (!dataKey) throw new RecordingUnreadable('damaged');
      return new RecordingReader(file, header, dataKey, length);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Where it has stopped so far. */
  get stop(): RecordingStop {
    return this.#stop;
  }

  /** The records in order; afterwards `stop` says why there are no more. A second call continues where the first stopped. */
  async *items(): AsyncGenerator<RecordingItem> {
    const { id } = this.header;
    while (this.#stop.why === 'unfinished') {
      const { at, records } = this.#stop;
      const head = await readAt(this.#file, at, LENGTH_BYTES);
      if (head.length < LENGTH_BYTES) return;
      const length = head.readUInt32BE(0);
      if (length > MOST_RECORD_BYTES) {
        this.#stop = { ...this.#stop, why: 'damaged' };
        return;
      }
      const sealed = await readAt(this.#file, at + LENGTH_BYTES, length);
      if (sealed.length < length) return;
      const item = readRecord(sealed, { id, dataKey: this.#dataKey, place: records });
      if (item === undefined) {
        this.#stop = { ...this.#stop, why: 'damaged' };
        return;
      }
      const isEnd = item !== 'unknown' && item.kind === 'mark' && item.mark.kind === 'end';
      this.#stop = {
        why: isEnd ? 'complete' : 'unfinished',
        at: at + LENGTH_BYTES + length,
        records: records + 1,
      };
      if (item !== 'unknown') yield item;
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** All of a recording that is whole. */
export interface WholeRecording {
  header: RecordingHeader;
  /** Undefined if not even they are whole. */
  facts: RecordingFacts | undefined;
  marks: readonly RecordingMark[];
  /** The media file of each track, by its number. */
  tracks: ReadonlyMap<number, Buffer>;
  stop: RecordingStop;
}

/**
 * Reads a recording into memory.
 *
 * @throws RecordingUnreadable, or the system's error
 */
export async function readRecording(
  path: string,
  keys: readonly RecordingKey[],
): Promise<WholeRecording> {
  const reader = await RecordingReader.open(path, keys);
  try {
    let facts: RecordingFacts | undefined;
    const marks: RecordingMark[] = [];
    const parts = new Map<number, Buffer[]>();
    for await (const item of reader.items()) {
      if (item.kind === 'facts') facts = item.facts;
      else if (item.kind === 'mark') marks.push(item.mark);
      else {
        const bytes = parts.get(item.track) ?? [];
        bytes.push(item.bytes);
        parts.set(item.track, bytes);
      }
    }
    const tracks = new Map([...parts].map(([track, bytes]) => [track, Buffer.concat(bytes)]));
    return { header: reader.header, facts, marks, tracks, stop: reader.stop };
  } finally {
    await reader.close();
  }
}

/** Fewer bytes than asked for: the file ends there. */
async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await file.read(bytes, got, length - got, at + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return bytes.subarray(0, got);
}
