import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RecordingKey } from '../../recording/keys.ts';
import { RecordingReader } from '../../recording/reader.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { RECORDING_EXTENSION } from '../../shared/recording/model.ts';
import type { RecordingPolicy } from '../../shared/recording/policy.ts';
import { reasonOf, type Log } from '../log.ts';
import type { Bucket } from './bucket.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A file that nobody has written to for so long is whole, in ms. */
const QUIET_MS = 60_000;
const ID = /^[\w-]{1,100}$/;

export interface RelayRecordingsPorts {
  folder: string;
  /** What seals them; undefined: nothing is recorded here. */
  key: RecordingKey | undefined;
  /** Where those go whose policy says so. */
  bucket: Bucket | undefined;
  policyOf: (accountId: string) => RecordingPolicy;
  clock: Clock;
  log: Log;
}

/** A recording that can be read, and is closed afterwards. */
export interface OpenedRecording {
  reader: RecordingReader;
  close: () => Promise<void>;
}

/**
 * The recordings that this relay has made: kept in its folder or moved to the bucket, sealed in both, and deleted after
 * the days that their number's policy says.
 */
export class RelayRecordings {
  readonly #ports: RelayRecordingsPorts;
  #cancel: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(ports: RelayRecordingsPorts) {
    this.#ports = ports;
  }

  start(): void {
    const { clock, log } = this.#ports;
    const again = () => {
      this.#cancel = clock.at(clock.now() + HOUR_MS / 12, again);
      this.#running = this.tidy().catch((error: unknown) =>
        log.error('recordings.not-tidied', { why: reasonOf(error) }),
      );
    };
    again();
  }

  /** @returns undefined if there is none of this name @throws RecordingUnreadable */
  async open(id: string): Promise<OpenedRecording | undefined> {
    const { key } = this.#ports;
    if (!key || !ID.test(id)) return undefined;
    const local = this.#pathOf(id);
    if (await isThere(local)) {
      const reader = await RecordingReader.open(local, [key]);
      return { reader, close: () => reader.close() };
    }
    return this.#openRemote(id, key);
  }

  /**
   * Deletes the recordings of these calls.
   *
   * @returns how many there were
   */
  async eraseCalls(callIds: ReadonlySet<string>): Promise<number> {
    const wanted = new Set([...callIds].map(hashOf));
    let erased = 0;
    for (const id of await this.#all()) {
      const facts = await this.#factsOf(id);
      if (!facts || !wanted.has(facts.call)) continue;
      await this.#remove(id);
      erased++;
    }
    return erased;
  }

  /** Moves what belongs into the bucket, and deletes what is too old. */
  async tidy(): Promise<void> {
    const { policyOf, clock, log, bucket } = this.#ports;
    for (const id of await this.#all()) {
      try {
        const facts = await this.#factsOf(id);
        if (!facts) continue;
        const { keepDays, where } = policyOf(facts.accountId);
        if (clock.now() > facts.startedAt + keepDays * DAY_MS) {
          await this.#remove(id);
          log.info('recordings.deleted', { days: keepDays });
        } else if (where === 's3' && bucket) await this.#upload(id, bucket);
      } catch (error) {
        // The next round tries again.
        log.warn('recordings.not-moved', { why: reasonOf(error) });
      }
    }
  }

  async close(): Promise<void> {
    this.#cancel();
    await this.#running;
  }

  /** Its mark stays in the folder, so that it is found when its time is over. */
  async #upload(id: string, bucket: Bucket): Promise<void> {
    const local = this.#pathOf(id);
    if (!(await isThere(local))) return;
    const { mtimeMs } = await stat(local);
    if (this.#ports.clock.now() - mtimeMs < QUIET_MS && !(await this.#isComplete(id))) return;
    const facts = await this.#factsOf(id);
    await bucket.put(id + RECORDING_EXTENSION, new Uint8Array(await readFile(local)));
    await writeFile(this.#markOf(id), JSON.stringify(facts), { mode: 0o600 });
    await rm(local, { force: true });
    this.#ports.log.info('recordings.moved', {});
  }

  async #openRemote(id: string, key: RecordingKey): Promise<OpenedRecording | undefined> {
    const { bucket } = this.#ports;
    if (!bucket || !(await isThere(this.#markOf(id)))) return undefined;
    const content = await bucket.get(id + RECORDING_EXTENSION);
    if (!content) return undefined;
    // Still sealed.
    const folder = await mkdtemp(path.join(tmpdir(), 'ringdesk-recording-'));
    const drop = () => rm(folder, { recursive: true, force: true });
    try {
      const copy = path.join(folder, 'recording');
      await writeFile(copy, content, { mode: 0o600 });
      const reader = await RecordingReader.open(copy, [key]);
      return {
        reader,
        async close() {
          await reader.close();
          await drop();
        },
      };
    } catch (error) {
      await drop();
      throw error;
    }
  }

  async #remove(id: string): Promise<void> {
    if (await isThere(this.#markOf(id))) {
      await this.#ports.bucket?.remove(id + RECORDING_EXTENSION);
      await rm(this.#markOf(id), { force: true });
    }
    await rm(this.#pathOf(id), { force: true });
  }

  /** Of the recordings in the folder, and of those that were moved from it. */
  async #all(): Promise<readonly string[]> {
    const names = await readdir(this.#ports.folder).catch((): string[] => []);
    const endings = [RECORDING_EXTENSION, MARK];
    const ids = names.flatMap((name) => {
      const ending = endings.find((one) => name.endsWith(one));
      return ending === undefined ? [] : name.slice(0, -ending.length);
    });
    return [...new Set(ids)];
  }

  async #factsOf(id: string): Promise<MovedFacts | undefined> {
    const { key } = this.#ports;
    if (!key) return undefined;
    if (!(await isThere(this.#pathOf(id)))) {
      // Only `#upload` writes it.
      const facts: MovedFacts = JSON.parse(await readFile(this.#markOf(id), 'utf8'));
      return facts;
    }
    const reader = await RecordingReader.open(this.#pathOf(id), [key]);
    try {
      for await (const item of reader.items()) {
        if (item.kind !== 'facts') continue;
        const { accountId, startedAt, callId } = item.facts;
        return { accountId, startedAt, call: hashOf(callId) };
      }
      return undefined;
    } finally {
      await reader.close();
    }
  }

  async #isComplete(id: string): Promise<boolean> {
    const opened = await this.open(id);
    if (!opened) return false;
    try {
      for await (const _ of opened.reader.items());
      return opened.reader.stop.why !== 'unfinished';
    } finally {
      await opened.close();
    }
  }

  #pathOf(id: string): string {
    return path.join(this.#ports.folder, id + RECORDING_EXTENSION);
  }

  #markOf(id: string): string {
    return path.join(this.#ports.folder, id + MARK);
  }
}

/** What stays in the folder of a recording that was moved to the bucket: nothing about the customer. */
const MARK = '.moved';

interface MovedFacts {
  accountId: string;
  startedAt: number;
  /** The hash of the call's id, in which there may be a number. */
  call: string;
}

const hashOf = (callId: string) => createHash('sha256').update(callId).digest('hex');

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
