import { joinedBytes } from '../../../shared/lib/joined-bytes.ts';

/** A part of a file that can be decoded alone. */
export interface Piece {
  /** Where it begins, in seconds. */
  at: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Cuts a file that comes in parts into pieces, so that an hour of sound never is in memory at once. */
export interface Cutter {
  /** @returns the pieces that are whole by now */
  add: (part: Uint8Array) => readonly Piece[];
  /** @returns the rest */
  end: () => readonly Piece[];
}

/** How long a piece plays at least, in seconds. */
const PIECE_SECONDS = 20;
/**
 * A piece begins so much before the end of the one before it, in seconds: what a decoder makes of the first packets after a cut
 * is not the sound.
 */
const LEAD_SECONDS = 0.3;

/** @param type of the file; undefined is returned for one that cannot be cut */
export function cutterFor(type: string): Cutter | undefined {
  if (/ogg|opus/.test(type)) return new OggCutter();
  if (/mpeg|mp3/.test(type)) return new Mp3Cutter();
  return undefined;
}

const OPUS_RATE = 48_000;
const PAGE_HEAD = 27;
const CONTINUES = 0x01;

interface OggPage {
  bytes: Uint8Array;
  /** Where the page before it ends; a granule position. */
  begins: number;
}

/** Whether a page begins within a packet. */
const continues = (page: Uint8Array): boolean => ((page[5] ?? 0) & CONTINUES) !== 0;

/** Cuts Ogg Opus (RFC 3533, RFC 7845) between pages; each piece begins with the file's two header pages. */
class OggCutter implements Cutter {
  #rest: Uint8Array = new Uint8Array();
  readonly #headers: Uint8Array[] = [];
  #pages: OggPage[] = [];
  /** How many of them the piece before has, too. */
  #lead = 0;
  /** Where the last page ends; a granule position, at 48 kHz. */
  #ends = 0;

  add(part: Uint8Array): readonly Piece[] {
    this.#rest = joinedBytes([this.#rest, part]);
    const pieces: Piece[] = [];
    for (let page = this.#nextPage(); page; page = this.#nextPage()) {
      const begins = this.#pages[this.#lead]?.begins ?? this.#ends;
      if (this.#ends - begins >= PIECE_SECONDS * OPUS_RATE && !continues(page)) {
        pieces.push(...this.end());
      }
      this.#take(page);
    }
    return pieces;
  }

  end(): readonly Piece[] {
    const [first] = this.#pages;
    if (!first || this.#pages.length === this.#lead) return [];
    const bytes = joinedBytes([...this.#headers, ...this.#pages.map((page) => page.bytes)]);
    const lead = this.#pages.findLastIndex(
      (page) => this.#ends - page.begins >= LEAD_SECONDS * OPUS_RATE && !continues(page.bytes),
    );
    this.#pages = lead < 0 ? [] : this.#pages.slice(lead);
    this.#lead = this.#pages.length;
    return [{ at: first.begins / OPUS_RATE, bytes }];
  }

  #take(page: Uint8Array): void {
    if (this.#headers.length < 2) {
      this.#headers.push(page);
      return;
    }
    this.#pages.push({ bytes: page, begins: this.#ends });
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    const granule = view.getBigInt64(6, true);
    // -1: no packet ends on this page.
    if (granule > 0n) this.#ends = Number(granule);
  }

  #nextPage(): Uint8Array | undefined {
    const bytes = this.#rest;
    const start = indexOfPage(bytes);
    if (start < 0) return undefined;
    const segments = bytes[start + 26];
    if (segments === undefined) return undefined;
    const table = bytes.subarray(start + PAGE_HEAD, start + PAGE_HEAD + segments);
    const length = PAGE_HEAD + segments + table.reduce((sum, size) => sum + size, 0);
    if (table.length < segments || start + length > bytes.length) return undefined;
    this.#rest = bytes.subarray(start + length);
    return bytes.subarray(start, start + length);
  }
}

function indexOfPage(bytes: Uint8Array): number {
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const isPage =
      bytes[at] === 0x4f &&
      bytes[at + 1] === 0x67 &&
      bytes[at + 2] === 0x67 &&
      bytes[at + 3] === 0x53;
    if (isPage) return at;
  }
  return -1;
}

/** Kilobits a second of layer III, by the index in the frame's header: MPEG 1, then MPEG 2 and 2.5. */
const BITRATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const RATES = [44_100, 48_000, 32_000] as const;

/** Cuts MP3 (ISO/IEC 11172-3) between frames. */
class Mp3Cutter implements Cutter {
  #rest: Uint8Array = new Uint8Array();
  #frames: Mp3Frame[] = [];
  /** How many of them the piece before has, too. */
  #lead = 0;
  /** Where the last frame ends, and how much of the piece is new; in seconds. */
  #ends = 0;
  #fresh = 0;

  add(part: Uint8Array): readonly Piece[] {
    const bytes = joinedBytes([this.#rest, part]);
    const pieces: Piece[] = [];
    let at = 0;
    while (at + 4 <= bytes.length) {
      const frame = frameAt(bytes, at);
      if (!frame) {
        at++;
        continue;
      }
      if (at + frame.length > bytes.length) break;
      this.#take(bytes.subarray(at, at + frame.length), frame.seconds);
      at += frame.length;
      if (this.#fresh >= PIECE_SECONDS) pieces.push(...this.end());
    }
    this.#rest = bytes.slice(at);
    return pieces;
  }

  end(): readonly Piece[] {
    const [first] = this.#frames;
    if (!first || this.#frames.length === this.#lead) return [];
    const bytes = joinedBytes(this.#frames.map((frame) => frame.bytes));
    this.#frames = this.#frames.filter(({ begins }) => this.#ends - begins <= LEAD_SECONDS);
    this.#lead = this.#frames.length;
    this.#fresh = 0;
    return [{ at: first.begins, bytes }];
  }

  #take(bytes: Uint8Array, seconds: number): void {
    // It describes the file, and would have a decoder leave out the beginning of the first piece alone.
    if (this.#ends === 0 && isInfo(bytes)) return;
    this.#frames.push({ bytes, begins: this.#ends });
    this.#ends += seconds;
    this.#fresh += seconds;
  }
}

interface Mp3Frame {
  bytes: Uint8Array;
  /** In seconds. */
  begins: number;
}

/** Whether a frame has no sound, but what encoders write about the file. */
function isInfo(frame: Uint8Array): boolean {
  const head = String.fromCharCode(...frame.subarray(0, 40));
  return head.includes('Xing') || head.includes('Info');
}

/** The layer III frame that begins there. */
function frameAt(bytes: Uint8Array, at: number): { length: number; seconds: number } | undefined {
  const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
  if (a !== 0xff || (b & 0xe0) !== 0xe0 || (b & 0x06) !== 0x02) return undefined;
  const version = (b >> 3) & 0x03;
  if (version === 1) return undefined;
  const isFirst = version === 3;
  const bitrate = BITRATES[isFirst ? 0 : 1][c >> 4];
  const full = RATES[(c >> 2) & 0x03];
  if (bitrate === undefined || bitrate === 0 || full === undefined) return undefined;
  const rate = full / (isFirst ? 1 : version === 2 ? 2 : 4);
  const samples = isFirst ? 1152 : 576;
  const padding = (c >> 1) & 0x01;
  return {
    length: Math.floor(((samples / 8) * bitrate * 1000) / rate) + padding,
    seconds: samples / rate,
  };
}
