import { EventEmitter } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings, StorageTrouble, StorageView } from '../../../shared/ipc/model.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Log } from '../../log.ts';
import { openDatabase } from '../open.ts';
import { salvageBasics } from '../salvage/basics.ts';
import { openStores, type Stores } from '../stores.ts';
import type { Repairs } from './repairs.ts';
import { troubleOf } from './trouble.ts';

export interface StorageOptions {
  /** Absolute path of the file. Its folder is made when it is not there. */
  path: string;
  nativeBinding?: string | undefined;
  defaults?: Settings | undefined;
  clock: Clock;
  log: Log;
  /** Looks for damage and rescues calls beside the console; without it neither is done. */
  repairs?: Repairs | undefined;
}

export interface StorageEvents {
  /** What `view` answers has changed. */
  changed: [];
  /** The file can be read again, or more of it: earlier questions may have other answers now. */
  refreshed: [];
}

/** A part that keeps some of what is stored in memory, or has the file open as well. */
export interface Keeper {
  /** Writes what is going on into another file that was begun, and knows nothing of it. */
  begun?: (stores: Stores) => void;
  /** Everything that waited is stored. */
  stored?: (stores: Stores) => void;
  /** Closes the file so that it can be moved, and does not open it again before `until`. */
  release?: (until: Promise<void>) => Promise<void>;
}

/** @param late it waited, and others with it: facts from before may still be missing */
type Write = (stores: Stores, late: boolean) => unknown;

/** Pauses before the next try, in ms; the last one again and again. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 5_000, 10_000];
/** A disk that damages files faster than this many times in one life is not written to any more. */
const MOST_REPLACED = 3;

/**
 * The console's file, for whom must not fail: a call rings whatever the disk does. What cannot be
 * written now waits in memory, in its order, and is written when that is possible again; what
 * cannot be read has a value of its own. Nothing here throws.
 *
 * A damaged file is set aside by itself. A new one takes its place at once, and what can be read of
 * the old one comes back while the console goes on.
 */
export class Storage extends EventEmitter<StorageEvents> {
  readonly #options: StorageOptions;
  readonly #keepers: Keeper[] = [];
  #stores: Stores | undefined;
  #inode: number | undefined;
  #waiting: Write[] = [];
  #trouble: { kind: StorageTrouble; why: string; since: number } | undefined;
  #rescue: StorageView['setAside'];
  readonly #leftOut = new Set<string>();
  /** Why the file has to be set aside before anything else; known until that is done. */
  #damage: string | undefined;
  #replaced = 0;
  /** The file is a new one, though something was known before. */
  #forgot = false;
  #releasing = false;
  #tries = 0;
  #cancelRetry: () => void = () => undefined;
  #started = false;
  #closed = false;

  constructor(options: StorageOptions) {
    super();
    this.#options = options;
    this.#attempt();
    this.#started = true;
  }

  /** Registers a part that must know when the file is replaced, stored in full, or moved. */
  keep(keeper: Keeper): void {
    this.#keepers.push(keeper);
  }

  /** What is to be said about the file; undefined parts are well. */
  view(): StorageView {
    const trouble = this.#trouble;
    const waiting = this.#waiting;
    const leftOut = this.#leftOut;
    const rescue = this.#rescue;
    return {
      path: this.#options.path,
      trouble: trouble && { kind: trouble.kind, why: trouble.why, since: trouble.since },
      waiting: waiting.length,
      setAside: rescue,
      leftOut: [...leftOut],
    };
  }

