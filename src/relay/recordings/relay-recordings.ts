import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { sealAnew } from '../../recording/format.ts';
import { RecordingUnreadable } from '../../recording/reader.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { RECORDING_EXTENSION } from '../../shared/recording/model.ts';
import type { RecordingPolicy } from '../../shared/recording/policy.ts';
import type { Erasure } from '../../shared/protocol/erasure.ts';
import type { LegalHold } from '../../shared/protocol/legal-hold.ts';
import { hashOfCall } from '../../sqlite/call-hash.ts';
import { personHash } from '../../sqlite/person-hash.ts';
import { reasonOf, type Log } from '../log.ts';
import type { Bucket } from './bucket.ts';
import { type Deletion, Deletions } from './deletions.ts';
import { type KnownFacts, MARK, Marks } from './marks.ts';
import { factsOfFile, openCopy, type OpenedRecording, openFile } from './opened.ts';
import { ANEW } from './replace-file.ts';
import { allOf, keyIdOfFile, type RelayKeys, sealFileAnew } from './sealing.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A file that nobody has written to for so long is whole, in ms. */
const QUIET_MS = 60_000;
const ID = /^[\w-]{1,100}$/;

export interface RelayRecordingsPorts {
  folder: string;
  /** What seals them; undefined: nothing is recorded here. */
  keys: RelayKeys | undefined;
  /** Where those go whose policy says so. */
  bucket: Bucket | undefined;
  policyOf: (accountId: string) => RecordingPolicy;
  /** What must stay whatever its age. */
  holds: () => Promise<readonly LegalHold[]>;
  /** Who was erased at some time. */
  erased: () => Promise<readonly ErasedPerson[]>;
  clock: Clock;
  log: Log;
}

/** Who was erased, and at which numbers. */
export interface ErasedPerson {
  erasure: Erasure;
  accounts: ReadonlySet<string>;
}

/** How many recordings went, and how many stay because of a legal hold. */
interface ErasedRecordings {
  erased: number;
  held: number;
}

/**
 * The recordings that this relay has made: kept in its folder or moved to the bucket, sealed in both, and deleted after
 * the days that their number's policy says.
 */
export class RelayRecordings {
  readonly #ports: RelayRecordingsPorts;
  readonly #marks: Marks;
  readonly #deletions: Deletions;
  #cancel: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #turn: Promise<unknown> = Promise.resolve();
  /** Erasures by their ids, of which nothing is left here. */
  readonly #carriedOut = new Set<string>();
  /** How many could not be opened the last time, for want of their key; that is told once. */
  #locked = 0;

  constructor(ports: RelayRecordingsPorts) {
    this.#ports = ports;
    this.#marks = new Marks(ports.folder);
    this.#deletions = new Deletions(ports.folder);
  }

  start(): void {
    const { clock, log } = this.#ports;
    this.#running = this.#sweep();
    const again = () => {
      this.#cancel = clock.at(clock.now() + HOUR_MS / 12, again);
      this.#running = this.#running
        .then(() => this.tidy())
        .catch((error: unknown) => log.error('recordings.not-tidied', { why: reasonOf(error) }));
    };
    again();
  }

