import { isKnownAs, isLive, type Call } from '../../../shared/call/model.ts';
import type { Quality } from '../../../shared/ipc/history.ts';
import type { CallLog } from '../../calls/ports.ts';
import type { CursorStore } from '../relay-cursor.ts';
import type { Stores } from '../stores.ts';
import type { Storage } from './storage.ts';

type Entry = Parameters<CallLog['commit']>[0];

/** How many ended calls are kept in memory; late reports concern recent ones. */
const REMEMBERED = 500;

/**
 * The call log that calls use: a commit is known at once whatever happens to the file, and is
 * stored when possible. The stored cursor is honest: a write that waits does not move it, so after
 * a crash the relay sends the entry again.
 */
export class SafeCallLog implements CallLog {
  readonly #storage: Storage;
  /** The calls committed last, newest at the end. */
  readonly #known = new Map<string, Call>();
  #at: { epoch: string; cursor: number } | undefined;
  /** The log entries with the offers of calls that were ringing when the app stopped. */
  readonly #offers: Map<string, number>;
  #unseen = 0;
  #listed = 0;
  /** The relay's log, as far as it was received. */
  readonly cursor: CursorStore;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#at = storage.read(({ cursor }) => cursor.get(), undefined);
    this.#offers = storage.read(({ calls }) => calls.offerCursors(), new Map<string, number>());
    this.cursor = {
      get: () => this.#hello(),
      reset: (epoch, cursor) => this.#reset(epoch, cursor),
      advance: (cursor) => this.advance(cursor),
    };
    storage.register({
      handleNewFile: (stores) => this.#begin(stores),
      handleAllStored: ({ cursor }) => {
        if (this.#at) cursor.advance(this.#at.cursor);
      },
    });
  }

  commit(entry: Entry): void {
    const { call, ignored, cursor } = entry;
    if (call && ignored === undefined) this.#remember(call);
    this.#hear(cursor);
    this.#storage.write(
      ({ calls }, late) =>
        calls.commit(late ? { ...entry, cursor: undefined, reportedIn: cursor } : entry),
      undefined,
    );
  }

  advance(cursor: number): void {
    this.#hear(cursor);
    this.#storage.write((stores, late) => {
      if (!late) stores.cursor.advance(cursor);
    }, undefined);
  }

  /**
   * Whether this entry was received before. Entries are repeated for offers, which are not stored.
   */
  hasHeard(cursor: number): boolean {
    return this.#at !== undefined && cursor <= this.#at.cursor;
  }

  get(callId: string): Call | undefined {
    return (
      this.#known.get(callId) ?? this.#storage.read(({ calls }) => calls.get(callId), undefined)
    );
  }

  byProviderId(accountId: string, providerCallId: string): Call | undefined {
    const found = [...this.#known.values()].findLast(
      (call) =>
        call.accountId === accountId &&
        (call.providerCallId === providerCallId || call.secondaryId === providerCallId),
    );
    return (
      found ??
      this.#storage.read(({ calls }) => calls.byProviderId(accountId, providerCallId), undefined)
    );
  }

  recordsOf(callId: string): readonly Call[] {
    const stored = this.#storage.read(({ calls }) => calls.recordsOf(callId), []);
    const known = [...this.#known.values()].filter((call) => isKnownAs(call, callId));
    const all = new Map([...stored, ...known].map((call) => [call.id, call]));
    return [...all.values()].sort((a, b) => b.createdAt - a.createdAt);
  }

  unfinished(): readonly Call[] {
    const stored = this.#storage.read(({ calls }) => calls.unfinished(), []);
    const all = new Map(stored.map((call) => [call.id, call]));
    for (const call of this.#known.values()) {
      if (isLive(call)) all.set(call.id, call);
      else all.delete(call.id);
    }
    return [...all.values()];
  }

  /** Marks missed calls as seen: one, or all. */
  markSeen(callId?: string): void {
    this.#storage.write(({ calls }) => calls.markSeen(callId), undefined);
  }

  /**
   * Missed calls that nobody has seen or returned; the last known value while the file cannot be
   * read.
   */
  unseenMissed(): number {
    this.#unseen = this.#storage.read(({ calls }) => calls.unseenMissed(), this.#unseen);
    return this.#unseen;
  }

  /** How many calls lists show; the last known value while the file cannot be read. */
  listed(): number {
    this.#listed = this.#storage.read(({ calls }) => calls.listed(), this.#listed);
    return this.#listed;
  }

  /**
   * Deletes at most so many calls that ended before a time.
   *
   * @returns how many; none while the file cannot be written
   */
  forget(before: number, most: number): number {
    const gone = this.#storage.write<readonly string[]>(
      ({ calls }) => calls.forget(before, most),
      [],
    );
    this.drop(gone);
    return gone.length;
  }

  /** These calls are no longer stored. */
  drop(callIds: readonly string[]): void {
    for (const id of callIds) this.#known.delete(id);
  }

  /** Stores a call's last statistics. Those of an unknown call are dropped. */
  saveQuality(callId: string, quality: Quality): void {
    this.#storage.write(({ calls }) => calls.saveQuality(callId, quality), undefined);
  }

  /** Stores how long a call was written down. */
  saveWrapUp(callId: string, seconds: number): void {
    this.#storage.write(({ calls }) => calls.saveWrapUp(callId, seconds), undefined);
  }

  #reset(epoch: string, cursor: number): void {
    this.#at = { epoch, cursor };
    this.#offers.clear();
    this.#storage.write((stores) => stores.cursor.reset(epoch, cursor), undefined);
  }

  /** Where the relay resumes: before the first offer that is still needed. */
  #hello(): { epoch: string; cursor: number } | undefined {
    const at = this.#at;
    if (!at) return undefined;
    const needed = [...this.#offers].flatMap(([id, cursor]) =>
      lacksOffer(this.get(id)) ? [cursor - 1] : [],
    );
    return { ...at, cursor: Math.min(at.cursor, ...needed) };
  }

  #hear(cursor: number | undefined): void {
    if (cursor === undefined || !this.#at) return;
    this.#at = { ...this.#at, cursor: Math.max(this.#at.cursor, cursor) };
  }

  #remember(call: Call): void {
    this.#known.delete(call.id);
    this.#known.set(call.id, call);
    if (this.#known.size <= REMEMBERED || this.#storage.isBehind()) return;
    for (const [id, known] of this.#known) {
      if (isLive(known)) continue;
      this.#known.delete(id);
      return;
    }
  }

  /** Writes the calls of this run into a new file. */
  #begin({ calls, cursor }: Stores): void {
    for (const call of this.#known.values()) calls.put(call);
    if (this.#at) cursor.reset(this.#at.epoch, this.#at.cursor);
  }
}

/** A customer's call whose SDP offer the console no longer has. */
function lacksOffer(call: Call | undefined): boolean {
  return (
    call?.phase.name === 'ringing' && 'reservation' in call.phase && call.phase.offer === undefined
  );
}