  /** @returns what was read, or `otherwise` while nothing can be */
  read<T>(ask: (stores: Stores) => T, otherwise: T): T {
    if (!this.#stores) return otherwise;
    try {
      return ask(this.#stores);
    } catch (error) {
      this.#failed(error, 'read');
      return otherwise;
    }
  }

  /**
   * Writes now or, when that does not work, later.
   * @returns what the write gave, or `otherwise` while it waits
   */
  write<T>(put: (stores: Stores, late: boolean) => T, otherwise: T): T {
    if (this.#closed) return otherwise;
    if (!this.#stores || this.#waiting.length > 0 || this.#isGone()) {
      this.#waiting.push(put);
      this.#later();
      return otherwise;
    }
    try {
      return put(this.#stores, false);
    } catch (error) {
      this.#waiting.push(put);
      this.#failed(error, 'written');
      return otherwise;
    }
  }

  /** Whether facts wait in memory. */
  isBehind(): boolean {
    return this.#waiting.length > 0 || !this.#stores;
  }

  /** Damage that somebody else came upon: the reader's thread, or the check after the start. */
  handleDamage(why: string): void {
    if (this.#damage === undefined && !this.#closed) this.#replaceLater(why);
  }

  /** Looks through the whole file for damage, beside the console. */
  async check(): Promise<void> {
    const { repairs, path, log } = this.#options;
    if (!this.#stores || !repairs) return;
    try {
      const problem = await repairs.check(path);
      if (problem !== undefined) this.handleDamage(problem);
    } catch (error) {
      log.warn(`database: not checked: ${String(error)}`);
    }
  }

  /** Tries once more to store what waits, and lets go of the file. Release the repairs before. */
  close(): void {
    if (this.#waiting.length > 0 && this.#damage === undefined) this.#attempt();
    this.#closed = true;
    this.#cancelRetry();
    if (this.#waiting.length > 0) {
      this.#options.log.error(`database: ${this.#waiting.length} facts could not be stored`);
    }
    this.#letGo();
  }

  /** Opens the file where it is not open, and writes what waits. */
  #attempt(): void {
    this.#cancelRetry();
    if (this.#closed || this.#releasing) return;
    const wasOpen = this.#stores !== undefined;
    try {
      this.#stores ??= this.#open();
      this.#flush(this.#stores);
    } catch (error) {
      this.#failed(error, wasOpen ? 'written' : 'opened');
    }
    if (!wasOpen && this.#stores && this.#started) this.emit('refreshed');
  }

  #open(): Stores {
    const { path, nativeBinding, clock, log, defaults } = this.#options;
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const { db, setAside } = openDatabase({
      path,
      nativeBinding,
      now: () => clock.now(),
      damaged: this.#damage,
    });
    this.#damage = undefined;
    let stores: Stores;
    try {
      const leftOut = (what: string) => this.#handleLeftOut(what);
      stores = openStores(db, { defaults, log, leftOut });
      if (!setAside) probe(stores);
    } catch (error) {
      db.close();
      throw error;
    }
    this.#inode = inodeOf(path);
    if (setAside) this.#begin(stores, setAside);
    else this.#rescue = this.#resumed(stores);
    if (setAside || this.#forgot) {
      const begun = this.#keepers.flatMap((keeper) => keeper.begun ?? []);
      this.#waiting.unshift(...begun);
    }
    this.#forgot = false;
    return stores;
  }

  /** A new file in the place of a damaged one. */
  #begin(stores: Stores, setAside: { path: string; why: string }): void {
    const { clock, log } = this.#options;
    this.#replaced += 1;
    log.error(`database: set aside as ${setAside.path}: ${setAside.why}`);
    const at = clock.now();
    try {
      salvageBasics(setAside.path, stores.db);
    } catch (error) {
      log.warn(`database: settings were not rescued: ${String(error)}`);
    }
    this.#waiting.unshift((fresh) => fresh.setAside.set({ path: setAside.path, at }));
    this.#rescue = { path: setAside.path, at, isNews: true };
    this.#salvage(setAside.path, at);
  }

  /** What was said of an earlier file; a rescue that was cut off is taken up again. */
  #resumed(stores: Stores): StorageView['setAside'] {
    const known = stores.setAside.get();
    if (known && known.calls === undefined) this.#salvage(known.path, known.at);
    return known;
  }

  #salvage(from: string, at: number): void {
    const { repairs } = this.#options;
    if (repairs) void this.#rescueWith(repairs, from, at);
  }

  async #rescueWith(repairs: Repairs, from: string, at: number): Promise<void> {
    const { path, log } = this.#options;
    const rescue = { path: from, at, isNews: true };
    try {
      const calls = await repairs.salvage({ from, to: path }, (progress) => {
        this.#rescue = { ...rescue, progress };
        this.emit('changed');
      });
      if (this.#closed) return;
      log.info(`database: ${calls} calls came back from ${from}`);
      this.#rescue = { ...rescue, calls };
      this.write((stores) => stores.setAside.set({ path: from, at, calls }), undefined);
      this.emit('refreshed');
    } catch (error) {
      if (this.#closed) return;
      log.error(`database: the rescue from ${from} stopped: ${String(error)}`);
      this.#rescue = { ...rescue, failed: String(error) };
    }
    this.emit('changed');
  }

  /** In their order. One that cannot be written by itself does not hold up the others. */
  #flush(stores: Stores): void {
    const odd: Write[] = [];
    if (this.#waiting.length === 0) stores.db.pragma('schema_version');
    for (let put = this.#waiting[0]; put; put = this.#waiting[0]) {
      try {
        put(stores, true);
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble.kind !== 'fact') {
          this.#waiting.unshift(...odd);
          throw error;
        }
        this.#options.log.error(`database: not stored: ${trouble.why}`);
        odd.push(put);
      }
      this.#waiting.shift();
    }
    this.#waiting = odd;
    if (odd.length > 0) return this.#tryLater({ kind: 'disk', why: 'a fact could not be written' });
    for (const { stored } of this.#keepers) stored?.(stores);
    this.#tries = 0;
    if (!this.#trouble) return;
    this.#options.log.info('database: everything is stored again');
    this.#trouble = undefined;
    this.emit('changed');
  }

  #failed(error: unknown, what: string): void {
    const trouble = troubleOf(error);
    const { kind, why } = trouble;
    this.#options.log.error(`database: cannot be ${what}: ${why}`);
    switch (kind) {
      case 'damaged':
        return this.#replaceLater(why);
      case 'fact':
        // What is read has its other value; what is written is tried again with the others.
        if (this.#waiting.length > 0) this.#tryLater({ kind: 'disk', why });
        return undefined;
      case 'newer':
        this.#become({ kind, why });
        return undefined;
      case 'full':
      case 'locked':
      case 'read-only':
      case 'no-access':
      case 'disk':
      case 'missing':
      case 'removed':
      case 'wears-out':
        return this.#tryLater({ kind, why });
      default:
        return assertNever(kind, 'trouble');
    }
  }

  /** The file goes as soon as nobody reads it any more. Until then everything lives in memory. */
  #replaceLater(why: string): void {
    const isFirst = !this.#stores && this.#replaced === 0;
    this.#letGo();
    if (this.#replaced >= MOST_REPLACED) {
      this.#become({ kind: 'wears-out', why });
      return;
    }
    this.#damage = why;
    // Nothing else has opened it yet: what was stored is asked for next.
    if (isFirst && this.#tries === 0) {
      this.#tries += 1;
      return this.#attempt();
    }
    if (this.#releasing) return;
    this.#releasing = true;
    void this.#replaceNow();
  }

  async #replaceNow(): Promise<void> {
    const { repairs, log } = this.#options;
    let free: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      free = resolve;
    });
    try {
      await Promise.all([
        repairs?.release(),
        ...this.#keepers.map(({ release }) => release?.(until)),
      ]);
    } catch (error) {
      log.warn(`database: still read: ${String(error)}`);
    }
    this.#releasing = false;
    this.#attempt();
    free();
    this.emit('changed');
  }

  #tryLater(trouble: { kind: StorageTrouble; why: string }): void {
    // A lock of a moment is nobody's concern.
    if (this.#tries > 0 || trouble.kind !== 'locked') this.#become(trouble);
    this.#later();
    this.#tries += 1;
  }

  #later(): void {
    if (this.#closed || this.#releasing || this.#trouble?.kind === 'newer') return;
    const { clock } = this.#options;
    const pause = PAUSES_MS[Math.min(this.#tries, PAUSES_MS.length - 1)] ?? 0;
    this.#cancelRetry();
    this.#cancelRetry = clock.at(clock.now() + pause, () => this.#attempt());
  }

  #become(trouble: { kind: StorageTrouble; why: string }): void {
    const since = this.#trouble?.since ?? this.#options.clock.now();
    this.#trouble = { ...trouble, since };
    this.emit('changed');
  }

  /** Somebody moved or removed the file: what is written to it now would be nowhere. */
  #isGone(): boolean {
    if (this.#inode === undefined || inodeOf(this.#options.path) === this.#inode) return false;
    this.#options.log.error('database: the file was removed');
    this.#letGo();
    this.#inode = undefined;
    this.#forgot = true;
    this.#become({ kind: 'removed', why: 'the file was removed' });
    return true;
  }

  #handleLeftOut(what: string): void {
    this.#options.log.warn(`database: left out, cannot be read: ${what}`);
    this.#leftOut.add(what);
    this.emit('changed');
  }

  #letGo(): void {
    const stores = this.#stores;
    this.#stores = undefined;
    try {
      stores?.db.close();
    } catch (error) {
      this.#options.log.warn(`database: not closed: ${String(error)}`);
    }
  }
}

/** Reads what the start needs, so that damage shows before anything is built on it. */
function probe(stores: Stores): void {
  stores.settings.get();
  stores.accounts.all();
  stores.cursor.get();
  stores.calls.unfinished();
  stores.calls.unseenMissed();
}

function inodeOf(path: string): number | undefined {
  try {
    return statSync(path).ino;
  } catch {
    return undefined;
  }
}