  /** Copies that a relay which was killed has not finished. */
  async #sweep(): Promise<void> {
    const { folder } = this.#ports;
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names) {
      if (name.endsWith(ANEW)) await rm(path.join(folder, name), { force: true });
    }
  }

  /** @returns undefined if there is none of this name @throws RecordingUnreadable */
  async open(id: string): Promise<OpenedRecording | undefined> {
    const { keys } = this.#ports;
    if (!ID.test(id)) return undefined;
    const local = this.#pathOf(id);
    return (await isThere(local)) ? openFile(local, keys) : this.#openRemote(id, keys);
  }

  /** Whether somebody may still append to it: its recorder ends it, or has died. */
  async isWritten(id: string): Promise<boolean> {
    const found = await stat(this.#pathOf(id)).catch(() => undefined);
    if (!found || this.#ports.clock.now() - found.mtimeMs >= QUIET_MS) return false;
    return !(await this.#isComplete(id));
  }

  /** Who deleted one while its call went on. */
  async deletionOf(id: string): Promise<Deletion | undefined> {
    return ID.test(id) ? this.#deletions.of(id) : undefined;
  }

  /**
   * Deletes the recordings of erased people, whether or not anything else is still known of their calls; those on legal
   * hold stay.
   *
   * @param callIds calls whose recordings go, too
   */
  async erase(
    people: readonly ErasedPerson[],
    callIds: ReadonlySet<string> = new Set(),
  ): Promise<ErasedRecordings> {
    const calls = new Set([...callIds].map(hashOfCall));
    const isHeld = await this.#holds();
    const count = { erased: 0, held: 0 };
    for (const id of await this.#all()) {
      const facts = await this.#factsOf(id).catch(orUnreadable);
      const isMeant = facts && (calls.has(facts.call) || people.some((one) => isOf(facts, one)));
      if (!isMeant) continue;
      if (isHeld(id, facts)) {
        count.held++;
        continue;
      }
      await this.#remove(id);
      count.erased++;
    }
    return count;
  }

  /** What was erased while this relay was away, or on legal hold then. */
  async #eraseLate(): Promise<void> {
    const known = await this.#ports.erased();
    const due = known.filter(({ erasure }) => !this.#carriedOut.has(erasure.id));
    if (due.length === 0) return;
    const { erased, held } = await this.erase(due);
    if (erased > 0) this.#ports.log.info('recordings.erased', { recordings: erased, held });
    if (held === 0) for (const { erasure } of due) this.#carriedOut.add(erasure.id);
  }

  /** @returns whether a recording must stay */
  async #holds(): Promise<(id: string, facts: KnownFacts) => boolean> {
    const holds = (await this.#ports.holds()).filter(({ on }) => on);
    const ids = new Set(holds.flatMap(({ recordings }) => recordings));
    const calls = new Set(holds.map(({ call }) => call));
    return (id, { call }) => ids.has(id) || calls.has(call);
  }

  /** Moves what belongs into the bucket, and deletes what is too old. */
  async tidy(): Promise<void> {
    await this.#eraseLate();
    const isHeld = await this.#holds();
    const { policyOf, clock, log, bucket, keys } = this.#ports;
    let isAnew = true;
    let locked = 0;
    await this.#deletions.forget(({ accountId, at }) => {
      return clock.now() > at + policyOf(accountId).keepDays * DAY_MS;
    });
    for (const id of await this.#all()) {
      try {
        const facts = await this.#factsOf(id);
        if (!facts) continue;
        const { keepDays, where } = policyOf(facts.accountId);
        const isOld = clock.now() > facts.startedAt + keepDays * DAY_MS;
        if (isOld && !isHeld(id, facts)) {
          await this.#remove(id);
          log.info('recordings.deleted', { days: keepDays });
          continue;
        }
        if (!(await this.#inTurn(() => this.#sealAnew(id)))) isAnew = false;
        if (where === 's3' && bucket) await this.#inTurn(() => this.#upload(id, bucket));
      } catch (error) {
        isAnew = false;
        if (error instanceof RecordingUnreadable && error.why === 'no-key') {
          locked++;
          continue;
        }
        // The next round tries again.
        log.warn('recordings.not-moved', { why: reasonOf(error) });
      }
    }
    if (locked > 0 && locked !== this.#locked) log.error('recordings.no-key', { count: locked });
    this.#locked = locked;
    if (keys && keys.oldKeys.length > 0 && isAnew) log.info('recordings.old-keys-not-needed', {});
  }

  async close(): Promise<void> {
    this.#cancel();
    await this.#running;
  }

  /** With the key for new ones, whoever keeps it. @returns whether it is now */
  async #sealAnew(id: string): Promise<boolean> {
    const { keys, bucket, log } = this.#ports;
    if (!keys || keys.oldKeys.length === 0) return true;
    const local = this.#pathOf(id);
    if (await isThere(local)) {
      if ((await keyIdOfFile(local)) === keys.key.id) return true;
      if ((await this.isWritten(id)) || !(await sealFileAnew(local, keys))) return false;
    } else {
      const facts = await this.#marks.read(id, keys);
      if (facts.keyId === keys.key.id) return true;
      const content = await bucket?.get(id + RECORDING_EXTENSION);
      const sealed = content && sealAnew(Buffer.from(content), allOf(keys), keys.key);
      if (!sealed) return false;
      await bucket?.put(id + RECORDING_EXTENSION, new Uint8Array(sealed));
      await this.#marks.write(id, facts, keys);
    }
    log.info('recordings.sealed-anew', {});
    return true;
  }

  /** Its mark stays in the folder, so that it is found when its time is over. */
  async #upload(id: string, bucket: Bucket): Promise<void> {
    const local = this.#pathOf(id);
    // It may have been deleted meanwhile.
    if (!(await isThere(local))) return;
    if (await this.isWritten(id)) return;
    const facts = await this.#factsOf(id);
    const { keys } = this.#ports;
    if (!facts || !keys) return;
    await bucket.put(id + RECORDING_EXTENSION, new Uint8Array(await readFile(local)));
    await this.#marks.write(id, facts, keys);
    await rm(local, { force: true });
    this.#ports.log.info('recordings.moved', {});
  }

  async #openRemote(id: string, keys: RelayKeys | undefined): Promise<OpenedRecording | undefined> {
    const { bucket } = this.#ports;
    if (!bucket || !(await this.#isMoved(id))) return undefined;
    const content = await bucket.get(id + RECORDING_EXTENSION);
    if (!content) return undefined;
    return openCopy(content, keys);
  }

  #remove(id: string): Promise<void> {
    return this.#inTurn(() => this.#removeNow(id));
  }

  /** What is deleted must not come back as a copy that was being made. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(task);
    this.#turn = run.catch(() => undefined);
    return run;
  }

  async #removeNow(id: string): Promise<void> {
    if (await this.#isMoved(id)) {
      await this.#ports.bucket?.remove(id + RECORDING_EXTENSION);
      await this.#marks.remove(id);
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

  async #factsOf(id: string): Promise<KnownFacts | undefined> {
    const { keys } = this.#ports;
    if (!(await isThere(this.#pathOf(id)))) {
      if (!keys) throw new RecordingUnreadable('no-key');
      return this.#marks.read(id, keys);
    }
    return factsOfFile(this.#pathOf(id), keys);
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

  #isMoved(id: string): Promise<boolean> {
    return isThere(path.join(this.#ports.folder, id + MARK));
  }

  #pathOf(id: string): string {
    return path.join(this.#ports.folder, id + RECORDING_EXTENSION);
  }
}

/** It belongs to nobody whom this relay could know. */
function orUnreadable(error: unknown): undefined {
  if (!(error instanceof RecordingUnreadable)) throw error;
}

function isOf(
  { accountId, startedAt, customer }: KnownFacts,
  { accounts, erasure: { salt, hashes, at } }: ErasedPerson,
): boolean {
  return (
    accounts.has(accountId) &&
    startedAt <= at &&
    customer.some((key) => hashes.includes(personHash(salt, key)))
  );
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
