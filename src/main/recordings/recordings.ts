import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call } from '../../shared/call/model.ts';
import type { SplitVoices } from '../../shared/ipc/recordings.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { RecordingEvent } from '../../shared/recording/model.ts';
import type { StoredRecording } from '../db/recordings/rows.ts';
import type { SafeRecordings } from '../db/storage/safe-recordings.ts';
import { describe, type Log } from '../log.ts';
import type { Intake } from './intake.ts';
import type { LegalHolds } from './legal-holds.ts';
import type { Machine } from './machine.ts';
import type { ProviderFiles } from './provider-files.ts';
import type { RecordingFiles } from './recording-files.ts';
import { soundEnding } from './sound-ending.ts';
import { writeDown } from './write-down.ts';

const HOUR_MS = 3_600_000;
/** After a start, which has other things to do; in ms. */
const FIRST_MS = 5_000;
/** Recordings deleted at a time. */
const AT_ONCE = 100;

export interface RecordingsPorts {
  store: SafeRecordings;
  files: RecordingFiles;
  providerFiles: ProviderFiles;
  intake: Intake;
  machine: Machine;
  holds: LegalHolds;
  /** When the relay deletes a recording that it keeps, Unix ms. */
  relayUntil: (recording: Pick<StoredRecording, 'callId' | 'startedAt'>) => number;
  /** Whether the index can be trusted: nothing is being rescued into it. */
  isWhole: () => boolean;
  /** Files of messages have the same keys. */
  sealMessageFiles: (isOver: () => boolean) => Promise<void>;
  /** Everything here is sealed with the newest key: others may be needed by nothing any more. */
  forgetOldKeys: () => Promise<void>;
  agent: () => { id: string; name: string };
  clock: Clock;
  log: Log;
  changed: () => void;
}

/** The recordings of a workspace's calls: fetched, kept, played and, when their time is over, deleted. */
export class Recordings {
  readonly #ports: RecordingsPorts;
  #cancel: () => void = () => undefined;
  #isClosed = false;

  constructor(ports: RecordingsPorts) {
    this.#ports = ports;
  }

  start(): void {
    void this.#begin();
    this.#tidyLater(FIRST_MS);
  }

  async #begin(): Promise<void> {
    const { files, intake, providerFiles, log } = this.#ports;
    try {
      await files.sweep();
    } catch (error) {
      log.warn(`recordings: not swept: ${describe(error)}`);
    }
    if (this.#isClosed) return;
    intake.start();
    providerFiles.start();
  }

  /** A recording of ours goes on, or has ended. */
  handleRecording(event: RecordingEvent): void {
    this.#ports.intake.handle(event);
  }

  /** A call has changed: its provider may have a file of it. */
  handleCall({ recorded, transcribed, recording, phase }: Call): void {
    const isOfRelay = recording?.by === 'relay' && recording.id !== undefined;
    if (phase.name === 'ended' && ((recorded ?? transcribed) || isOfRelay)) {
      this.#ports.providerFiles.wake();
    }
  }

  handleOnline(): void {
    this.#ports.providerFiles.tryNow();
  }

  /** The agent asks to fetch what is not here yet. */
  retry(id?: string): void {
    this.#ports.providerFiles.tryNow(id);
  }

  /** What a page hears; undefined if there is nothing to be heard. */
  async open(id: string, track: number) {
    const found = this.#ports.store.get(id);
    const { mime } = found?.tracks[track] ?? {};
    if (found?.state !== 'kept' || mime === undefined) return undefined;
    const file = await this.#ports.files.open(id, track);
    return {
      mime,
      bytes: file.bytes,
      read: (from: number, to: number) => file.read(from, to),
      close: () => file.close(),
    };
  }

  peaks(id: string): Uint8Array | undefined {
    return this.#ports.store.peaks(id);
  }

  /** A window has drawn a recording for the first time. @param seconds how long it plays */
  setPeaks(id: string, peaks: Uint8Array, seconds: number): void {
    const { store, changed } = this.#ports;
    const found = store.get(id);
    if (found?.state !== 'kept') return;
    store.setPeaks(id, peaks);
    if (found.seconds === undefined) store.put({ ...found, seconds });
    changed();
  }

  /** Whether the organisation has a service that writes transcripts. */
  get hasMachine(): boolean {
    return this.#ports.machine.endpoint !== undefined;
  }

