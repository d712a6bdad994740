import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { fileKind, keyOf } from '../at-rest/key.ts';
import { decryptPage, RESERVED } from '../at-rest/page.ts';

/** A file that was set aside. */
export interface DamagedFile {
  path: string;
  /** Those that it may be encrypted with, in hexadecimal. */
  keys?: readonly string[] | undefined;
}

/** SQLite's default page size, for a file whose header is unreadable. */
const USUAL_PAGE_SIZE = 4096;
const SMALLEST_PAGE = 512;
const LARGEST_PAGE = 65_536;
/** So many pages are read at once. */
const READ_AHEAD = 64;
/** So many pages tell whether a file without a header is encrypted. */
const PROBED = 20;
/** The first byte of a page of a table or an index. */
const TREE_PAGES: ReadonlySet<number> = new Set([0x02, 0x05, 0x0a, 0x0d]);

/**
 * The pages of a database file, read without SQLite (sqlite.org/fileformat2.html), so that one
 * damaged page does not hide the others. Pages in the write-ahead log are read from there, as far
 * as its checksums match. Encrypted pages are decrypted.
 */
export class Pages {
  /** Bytes of a page that hold content. */
  readonly usable: number;
  readonly count: number;
  readonly #size: number;
  readonly #file: number;
  /** The size of the file. */
  readonly #bytes: number;
  #key: string | undefined;
  readonly #log: ReadonlyMap<number, Buffer>;
  /** Without bytes if any of these pages cannot be read. */
  #ahead: { first: number; bytes: Buffer | undefined } | undefined;

  /** @throws if the file cannot be read at all */
  constructor({ path, keys = [] }: DamagedFile) {
    this.#file = openSync(path, 'r');
    const header = Buffer.alloc(100);
    readSync(this.#file, header, 0, header.length, 0);
    const wal = existsSync(`${path}-wal`) ? readLog(`${path}-wal`) : undefined;
    this.#size = pageSizeOf(header.readUInt16BE(16)) ?? wal?.pageSize ?? USUAL_PAGE_SIZE;
    const file = fileKind(path);
    this.#log = wal?.pageSize === this.#size ? wal.pages : new Map();
    this.#bytes = fstatSync(this.#file).size;
    const inFile = Math.ceil(this.#bytes / this.#size);
    this.count = Math.max(inFile, ...this.#log.keys());
    this.#key = file.kind === 'encrypted' ? keyOf(path, keys) : undefined;
    if (file.kind === 'unknown') this.#key = this.#likelyKey(keys);
    const reserved = this.#key !== undefined ? RESERVED : file.kind === 'plain' ? header[20] : 0;
    this.usable = this.#size - (reserved ?? 0);
  }

  /**
   * Page `number`, from 1; undefined if there is none. A truncated last page is padded with zeros.
   */
  get(number: number): Buffer | undefined {
    const page = this.#read(number);
    return page && this.#key !== undefined ? decryptPage(page, number, this.#key) : page;
  }

  /**
   * The key with which most pages begin like those of a tree, if any key does better than none: a file without its
   * first bytes does not tell.
   */
  #likelyKey(keys: readonly string[]): string | undefined {
    const score = (key: string | undefined) => {
      let plausible = 0;
      for (let number = 2; number < 2 + PROBED; number++) {
        const page = this.#read(number);
        const first = page && (key === undefined ? page : decryptPage(page, number, key))[0];
        if (first !== undefined && TREE_PAGES.has(first)) plausible += 1;
      }
      return plausible;
    };
    const candidates = [undefined, ...keys].map((key) => ({ key, score: score(key) }));
    return candidates.reduce((best, one) => (one.score > best.score ? one : best)).key;
  }

  #read(number: number): Buffer | undefined {
    if (number < 1 || number > this.count) return undefined;
    const logged = this.#log.get(number);
    if (logged) return logged;
    // Pages are read in their order, but for those that continue another.
    const index = (number - 1) % READ_AHEAD;
    if (this.#ahead?.first !== number - index) this.#readAhead(number - index);
    const page = this.#ahead?.bytes?.subarray(index * this.#size, (index + 1) * this.#size);
    return page ?? this.#readFile(number, 1);
  }

  #readAhead(first: number): void {
    this.#ahead = { first, bytes: this.#readFile(first, READ_AHEAD) };
  }

  /** Pads with zeros. Undefined for several of which one cannot be read: its neighbours may be readable. */
  #readFile(first: number, pages: number): Buffer | undefined {
    const bytes = Buffer.alloc(pages * this.#size);
    const at = (first - 1) * this.#size;
    try {
      const read = readSync(this.#file, bytes, 0, bytes.length, at);
      // A sector that cannot be read may also end the reading before it.
      const isWhole = read === bytes.length || at + read >= this.#bytes;
      return pages === 1 || isWhole ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

function pageSizeOf(field: number): number | undefined {
  const size = field === 1 ? LARGEST_PAGE : field;
  const isPower = (size & (size - 1)) === 0;
  return size >= SMALLEST_PAGE && size <= LARGEST_PAGE && isPower ? size : undefined;
}

const LOG_HEADER = 32;
const FRAME_HEADER = 24;

/** The last committed version of each page in the write-ahead log. */
function readLog(
  path: string,
): { pageSize: number; pages: ReadonlyMap<number, Buffer> } | undefined {
  const log = readFileSync(path);
  if (log.length < LOG_HEADER) return undefined;
  const magic = log.readUInt32BE(0);
  const pageSize = log.readUInt32BE(8);
  if ((magic & 0xffff_fffe) >>> 0 !== 0x377f_0682 || pageSizeOf(pageSize) === undefined) {
    return undefined;
  }
  const sum = new Checksum((magic & 1) === 1);
  sum.add(log.subarray(0, 24));
  if (!sum.is(log, 24)) return undefined;
  const salts = log.subarray(16, 24);
  const pages = new Map<number, Buffer>();
  let open: [number, Buffer][] = [];
  for (let at = LOG_HEADER; at + FRAME_HEADER + pageSize <= log.length;) {
    const page = log.subarray(at + FRAME_HEADER, at + FRAME_HEADER + pageSize);
    sum.add(log.subarray(at, at + 8));
    sum.add(page);
    if (!log.subarray(at + 8, at + 16).equals(salts) || !sum.is(log, at + 16)) break;
    open.push([log.readUInt32BE(at), page]);
    // The database's size after a commit; 0 within a transaction.
    if (log.readUInt32BE(at + 4) > 0) {
      for (const [number, content] of open) pages.set(number, content);
      open = [];
    }
    at += FRAME_HEADER + pageSize;
  }
  return { pageSize, pages };
}

/** The write-ahead log's checksum, over pairs of 32-bit words. */
class Checksum {
  #first = 0;
  #second = 0;
  readonly #bigEndian: boolean;

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian;
  }

  add(bytes: Buffer): void {
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      const [a, b] = this.#bigEndian
        ? [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)]
        : [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
      this.#first = (this.#first + a + this.#second) >>> 0;
      this.#second = (this.#second + b + this.#first) >>> 0;
    }
  }

  is(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.#first && bytes.readUInt32BE(at + 4) === this.#second;
  }
}
