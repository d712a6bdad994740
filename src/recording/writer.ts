import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RecordingFacts, RecordingMark } from '../shared/recording/model.ts';
import { newHeader, type RecordingItem, writeRecord } from './format.ts';
import type { RecordingKey } from './keys.ts';

export interface RecordingWriterOptions {
  /** Absolute; nothing is there yet. */
  path: string;
  id: string;
  key: RecordingKey;
  facts: RecordingFacts;
  /** The disk took no more. Called at most once; the recording is over, and what is in the file can be played. */
  onFailure: (error: unknown) => void;
}

/** Interval in which what was written is forced to the disk, in ms. */
const SYNC_MS = 1_000;
/** What may wait for a slow disk, in bytes: some minutes of both sides. */
const MOST_WAITING = 8_000_000;

/**
 * Writes a recording's file. What it is given is handed to the system at once, so that it outlives this process, and forced
 * to the disk each second, so that it outlives the machine. It never throws once it is open.
 */
export class RecordingWriter {
  readonly #file: FileHandle;
  readonly #options: RecordingWriterOptions;
  readonly #dataKey: Buffer;
  readonly #sync: NodeJS.Timeout;
  #place = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #isDirty = false;
  #state: 'open' | 'closed' | 'failed' = 'open';
  #bytes = 0;

  private constructor(options: RecordingWriterOptions, file: FileHandle, dataKey: Buffer) {
    this.#options = options;
    this.#file = file;
    this.#dataKey = dataKey;
    this.#sync = setInterval(() => {
      void this.#run(() => this.#flush());
    }, SYNC_MS);
  }

  /** Makes the file, with its facts on the disk. Rejects with the system's error if that cannot be done. */
  static async create(options: RecordingWriterOptions): Promise<RecordingWriter> {
    const { path, id, key, facts } = options;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const { bytes, dataKey } = newHeader(id, key);
    const file = await open(path, 'ax', 0o600);
    const writer = new RecordingWriter(options, file, dataKey);
    try {
      writer.#waiting.push(bytes);
      writer.#append({ kind: 'facts', facts });
      await writer.#write();
      await file.datasync();
      return writer;
    } catch (error) {
      writer.#state = 'failed';
      clearInterval(writer.#sync);
      await file.close().catch(() => undefined);
      throw error;
    }
  }

  get id(): string {
    return this.#options.id;
  }

  /** Size of the file. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Appends the next bytes of a track. `atMs`: when their sound begins. */
  audio(track: number, atMs: number, bytes: Uint8Array): void {
    const { buffer, byteOffset, byteLength } = bytes;
    const own = Buffer.from(buffer, byteOffset, byteLength);
    this.#take({ kind: 'audio', track, atMs, bytes: own });
  }

  mark(mark: RecordingMark): void {
    this.#take({ kind: 'mark', mark });
  }

  /** Ends the recording; everything is on the disk then. False if the disk did not take it. */
  async close(endedMs: number): Promise<boolean> {
    if (this.#state === 'open') {
      this.mark({ atMs: endedMs, kind: 'end' });
      await this.#run(() => this.#flush());
    }
    if (this.#state !== 'open') return false;
    this.#state = 'closed';
    clearInterval(this.#sync);
    await this.#file.close().catch(() => undefined);
    return true;
  }

  #take(item: RecordingItem): void {
    if (this.#state !== 'open') return;
    this.#append(item);
    if (this.#waitingBytes > MOST_WAITING) {
      return void this.#fail(new Error('the disk does not keep up'));
    }
    void this.#run(() => this.#write());
  }

  #append(item: RecordingItem): void {
    const record = writeRecord(item, {
      id: this.#options.id,
      dataKey: this.#dataKey,
      place: this.#place++,
    });
    this.#waiting.push(record);
    this.#waitingBytes += record.length;
  }

  async #run(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** One write at a time; what comes meanwhile goes with the next. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0 && this.#state === 'open') {
      const bytes = Buffer.concat(this.#waiting);
      this.#waiting = [];
      this.#waitingBytes = 0;
      await this.#file.appendFile(bytes);
      this.#bytes += bytes.length;
      this.#isDirty = true;
    }
  }

  async #flush(): Promise<void> {
    await this.#write();
    if (!this.#isDirty || this.#state !== 'open') return;
    this.#isDirty = false;
    await this.#file.datasync();
  }

  async #fail(cause: unknown): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'failed';
    this.#waiting = [];
    clearInterval(this.#sync);
    // Half a record is no harm, but less of it is clearer.
    await this.#file.truncate(this.#bytes).catch(() => undefined);
    await this.#file.close().catch(() => undefined);
    this.#options.onFailure(cause);
  }
}
