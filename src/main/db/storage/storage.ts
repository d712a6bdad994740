import { EventEmitter } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../../../shared/ipc/settings.ts';
import type { StorageTrouble, StorageView } from '../../../shared/ipc/storage.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Log } from '../../log.ts';
import { fileKind } from '../at-rest/key.ts';
import { isNetworkFolder } from '../network-folder.ts';
import { openDatabase } from '../open.ts';
import { openStores, type Stores } from '../stores.ts';
import type { Repairs } from './repairs.ts';
import { Rescue } from './rescue.ts';
import { troubleOf } from './trouble.ts';
import { WriteQueue } from './write-queue.ts';

export interface StorageOptions {
  /** Absolute path of the file. A missing folder is created. */
  path: string;
  nativeBinding?: string | undefined;
  /** See `OpenOptions`. */
  keys?: readonly string[] | undefined;
  defaults?: Settings | undefined;
  clock: Clock;
  log: Log;
  /** Checks for damage and rescues calls in the background; without it neither is done. */
  repairs?: Repairs | undefined;
}

export interface StorageEvents {
  /** What `view` answers has changed. */
  changed: [];
  /** The file, or more of it, can be read again: earlier reads may have other results now. */
  refreshed: [];
}

/** A part that keeps some of what is stored in memory, or has the file open as well. */
export interface StorageClient {
  /** The file was replaced by an empty one: writes what this part has in memory. */
  handleNewFile?: (stores: Stores) => void;
  /** No writes are waiting any more. */
  handleAllStored?: (stores: Stores) => void;
  /** Closes the file so that it can be moved, and does not open it again before `until`. */
  releaseFile?: (until: Promise<void>) => Promise<void>;
}

/** Pauses before the next attempt, in ms; the last one repeats. */
const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 5_000, 10_000];
/** After this many damaged files in one run the disk is not written to any more. */
const MAX_REPLACEMENTS = 3;

/**
 * The console's database file for callers that must not fail: calls ring whatever the disk does.
 * Writes that fail wait in memory and are repeated in order; reads that fail answer with a default.
 * Nothing here throws.
 *
 * A damaged file is set aside and replaced at once; what can be read of it is rescued in the
 * background.
 */
export class Storage extends EventEmitter<StorageEvents> {
  readonly #options: StorageOptions;
  readonly #clients: StorageClient[] = [];
  readonly #queue: WriteQueue;
  readonly #rescue: Rescue;
  #stores: Stores | undefined;
  #inode: number | undefined;
  #isEncrypted = false;
  #isOnNetwork = false;
  #trouble: { kind: StorageTrouble; why: string; since: number } | undefined;
  readonly #leftOut = new Set<string>();
  /** Why the file must be set aside before it is opened again. */
  #damage: string | undefined;
  #replacements = 0;
  /** The file was removed: the next one starts empty and needs what clients have in memory. */
  #wasRemoved = false;
  #isReleasing = false;
  #failedAttempts = 0;
  #completing: Promise<void> | undefined;
  #cancelRetry: () => void = () => undefined;
  #started = false;
  #closed = false;

