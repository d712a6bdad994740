import type { Audience } from './audience.ts';
import type { LogEntry, Store } from '../store/store.ts';
import { isPersonal } from '../access/access.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import { shareEntry } from './encode.ts';
import type { SharedFrame } from './shared-frame.ts';

/** Entries read from the store per page. */
export const PAGE = 100;
/** Limits of recent entries kept in memory, in number and bytes. */
const KEPT = 2_000;
const KEPT_BYTES = 8_388_608;
/** Number of batches for lagging consoles that are kept for others at the same place. */
const BATCHES_KEPT = 32;

interface EncodedEntry {
  entry: LogEntry;
  frame: SharedFrame;
}

/** The part of a batch that consoles of one audience and version receive. */
export interface Portion {
  cursors: readonly number[];
  /** All frames, concatenated. */
  frames: Buffer;
}

/** Consecutive entries, encoded once per audience and version. */
export class Batch {
  /** The batch follows directly on the entry with this cursor. */
  readonly from: number;
  /** The last entry's cursor. */
  readonly to: number;
  readonly #entries: readonly EncodedEntry[];
  readonly #portions = new Map<string, Portion>();
  /** Whether agents with the same rights receive different parts of it. */
  readonly isPersonal: boolean;

  constructor(from: number, to: number, entries: readonly EncodedEntry[]) {
    this.from = from;
    this.to = to;
    this.#entries = entries;
    this.isPersonal = entries.some(({ entry }) => isPersonal(entry.body));
  }

  get entries(): readonly LogEntry[] {
    return this.#entries.map(({ entry }) => entry);
  }

  portionFor({ key: rights, agentId, hearsEntry }: Audience, version: number): Portion {
    const who = this.isPersonal ? JSON.stringify([rights, agentId]) : rights;
    const key = `${version} ${who}`;
    const known = this.#portions.get(key);
    if (known) return known;
    const heard = this.#entries
      .filter(({ entry }) => hearsEntry(entry))
      .map(({ entry, frame }) => ({ entry, bytes: frame.bytes(version) }))
      .filter(({ bytes }) => bytes.length > 0);
    const portion = {
      cursors: heard.map(({ entry }) => entry.cursor),
      frames: Buffer.concat(heard.map(({ bytes }) => bytes)),
    };
    this.#portions.set(key, portion);
    return portion;
  }
}

/**
 * The end of the log in memory, ready to be sent: each entry is read and serialised once, however
 * many consoles follow. Older entries are read for lagging consoles and shared by all that lag at
 * the same place.
 */
export class LogTail {
  readonly #store: Pick<Store, 'entriesAfter'>;
  #head: number;
  /** All entries after this cursor are kept. */
  #keptFrom: number;
  #kept: EncodedEntry[] = [];
  #keptBytes = 0;
  readonly #batches = new Map<string, Batch>();

  /** @param head the last entry's cursor now */
  constructor(store: Pick<Store, 'entriesAfter'>, head: number) {
    this.#store = store;
    this.#head = head;
    this.#keptFrom = head;
  }

  /** The cursor of the last entry that was read. */
  get head(): number {
    return this.#head;
  }

  /**
   * Reads the next entries; undefined if there are none. Must not be called again before it
   * resolves.
   */
  async next(): Promise<Batch | undefined> {
    const from = this.#head;
    const entries = encodeAll(await this.#store.entriesAfter(from, PAGE));
    const last = entries.at(-1);
    if (!last) return undefined;
    this.#head = last.entry.cursor;
    this.#keep(entries);
    return new Batch(from, this.#head, entries);
  }

  /**
   * Up to `limit` entries after a cursor and before the head. Undefined if none of them is in the
   * log any more.
   */
  async after(cursor: number, limit: number): Promise<Batch | undefined> {
    const key = `${cursor}/${limit}`;
    const known = this.#batches.get(key);
    if (known) return known;
    const entries =
      cursor >= this.#keptFrom
        ? this.#keptAfter(cursor, limit)
        : encodeAll(await this.#store.entriesAfter(cursor, limit)).filter(
            ({ entry }) => entry.cursor <= this.#head,
          );
    const last = entries.at(-1);
    if (!last) return undefined;
    const batch = new Batch(cursor, last.entry.cursor, entries);
    this.#batches.set(key, batch);
    for (const oldest of this.#batches.keys()) {
      if (this.#batches.size <= BATCHES_KEPT) break;
      this.#batches.delete(oldest);
    }
    return batch;
  }

  #keptAfter(cursor: number, limit: number): readonly EncodedEntry[] {
    const start = this.#kept.findIndex(({ entry }) => entry.cursor > cursor);
    return start === -1 ? [] : this.#kept.slice(start, start + limit);
  }

  #keep(entries: readonly EncodedEntry[]): void {
    this.#kept.push(...entries);
    for (const { frame } of entries) this.#keptBytes += sizeOf(frame);
    let dropped = 0;
    for (const { entry, frame } of this.#kept) {
      if (this.#kept.length - dropped <= KEPT && this.#keptBytes <= KEPT_BYTES) break;
      this.#keptBytes -= sizeOf(frame);
      this.#keptFrom = entry.cursor;
      dropped++;
    }
    if (dropped > 0) this.#kept = this.#kept.slice(dropped);
  }
}

const encodeAll = (entries: readonly LogEntry[]): EncodedEntry[] =>
  entries.map((entry) => ({ entry, frame: shareEntry(entry) }));

const sizeOf = (frame: SharedFrame): number => frame.bytes(PROTOCOL_VERSION).length;
