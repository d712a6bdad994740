import { existsSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Log } from '../../log.ts';
import type { Repairs } from './repairs.ts';

export interface SnapshotPorts {
  /** Of the database. */
  path: string;
  repairs: Pick<Repairs, 'snapshot' | 'index'>;
  clock: Clock;
  log: Log;
  /** Whether the file can be trusted now: open, sound, and nothing waits. */
  isSound: () => boolean;
}

/** So many are kept. */
const KEPT = 2;
/** One a day. */
const INTERVAL_MS = 24 * 3_600_000;
/** The first one, once the start is long over. */
const FIRST_MS = 10 * 60_000;
/** Not made where less than this many times the file's size is free. */
const ROOM = 2;

/**
 * Copies of the database, made each day on a thread of their own and checked, the newest ones kept. If the file is
 * damaged later, the rescue takes from the newest one what it cannot read in the file.
 */
export class Snapshots {
  readonly #ports: SnapshotPorts;
  #cancel: () => void = () => undefined;
  #closed = false;
  #newestAt: number | undefined;

  constructor(ports: SnapshotPorts) {
    this.#ports = ports;
    const { clock } = ports;
    const times = snapshotsOf(ports.path).map((file) => statSync(file).mtimeMs);
    // One that was made while the clock was ahead would put off the next.
    this.#newestAt = times.find((at) => at <= clock.now());
    const due = this.#newestAt === undefined ? 0 : this.#newestAt + INTERVAL_MS;
    this.#schedule(Math.max(due, clock.now() + FIRST_MS));
  }

  /** When the newest one was made and checked, Unix ms. */
  get newestAt(): number | undefined {
    return this.#newestAt;
  }

  /** Makes one now. @returns its path; undefined if there is a reason not to, which is in the log */
  async make(): Promise<string | undefined> {
    const { path, repairs, clock, log, isSound } = this.#ports;
    if (!isSound()) return undefined;
    const to = `${path}${SUFFIX}${new Date(clock.now()).toISOString().replaceAll(':', '-')}`;
    try {
      const { bavail, bsize } = statfsSync(dirname(path));
      if (bavail * bsize < ROOM * statSync(path).size) {
        log.warn('database: no snapshot, because the disk is almost full');
        return undefined;
      }
      for (const left of filesOf(path)) if (left.endsWith('.part')) rmSync(left, { force: true });
      const calls = await repairs.snapshot(path, to);
      this.#newestAt = clock.now();
      log.info(`database: snapshot of ${calls} calls in ${to}`);
      for (const old of snapshotsOf(path).slice(KEPT)) rmSync(old, { force: true });
      // A console that runs for weeks has days to count that ended since its start.
      await repairs.index(path);
      return to;
    } catch (error) {
      log.warn(`database: no snapshot: ${String(error)}`);
      return undefined;
    }
  }

  /**
   * Replaces all copies by a new one: the earlier ones have what was erased since. Without a new one they go as well.
   *
   * @returns how many were removed, those that could not be, and whether there is a new one
   */
  async renew(): Promise<{ removed: number; left: readonly string[]; hasSnapshot: boolean }> {
    const { path } = this.#ports;
    const earlier = [...filesOf(path), ...setAsideFilesOf(path)];
    const made = await this.make();
    let removed = 0;
    const left: string[] = [];
    for (const file of earlier.filter((one) => one !== made)) {
      try {
        rmSync(file, { force: true });
        removed += 1;
      } catch {
        left.push(file);
      }
    }
    return { removed, left, hasSnapshot: made !== undefined };
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  #schedule(at: number): void {
    this.#cancel = this.#ports.clock.at(at, () => {
      void this.make().finally(() => {
        if (!this.#closed) this.#schedule(this.#ports.clock.now() + INTERVAL_MS);
      });
    });
  }
}

const SUFFIX = '.snapshot-';
const ASIDE = '.unreadable-';

/** The snapshots of a database, the newest first: their names are their times. */
export function snapshotsOf(path: string): readonly string[] {
  return filesOf(path).filter((name) => !name.endsWith('.part'));
}

/** Damaged files that were set aside, with their write-ahead logs. */
function setAsideFilesOf(path: string): readonly string[] {
  return filesOf(path, ASIDE);
}

function filesOf(path: string, suffix = SUFFIX): readonly string[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(basename(path) + suffix))
    .toSorted()
    .toReversed()
    .map((name) => join(folder, name));
}
