import type { TranscriptLine } from '../../../shared/ipc/recordings.ts';
import type { Listen, RecordingStore } from '../recordings/recording-store.ts';
import type { StoredRecording } from '../recordings/rows.ts';
import type { Storage } from './storage.ts';

/** The index of recordings. While the file cannot be read there are none; writes wait. */
export class SafeRecordings {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get(id: string): StoredRecording | undefined {
    return this.#storage.read(({ recordings }) => recordings.get(id), undefined);
  }

  put(recording: StoredRecording): void {
    this.#storage.write(({ recordings }) => recordings.put(recording), undefined);
  }

  of(callId: string): readonly StoredRecording[] {
    return this.#storage.read(({ recordings }) => recordings.of(callId), []);
  }

  due(now: number): StoredRecording | undefined {
    return this.#storage.read(({ recordings }) => recordings.due(now), undefined);
  }

  nextDue(): number | undefined {
    return this.#storage.read(({ recordings }) => recordings.nextDue(), undefined);
  }

  interrupted(): void {
    this.#storage.write(({ recordings }) => recordings.interrupted(), undefined);
  }

  tryNow(now: number): void {
    this.#storage.write(({ recordings }) => recordings.tryNow(now), undefined);
  }

  overdue(now: number, most: number): readonly StoredRecording[] {
    return this.#storage.read(({ recordings }) => recordings.overdue(now, most), []);
  }

  orphans(most: number): readonly StoredRecording[] {
    return this.#storage.read(({ recordings }) => recordings.orphans(most), []);
  }

  /** See `RecordingStore`. */
  calls(): ReturnType<RecordingStore['calls']> {
    return this.#storage.read(({ recordings }) => recordings.calls(), []);
  }

  ofGone(callId: string): readonly StoredRecording[] {
    return this.#storage.read(({ recordings }) => recordings.ofGone(callId), []);
  }

  /** Hashes of calls that the relay has put on legal hold. */
  holds(): readonly string[] {
    return this.#storage.read(({ holds }) => holds.get(), []);
  }

  setHolds(calls: readonly string[]): void {
    this.#storage.write(({ holds }) => holds.set(calls), undefined);
  }

  hold(callId: string, on: boolean): boolean {
    return this.#storage.write(({ recordings }) => recordings.hold(callId, on), false);
  }

  peaks(id: string): Uint8Array | undefined {
    return this.#storage.read(({ recordings }) => recordings.peaks(id), undefined);
  }

  setPeaks(id: string, peaks: Uint8Array): void {
    this.#storage.write(({ recordings }) => recordings.setPeaks(id, peaks), undefined);
  }

  putTranscript(transcript: StoredRecording, lines: readonly TranscriptLine[]): void {
    this.#storage.write(({ recordings }) => recordings.putTranscript(transcript, lines), undefined);
  }

  erase(recording: StoredRecording, deletedBy?: string): void {
    this.#storage.write(({ recordings }) => recordings.erase(recording, deletedBy), undefined);
  }

  remove(recording: StoredRecording): void {
    this.#storage.write(({ recordings }) => recordings.remove(recording), undefined);
  }

  listened(listen: Listen): void {
    this.#storage.write(({ recordings }) => recordings.listened(listen), undefined);
  }
}