  /**
   * See `writeDown`.
   *
   * @throws Refusal
   */
  writeDown(id: string, voices?: SplitVoices): Promise<void> {
    return writeDown(this.#ports, id, voices);
  }

  /** The agent has listened to a part. */
  listened(id: string, fromMs: number, toMs: number): void {
    const { store, agent, clock, changed } = this.#ports;
    const found = store.get(id);
    if (!found) return;
    store.listened({
      recordingId: id,
      callId: found.callId,
      by: agent(),
      at: clock.now(),
      fromMs,
      toMs,
    });
    changed();
  }

  /** Which recordings must stay whatever their age. */
  get holds(): LegalHolds {
    return this.#ports.holds;
  }

  /**
   * Deletes the sound, the transcripts and the summaries of calls that are gone from the log, whatever their age, and who
   * listened.
   *
   * @returns how many there were
   */
  async erase(callIds: readonly string[]): Promise<number> {
    const { store, files, intake, changed } = this.#ports;
    // One that has just ended may not be in the index yet.
    intake.start();
    await intake.settled();
    const all = callIds.flatMap((callId) => store.ofGone(callId));
    for (const recording of all) {
      await files.remove(recording.id);
      store.remove(recording);
    }
    if (all.length > 0) changed();
    return all.length;
  }

  /**
   * Copies what can be played of these calls into a folder, which counts as listening to all of it.
   *
   * @returns how many files there are
   */
  async copy(callIds: readonly string[], folder: string): Promise<number> {
    const { store, files } = this.#ports;
    let count = 0;
    const kept = callIds
      .flatMap((callId) => store.of(callId))
      .filter(({ state }) => state === 'kept');
    for (const { id, tracks, seconds = 0 } of kept) {
      for (const [track, { mime }] of tracks.entries()) {
        const file = await files.open(id, track);
        try {
          count += 1;
          const name = `recording-${count}.${soundEnding(mime)}`;
          await writeFile(join(folder, name), await file.readAll(), { mode: 0o600 });
        } finally {
          await file.close();
        }
      }
      if (tracks.length > 0) this.listened(id, 0, seconds * 1_000);
    }
    return count;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
    this.#ports.intake.close();
    this.#ports.providerFiles.close();
  }

  #tidyLater(inMs: number): void {
    const { clock, log } = this.#ports;
    this.#cancel = clock.at(clock.now() + inMs, () => {
      this.#deleteOld()
        .catch((error: unknown) => log.error(`recordings: not deleted: ${describe(error)}`))
        .then(() => this.#sealAnew())
        .catch((error: unknown) => log.error(`recordings: not sealed anew: ${describe(error)}`))
        .finally(() => {
          if (!this.#isClosed) this.#tidyLater(HOUR_MS);
        });
    });
  }

  /** Older keys go once nothing needs them. */
  async #sealAnew(): Promise<void> {
    const { files, sealMessageFiles, forgetOldKeys, log } = this.#ports;
    const isOver = () => this.#isClosed;
    const { sealed, left } = await files.sealAnew(isOver);
    if (sealed + left > 0) log.info(`recordings: ${sealed} sealed with the new key, ${left} left`);
    await sealMessageFiles(isOver);
    if (!this.#isClosed) await forgetOldKeys();
  }

  async #deleteOld(): Promise<void> {
    const { store, clock, log, files, isWhole, changed } = this.#ports;
    if (!isWhole()) return;
    this.#ports.holds.apply();
    const now = clock.now();
    const old = store.overdue(now, AT_ONCE);
    for (const recording of old) {
      const relayUntil = recording.place === 'console' ? 0 : this.#ports.relayUntil(recording);
      if (relayUntil <= now) await this.#erase(recording);
      else await this.#forgetCopy(recording, relayUntil);
    }
    const orphans = store.orphans(AT_ONCE);
    for (const recording of orphans) {
      await files.remove(recording.id);
      store.remove(recording);
    }
    if (old.length + orphans.length === 0) return;
    log.info(`recordings: ${old.length} were deleted by age, ${orphans.length} with their calls`);
    changed();
  }

  /** The relay has it, until its own time is over. */
  async #forgetCopy(recording: StoredRecording, keepUntil: number): Promise<void> {
    await this.#ports.files.remove(recording.id);
    this.#ports.store.put({ ...recording, state: 'expected', tracks: [], keepUntil });
  }

  /** The file first: a row without a file is erased again, a file without a row would stay for ever. */
  async #erase(recording: StoredRecording): Promise<void> {
    await this.#ports.files.remove(recording.id);
    this.#ports.store.erase(recording);
  }
}