  constructor(options: StorageOptions) {
    super();
    this.#options = options;
    this.#queue = new WriteQueue(options.log);
    this.#rescue = new Rescue({
      path: options.path,
      repairs: options.repairs,
      keys: options.keys,
      log: options.log,
      save: (mark) => this.write((stores) => stores.setAside.set(mark), undefined),
      changed: () => this.emit('changed'),
      recovered: () => this.emit('refreshed'),
    });
    this.#attempt();
    this.#started = true;
  }

  /** Registers a part that must know when the file is replaced, complete, or about to be moved. */
  register(client: StorageClient): void {
    this.#clients.push(client);
  }

  /** The state of the file; undefined parts are well. */
  view(): StorageView {
    return {
      path: this.#options.path,
      isEncrypted: this.#isEncrypted,
      isOnNetwork: this.#isOnNetwork,
      trouble: this.#trouble && { ...this.#trouble },
      waiting: this.#queue.size,
      setAside: this.#rescue.view,
      leftOut: [...this.#leftOut],
    };
  }

  /** @returns what was read, or `otherwise` while nothing can be */
  read<T>(query: (stores: Stores) => T, otherwise: T): T {
    if (!this.#stores) return otherwise;
    try {
      return query(this.#stores);
    } catch (error) {
      this.#handleError(error, 'read');
      return otherwise;
    }
  }

  /**
   * Writes now or, if that fails, later.
   * @returns the write's result, or `otherwise` while it waits
   */
  write<T>(write: (stores: Stores, late: boolean) => T, otherwise: T): T {
    if (this.#closed) return otherwise;
    if (!this.#stores || this.#queue.size > 0 || this.#isFileGone()) {
      this.#queue.add(write);
      this.#scheduleRetry();
      return otherwise;
    }
    try {
      return write(this.#stores, false);
    } catch (error) {
      this.#queue.add(write);
      this.#handleError(error, 'written');
      return otherwise;
    }
  }

  /** Whether facts wait in memory. */
  isBehind(): boolean {
    return this.#queue.size > 0 || !this.#stores;
  }

  /** Damage that another part found: the reader's thread, or the check after the start. */
  handleDamage(why: string): void {
    if (this.#damage === undefined && !this.#closed) this.#scheduleReplacement(why);
  }

  /** Checks the whole file for damage and completes its indexes, in the background. */
  async check(): Promise<void> {
    const { repairs, path, log } = this.#options;
    if (!this.#stores || !repairs) return;
    try {
      const problem = await repairs.check(path);
      if (problem !== undefined) return this.handleDamage(problem);
    } catch (error) {
      log.warn(`database: not checked: ${String(error)}`);
    }
    await this.complete();
  }

  /** Completes the indexes and what figures are counted from, in the background. Asked again meanwhile, it is done once. */
  complete(): Promise<void> {
    this.#completing ??= this.#complete().finally(() => (this.#completing = undefined));
    return this.#completing;
  }

  async #complete(): Promise<void> {
    const { repairs, path, log } = this.#options;
    if (!this.#stores || !repairs) return;
    try {
      await repairs.index(path);
    } catch (error) {
      log.warn(`database: indexes are not complete: ${String(error)}`);
    }
  }

  /** Makes a last attempt to store what waits and closes the file. Release the repairs before. */
  close(): void {
    if (this.#queue.size > 0 && this.#damage === undefined) this.#attempt();
    this.#closed = true;
    this.#rescue.close();
    this.#cancelRetry();
    if (this.#queue.size > 0) {
      this.#options.log.error(`database: ${this.#queue.size} facts could not be stored`);
    }
    this.#closeFile();
  }

  /** Opens the file unless it is open, and writes what waits. */
  #attempt(): void {
    this.#cancelRetry();
    if (this.#closed || this.#isReleasing) return;
    const wasOpen = this.#stores !== undefined;
    try {
      this.#stores ??= this.#open();
      this.#flush(this.#stores);
    } catch (error) {
      this.#handleError(error, wasOpen ? 'written' : 'opened');
    }
    if (!wasOpen && this.#stores && this.#started) this.emit('refreshed');
  }

  #open(): Stores {
    const { path, nativeBinding, keys, clock, log, defaults } = this.#options;
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const { db, setAside } = openDatabase({
      path,
      nativeBinding,
      keys,
      now: () => clock.now(),
      damaged: this.#damage,
    });
    this.#damage = undefined;
    let stores: Stores;
    try {
      const leftOut = (what: string) => this.#handleUnreadable(what);
      stores = openStores(db, { defaults, log, leftOut });
      if (!setAside) probe(stores);
    } catch (error) {
      db.close();
      throw error;
    }
    this.#inode = inodeOf(path);
    this.#isOnNetwork = isNetworkFolder(dirname(path));
    this.#isEncrypted = path !== ':memory:' && fileKind(path).kind === 'encrypted';
    if (setAside) this.#handleSetAside(stores, setAside);
    else this.#rescue.resume(stores);
    if (setAside || this.#wasRemoved) {
      this.#queue.addFirst(...this.#clients.flatMap((client) => client.handleNewFile ?? []));
    }
    this.#wasRemoved = false;
    return stores;
  }

  /** A new file took the place of a damaged one. */
  #handleSetAside(stores: Stores, setAside: { path: string; why: string }): void {
    const { clock, log } = this.#options;
    this.#replacements += 1;
    log.error(`database: set aside as ${setAside.path}: ${setAside.why}`);
    const mark = { path: setAside.path, at: clock.now() };
    this.#queue.addFirst((fresh) => fresh.setAside.set(mark));
    this.#rescue.begin(mark.path, mark.at, stores);
  }

  #flush(stores: Stores): void {
    // Shows whether the file can be used when there is nothing to write.
    if (this.#queue.size === 0) stores.db.pragma('schema_version');
    if (!this.#queue.flush(stores)) {
      return this.#retryLater({ kind: 'disk', why: 'a fact could not be written' });
    }
    for (const { handleAllStored } of this.#clients) handleAllStored?.(stores);
    this.#failedAttempts = 0;
    if (!this.#trouble) return;
    this.#options.log.info('database: everything is stored again');
    this.#trouble = undefined;
    this.emit('changed');
  }

  #handleError(error: unknown, what: string): void {
    const trouble = troubleOf(error, this.#options.path);
    const { kind, why } = trouble;
    this.#options.log.error(`database: cannot be ${what}: ${why}`);
    switch (kind) {
      case 'damaged':
        return this.#scheduleReplacement(why);
      case 'fact':
        // A read uses its default; a write is retried with the others.
        if (this.#queue.size > 0) this.#retryLater({ kind: 'disk', why });
        return undefined;
      case 'newer':
      case 'no-key':
        this.#setTrouble({ kind, why });
        return undefined;
      case 'full':
      case 'locked':
      case 'read-only':
      case 'no-access':
      case 'disk':
      case 'missing':
      case 'removed':
      case 'wears-out':
        return this.#retryLater({ kind, why });
      default:
        return assertNever(kind, 'trouble');
    }
  }

  /** Replaces the file once no thread reads it. Until then everything is kept in memory. */
  #scheduleReplacement(why: string): void {
    const isFirst = !this.#stores && this.#replacements === 0;
    this.#closeFile();
    if (this.#replacements >= MAX_REPLACEMENTS) {
      this.#setTrouble({ kind: 'wears-out', why });
      return;
    }
    this.#damage = why;
    // At the start no other thread has it open, and its content is needed next.
    if (isFirst && this.#failedAttempts === 0) {
      this.#failedAttempts += 1;
      return this.#attempt();
    }
    if (this.#isReleasing) return;
    this.#isReleasing = true;
    void this.#replaceFile();
  }

  async #replaceFile(): Promise<void> {
    const { repairs, log } = this.#options;
    let free: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      free = resolve;
    });
    try {
      await Promise.all([
        repairs?.release(),
        ...this.#clients.map(({ releaseFile }) => releaseFile?.(until)),
      ]);
    } catch (error) {
      log.warn(`database: still read: ${String(error)}`);
    }
    this.#isReleasing = false;
    this.#attempt();
    free();
    this.emit('changed');
  }

  #retryLater(trouble: { kind: StorageTrouble; why: string }): void {
    // A brief lock is not worth a notice.
    if (this.#failedAttempts > 0 || trouble.kind !== 'locked') this.#setTrouble(trouble);
    this.#scheduleRetry();
    this.#failedAttempts += 1;
  }

  #scheduleRetry(): void {
    if (this.#closed || this.#isReleasing || this.#isRefused()) return;
    const { clock } = this.#options;
    const pause = RETRY_DELAYS_MS[Math.min(this.#failedAttempts, RETRY_DELAYS_MS.length - 1)] ?? 0;
    this.#cancelRetry();
    this.#cancelRetry = clock.at(clock.now() + pause, () => this.#attempt());
  }

  /** Only another version, the key store or another disk can help, and all need a new start. */
  #isRefused(): boolean {
    const kind = this.#trouble?.kind;
    return kind === 'newer' || kind === 'no-key' || kind === 'wears-out';
  }

  #setTrouble(trouble: { kind: StorageTrouble; why: string }): void {
    const since = this.#trouble?.since ?? this.#options.clock.now();
    this.#trouble = { ...trouble, since };
    this.emit('changed');
  }

  /** Whether the file was moved or removed: writes to it would be lost. */
  #isFileGone(): boolean {
    if (this.#inode === undefined || inodeOf(this.#options.path) === this.#inode) return false;
    this.#options.log.error('database: the file was removed');
    this.#closeFile();
    this.#inode = undefined;
    this.#wasRemoved = true;
    this.#setTrouble({ kind: 'removed', why: 'the file was removed' });
    return true;
  }

  #handleUnreadable(what: string): void {
    this.#options.log.warn(`database: left out, cannot be read: ${what}`);
    this.#leftOut.add(what);
    this.emit('changed');
  }

  #closeFile(): void {
    const stores = this.#stores;
    this.#stores = undefined;
    try {
      stores?.db.close();
    } catch (error) {
      this.#options.log.warn(`database: not closed: ${String(error)}`);
    }
  }
}

/** Reads what the start needs, so that damage shows before anything relies on it. */
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
