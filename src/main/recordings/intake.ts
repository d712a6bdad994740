import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '../../shared/i18n/i18n.ts';
import type { RecordingMark } from '../../shared/ipc/recordings.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import {
  RECORDING_EXTENSION,
  type RecordingEvent,
  type RecordingFacts,
  type RecordingMark as WrittenMark,
} from '../../shared/recording/model.ts';
import type { RecordingKey } from '../../recording/keys.ts';
import { PLAYABLE_TYPE, PlayableTrack } from '../../recording/playable-track.ts';
import { RecordingReader, RecordingUnreadable } from '../../recording/reader.ts';
import type { SafeRecordings } from '../db/storage/safe-recordings.ts';
import { describe, type Log } from '../log.ts';
import type { NewTrack, RecordingFiles } from './recording-files.ts';

/** After a recording has ended, until its file is whole; in ms. */
const SETTLED_MS = 1_000;

export interface IntakePorts {
  /** Where recorders write. */
  folder: string;
  /** What they seal with. */
  keys: readonly RecordingKey[];
  store: SafeRecordings;
  files: RecordingFiles;
  keepUntil: (accountId: string, now: number) => number | undefined;
  clock: Clock;
  log: Log;
  changed: () => void;
}

/**
 * Takes the recordings of this console into the library: each side becomes a file that can be played from any place. A
 * recording whose recorder died is taken as far as it came, at the next start.
 */
export class Intake {
  readonly #ports: IntakePorts;
  /** Recordings that are being made. */
  readonly #open = new Set<string>();
  readonly #unreadable = new Set<string>();
  #running: Promise<void> = Promise.resolve();
  #cancel: () => void = () => undefined;

  constructor(ports: IntakePorts) {
    this.#ports = ports;
  }

  /** What an earlier start has left. */
  start(): void {
    this.#running = this.#running.then(() => this.#takeAll());
  }

  handle({ kind, recordingId }: RecordingEvent): void {
    const { clock } = this.#ports;
    if (kind === 'started') this.#open.add(recordingId);
    if (kind !== 'stopped' && kind !== 'failed' && kind !== 'discarded') return;
    this.#open.delete(recordingId);
    if (kind === 'discarded') return this.#forget(recordingId);
    this.#cancel();
    this.#cancel = clock.at(clock.now() + SETTLED_MS, () => this.start());
  }

  /** Resolves when nothing is being taken in. */
  async settled(): Promise<void> {
    await this.#running;
  }

  close(): void {
    this.#cancel();
  }

  async #takeAll(): Promise<void> {
    const { folder, log, changed } = this.#ports;
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names.filter((one) => one.endsWith(RECORDING_EXTENSION))) {
      const id = name.slice(0, -RECORDING_EXTENSION.length);
      if (this.#open.has(id) || this.#unreadable.has(id)) continue;
      try {
        await this.#takeIn(join(folder, name));
        changed();
      } catch (error) {
        // It stays where it is: its key may be there at another start.
        if (error instanceof RecordingUnreadable) {
          this.#unreadable.add(id);
          this.#say(id, error.why);
        }
        log.error(`recordings: ${id} was not taken in: ${describe(error)}`);
      }
    }
  }

  /** The call shows why its recording is not here. */
  #say(id: string, reason: RecordingUnreadable['why']): void {
    const { store, changed } = this.#ports;
    const found = store.get(id);
    if (!found) return;
    const why = t(`recordings.unreadableHere.${reason === 'not-a-recording' ? 'damaged' : reason}`);
    store.put({ ...found, state: 'failed', why });
    changed();
  }

  /** The agent had it deleted. */
  #forget(id: string): void {
    const { store } = this.#ports;
    const found = store.get(id);
    if (found) store.remove(found);
  }

  async #takeIn(path: string): Promise<void> {
    const { keys, store, clock, keepUntil } = this.#ports;
    const reader = await RecordingReader.open(path, keys);
    try {
      const { id } = reader.header;
      const made = await this.#write(reader);
      if (made) {
        const { facts, tracks, marks, seconds } = made;
        store.put({
          id,
          callId: facts.callId,
          what: 'audio',
          source: facts.by,
          state: 'kept',
          place: 'console',
          tries: 0,
          legalHold: store.of(facts.callId).some(({ legalHold }) => legalHold),
          keepUntil: keepUntil(facts.accountId, clock.now()),
          startedAt: facts.startedAt,
          seconds,
          bytes: tracks.reduce((sum, { bytes }) => sum + bytes, 0),
          sha256: wholeHash(tracks.map(({ sha256 }) => sha256)),
          tracks: tracks.map(({ side, bytes }) => ({ side, bytes, mime: PLAYABLE_TYPE })),
          marks,
        });
        // While the index cannot be written, the recording waits as it is.
        if (!store.get(id)) return;
      }
    } finally {
      await reader.close();
    }
    await rm(path, { force: true });
  }

  /** @returns undefined for a recording that never began */
  async #write(reader: RecordingReader) {
    const { files } = this.#ports;
    const { id } = reader.header;
    let facts: RecordingFacts | undefined;
    const marks: RecordingMark[] = [];
    const written: { file: NewTrack; track: PlayableTrack; side: 'agent' | 'customer' }[] = [];
    try {
      for await (const item of reader.items()) {
        if (item.kind === 'facts') {
          facts = item.facts;
          // The customer's track comes first, as the player draws it.
          const sorted = facts.tracks.toSorted((a, b) => b.side.localeCompare(a.side));
          for (const [n, track] of sorted.entries()) {
            const file = await files.create(id, n);
            written[n] = { file, track: new PlayableTrack(track), side: track.side };
          }
        } else if (item.kind === 'mark') marks.push(...markOf(item.mark));
        else {
          const side = facts?.tracks.find(({ track }) => track === item.track)?.side;
          const to = written.find((one) => one.side === side);
          await to?.file.write(to.track.add(item.atMs, item.bytes));
        }
      }
      if (!facts) return undefined;
      const tracks = [];
      for (const { file, side } of written) tracks.push({ side, ...(await file.finish()) });
      const seconds = Math.max(0, ...written.map(({ track }) => track.seconds));
      return { facts, tracks, marks, seconds };
    } catch (error) {
      for (const { file } of written) await file.abandon();
      throw error;
    }
  }
}

/** What the player shows of a mark. */
function markOf(mark: WrittenMark): readonly RecordingMark[] {
  const { atMs, kind } = mark;
  switch (kind) {
    case 'hold':
    case 'resume':
    case 'pause':
    case 'continue':
      return [{ atMs, kind }];
    case 'stop':
      return [{ atMs, kind, text: mark.by }];
    case 'transfer':
      return [{ atMs, kind, text: mark.to }];
    case 'key':
      return [{ atMs, kind, text: mark.digit }];
    case 'announcement':
    case 'confirmed':
    case 'end':
      return [];
    default:
      return mark satisfies never;
  }
}

/** One hash for all tracks of a recording. */
export function wholeHash(hashes: readonly string[]): string | undefined {
  if (hashes.length < 2) return hashes[0];
  return createHash('sha256').update(hashes.join('\n')).digest('hex');
}
