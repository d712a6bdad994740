import type { Pages } from './pages.ts';

export type ColumnValue = null | number | string | Buffer;

/** A row as it stands on a page; its table is not known yet. */
export interface Row {
  /** Missing in tables without row ids, and in indexes. */
  rowid?: number | undefined;
  values: readonly ColumnValue[];
}

/** No row of ours is longer. */
const LONGEST_RECORD = 64 * 1024 * 1024;
/** A page cannot hold more, because each cell needs a pointer and some bytes. */
const SMALLEST_CELL = 6;

/**
 * Whether a row may be wanted, before its values are read. `types`: of its values, as its header has
 * them (sqlite.org/fileformat2.html#record_format).
 */
export type IsWanted = (hasRowid: boolean, types: readonly number[]) => boolean;

/**
 * The rows on a page; none if the page holds none or is damaged. Only leaf pages of tables have
 * rows, and all pages of tables without row ids; see sqlite.org/fileformat2.html#b_tree_pages.
 */
export function rowsOf(pages: Pages, number: number, isWanted: IsWanted = () => true): Row[] {
  const page = pages.get(number);
  if (!page) return [];
  const start = number === 1 ? 100 : 0;
  const type = page[start];
  const isTable = type === 0x0d;
  const isInner = type === 0x02;
  if (!isTable && !isInner && type !== 0x0a) return [];
  const cells = page.readUInt16BE(start + 3);
  if (cells * SMALLEST_CELL > pages.usable) return [];
  const pointers = start + (isInner ? 12 : 8);
  const rows: Row[] = [];
  for (let index = 0; index < cells; index++) {
    try {
      const at = page.readUInt16BE(pointers + 2 * index);
      const row = readCell(pages, page, isInner ? at + 4 : at, isTable, isWanted);
      if (row) rows.push(row);
    } catch {
      // A damaged row; the next one is found by its own pointer.
    }
  }
  return rows;
}

class Damaged extends Error {
  override readonly name = 'Damaged';
}

function readCell(
  pages: Pages,
  page: Buffer,
  at: number,
  isTable: boolean,
  isWanted: IsWanted,
): Row | undefined {
  const length = varint(page, at);
  let next = length.end;
  let rowid: number | undefined;
  if (isTable) {
    const read = varint(page, next);
    rowid = read.value;
    next = read.end;
  }
  const bytes = payload(pages, page, next, length.value, isTable);
  const header = readHeader(bytes);
  return isWanted(isTable, header.types) ? { rowid, values: readValues(bytes, header) } : undefined;
}

/** A record's bytes: on its page as far as they fit, then on a chain of overflow pages. */
function payload(pages: Pages, page: Buffer, at: number, length: number, isTable: boolean): Buffer {
  const { usable } = pages;
  if (length < 1 || length > LONGEST_RECORD) throw new Damaged('length');
  const most = isTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (length <= most) {
    if (at + length > usable) throw new Damaged('beyond the page');
    return page.subarray(at, at + length);
  }
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fit = least + ((length - least) % (usable - 4));
  const here = fit <= most ? fit : least;
  if (at + here + 4 > usable) throw new Damaged('beyond the page');
  const parts = [page.subarray(at, at + here)];
  let left = length - here;
  for (let number = page.readUInt32BE(at + here); left > 0;) {
    const more = pages.get(number);
    if (!more) throw new Damaged('a page is missing');
    const part = more.subarray(4, 4 + Math.min(left, usable - 4));
    parts.push(part);
    left -= part.length;
    number = more.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

interface Header {
  types: readonly number[];
  /** Where the values begin. */
  end: number;
}

function readHeader(bytes: Buffer): Header {
  const { value: end, end: first } = varint(bytes, 0);
  if (end > bytes.length) throw new Damaged('header');
  const types: number[] = [];
  for (let next = first; next < end;) {
    const type = varint(bytes, next);
    next = type.end;
    types.push(type.value);
  }
  return { types, end };
}

function readValues(bytes: Buffer, { types, end }: Header): ColumnValue[] {
  let at = end;
  const values = types.map((type) => {
    const read = readValue(bytes, at, type);
    at = read.end;
    return read.value;
  });
  if (at !== bytes.length) throw new Damaged('length');
  return values;
}

/** Bytes of integers by their type. */
const INTEGERS = [0, 1, 2, 3, 4, 6, 8];

function readValue(bytes: Buffer, at: number, type: number): { value: ColumnValue; end: number } {
  const size = INTEGERS[type];
  if (type === 0) return { value: null, end: at };
  if (size !== undefined && size <= 6) return { value: bytes.readIntBE(at, size), end: at + size };
  if (size === 8) return { value: longInteger(bytes, at), end: at + 8 };
  if (type === 7) return { value: bytes.readDoubleBE(at), end: at + 8 };
  if (type === 8 || type === 9) return { value: type - 8, end: at };
  if (type < 12) throw new Damaged('type');
  const length = Math.floor((type - 12) / 2);
  const end = at + length;
  if (end > bytes.length) throw new Damaged('value');
  const content = bytes.subarray(at, end);
  return { value: type % 2 === 1 ? content.toString('utf8') : content, end };
}

/** A place in the history, for one: below 2 ** 53, and so exact. */
const longInteger = (bytes: Buffer, at: number) =>
  bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);

/** A varint: big-endian, 7 bits a byte, all 8 of the ninth byte. */
function varint(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) throw new Damaged('varint');
    value = value * 0x80 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return { value: longVarint(bytes, at), end: at + 9 };
}

/** One of nine bytes, such as a negative row id. */
function longVarint(bytes: Buffer, at: number): number {
  let value = 0n;
  for (const byte of bytes.subarray(at, at + 8)) value = (value << 7n) | BigInt(byte & 0x7f);
  const last = bytes[at + 8];
  if (last === undefined) throw new Damaged('varint');
  return Number(BigInt.asIntN(64, (value << 8n) | BigInt(last)));
}
