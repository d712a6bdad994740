import { setTimeout as delay } from 'node:timers/promises';
import type { Certificate, Erased, ErasureStep } from '../../shared/ipc/erasing.ts';
import type { Erasure } from '../../shared/protocol/erasure.ts';
import {
  addErased,
  type ErasedStep,
  nothingErased,
  wordsOf,
} from '../db/erasing/person-erasure.ts';
import type { SafeErasures } from '../db/storage/safe-erasures.ts';
import type { Log } from '../log.ts';

/** Calls, and as many messages, that are deleted at a time, and the pause after them, in ms: no call has to wait. */
const AT_ONCE = 10;
const PAUSE_MS = 10;

export interface PersonEraserPorts {
  store: SafeErasures;
  /** Whom hashes mean here; on the reader's thread. */
  keysOf: (salt: string, hashes: readonly string[]) => Promise<readonly string[]>;
  /** Live calls with one of these. */
  live: (keys: readonly string[]) => number;
  /** Deletes what other parts keep in memory and beside the database. @returns how many texts */
  texts: (words: readonly string[], callIds: readonly string[]) => number;
  forgetCalls: (callIds: readonly string[]) => void;
  forgetFiles: (files: ErasedStep['files']) => Promise<number>;
  /** What must stay is marked so, before anything is deleted. */
  applyHolds: () => void;
  /** Deletes the recordings of calls that are gone. @returns how many there were */
  eraseRecordings: (callIds: readonly string[]) => Promise<number>;
  /** Rewrites the search indexes and empties the write-ahead log. */
  purge: () => Promise<void>;
  /** Removes the log's copies and makes a new one. */
  renewCopies: () => Promise<{ removed: number; left: readonly string[]; hasSnapshot: boolean }>;
  /** The person is gone from what windows show. */
  changed: () => void;
  log: Log;
}

type LocalErasure = Pick<Certificate, 'console' | 'left'>;

/**
 * Erases people from this console, whoever asked for it: in small steps, again after a kill, and again after a rescue
 * brought something back. Several are carried out in turn.
 */
export class PersonEraser {
  readonly #ports: PersonEraserPorts;
  /** How far an erasure has come. */
  onProgress: Progress = () => undefined;
  readonly #runs = new Map<string, Promise<LocalErasure>>();
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(ports: PersonEraserPorts) {
    this.#ports = ports;
  }

  /**
   * Carries out what an earlier run did not.
   *
   * @param again also what it did, because a rescue may have brought it `back`, or what was on legal hold is `released`
   */
  resume(again?: 'back' | 'released'): void {
    const { store, log } = this.#ports;
    for (const { isDone, isHeld = false, ...erasure } of store.all()) {
      const isAgain = again === 'back' || (again === 'released' && isHeld);
      if (isDone && !isAgain) continue;
      this.#runs.delete(erasure.id);
      this.erase(erasure).catch((error: unknown) => log.warn(`erasure: put off: ${String(error)}`));
    }
  }

  /** An erasure that the relay told of. */
  handleErasure(erasure: Erasure): void {
    const { store, log } = this.#ports;
    if (store.all().some(({ id }) => id === erasure.id)) return;
    // Known before the entry counts as stored.
    store.put({ ...erasure, isDone: false });
    this.erase(erasure).catch((error: unknown) => log.warn(`erasure: put off: ${String(error)}`));
  }

  /** A call has ended: one of an erased person is erased, too. */
  handleEnded(): void {
    this.resume();
  }

  close(): void {
    this.#closed = true;
  }

  /**
   * Rejects if it cannot be done now; it is done later. What the relay asked for already is not begun a second time: its
   * entry may come before its answer.
   */
  erase(erasure: Erasure): Promise<LocalErasure> {
    const known = this.#runs.get(erasure.id);
    if (known) return known;
    const run = this.#turn.then(() => this.#erase(erasure, this.onProgress));
    this.#turn = run.catch(() => undefined);
    this.#runs.set(erasure.id, run);
    run.catch(() => this.#runs.delete(erasure.id));
    return run;
  }

  async #erase(erasure: Erasure, progress: Progress): Promise<LocalErasure> {
    const { store, log, changed } = this.#ports;
    if (this.#closed) throw new Error('closed');
    store.put({ ...erasure, isDone: false });
    const keys = await this.#ports.keysOf(erasure.salt, erasure.hashes);
    const subject = { keys, until: erasure.at };
    this.#ports.applyHolds();
    let erased: Erased = nothingErased;
    const callIds: string[] = [];
    let messageFiles = 0;
    for (let done = 0; ;) {
      if (!store.isWritable()) throw new Error('the log cannot be written');
      if (this.#closed) throw new Error('closed');
      const step = store.step(subject, AT_ONCE);
      erased = addErased(erased, step.erased);
      callIds.push(...step.callIds);
      messageFiles += await this.#ports.forgetFiles(step.files);
      this.#ports.forgetCalls(step.callIds);
      done += step.callIds.length + step.messages;
      progress('calls', done, done + step.left);
      if (step.left === 0) break;
      await delay(PAUSE_MS);
    }
    const texts = this.#ports.texts(wordsOf(keys), callIds);
    erased = addErased(erased, { ...store.finish(subject), texts });
    if (keys.length > 0) changed();
    progress('files', 0, 1);
    const recordings = await this.#ports.eraseRecordings(callIds);
    const live = this.#ports.live(keys);
    const isAny = Object.values(erased).some((count) => count > 0);
    const copies = isAny
      ? await this.#withoutTraces(progress)
      : { removed: 0, left: [], hasSnapshot: false };
    const held = store.held(subject);
    store.put({ ...erasure, isDone: live === 0, isHeld: held > 0 });
    const counts = Object.entries(erased).map(([kind, count]) => `${count} ${kind}`);
    log.info(`erasure ${erasure.id}: ${counts.join(', ')}`);
    return {
      console: {
        erased,
        messageFiles,
        recordings,
        copies: copies.removed,
        hasSnapshot: copies.hasSnapshot,
      },
      left: {
        held,
        live,
        exports: store
          .exported()
          .filter(({ has }) => has === 'people' || erased.calls > 0)
          .map(({ path, at }) => ({ path, at })),
        copies: copies.left,
      },
    };
  }

  async #withoutTraces(progress: Progress) {
    progress('indexes', 0, 1);
    await this.#ports.purge();
    progress('snapshot', 0, 1);
    return this.#ports.renewCopies();
  }
}

export type Progress = (step: ErasureStep, done: number, total: number) => void;
