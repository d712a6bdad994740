import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  type Hash,
} from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { keyIdOf } from './key.ts';

/**
 * A file that is written once and read from any place, sealed piece by piece (AES-256-GCM), each with its number and
 * whether it is the last: nothing can be changed, cut off or put in another order. A file without a key holds its
 * pieces as they are, as the database does then.
 */
const SEALED = 'RDS1';
const PLAIN = 'RDS0';
const KEY_ID_BYTES = 12;
const SALT_BYTES = 32;
const HEADER_BYTES = SEALED.length + KEY_ID_BYTES + SALT_BYTES;
const PIECE_BYTES = 64 * 1024;
const TAG_BYTES = 16;

/** The id of the key that has sealed a file; undefined for one that is not sealed. @param head its first bytes */
export function sealedKeyId(head: Buffer): string | undefined {
  const at = SEALED.length;
  if (head.toString('latin1', 0, at) !== SEALED) return undefined;
  return head.toString('hex', at, at + KEY_ID_BYTES);
}

/** Whether a file is one of these, sealed or not. */
export async function isSealedFile(path: string): Promise<boolean> {
  return [SEALED, PLAIN].includes((await headOf(path)).toString('latin1', 0, SEALED.length));
}

/** Whether a file is sealed with this key. */
export async function isSealedWith(path: string, key: string): Promise<boolean> {
  return sealedKeyId(await headOf(path)) === keyIdOf(key);
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEADER_BYTES);
    await file.read(head, 0, HEADER_BYTES, 0);
    return head;
  } finally {
    await file.close();
  }
}

/** A sealed file cannot be read: its key is not here, or it is damaged. */
export class SealedFileError extends Error {
  override readonly name = 'SealedFileError';
  readonly why: 'no-key' | 'damaged';

  constructor(why: SealedFileError['why']) {
    super(why);
    this.why = why;
  }
}

/** Writes a new file; call `finish`, or `abandon`. */
export class SealedWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #key: Buffer | undefined;
  readonly #hash: Hash = createHash('sha256');
  #rest: Buffer = Buffer.alloc(0);
  #number = 0;
  #bytes = 0;

  private constructor(file: FileHandle, path: string, key: Buffer | undefined) {
    this.#file = file;
    this.#path = path;
    this.#key = key;
  }

  /** @param key 32 bytes in hexadecimal; undefined: nothing is sealed */
  static async create(path: string, key: string | undefined): Promise<SealedWriter> {
    const file = await open(path, 'w', 0o600);
    const salt = randomBytes(SALT_BYTES);
    const keyId = Buffer.from(key === undefined ? '00'.repeat(KEY_ID_BYTES) : keyIdOf(key), 'hex');
    await file.writeFile(
      Buffer.concat([Buffer.from(key === undefined ? PLAIN : SEALED), keyId, salt]),
    );
    return new SealedWriter(file, path, key === undefined ? undefined : fileKey(key, salt));
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    this.#rest = Buffer.concat([this.#rest, bytes]);
    // The last piece is only known at the end.
    while (this.#rest.length > PIECE_BYTES) {
      await this.#writePiece(this.#rest.subarray(0, PIECE_BYTES), false);
      this.#rest = this.#rest.subarray(PIECE_BYTES);
    }
  }

  /** @returns what was written, without the seals */
  async finish(): Promise<{ bytes: number; sha256: string }> {
    await this.#writePiece(this.#rest, true);
    await this.#file.sync();
    await this.#file.close();
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }

  async #writePiece(piece: Buffer, isLast: boolean): Promise<void> {
    const number = this.#number++;
    await this.#file.writeFile(this.#key ? seal(piece, this.#key, number, isLast) : piece);
  }
}

/** Reads a sealed file; `close` it. */
export class SealedFile {
  readonly #file: FileHandle;
  readonly #key: Buffer | undefined;
  readonly #pieceBytes: number;
  readonly #pieces: number;
  /** Of what it holds. */
  readonly bytes: number;

  private constructor(file: FileHandle, key: Buffer | undefined, stored: number) {
    this.#file = file;
    this.#key = key;
    this.#pieceBytes = PIECE_BYTES + (key ? TAG_BYTES : 0);
    this.#pieces = Math.max(1, Math.ceil(stored / this.#pieceBytes));
    this.bytes = stored - (key ? this.#pieces * TAG_BYTES : 0);
  }

  /**
   * @param keys in hexadecimal; one of them has sealed it
   * @throws SealedFileError
   */
  static async open(path: string, keys: readonly string[]): Promise<SealedFile> {
    const file = await open(path, 'r');
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0);
      if (bytesRead < HEADER_BYTES) throw new SealedFileError('damaged');
      const { size } = await file.stat();
      const kind = header.toString('latin1', 0, SEALED.length);
      if (kind === PLAIN) return new SealedFile(file, undefined, size - HEADER_BYTES);
      if (kind !== SEALED) throw new SealedFileError('damaged');
      const keyId = sealedKeyId(header);
      const key = keys.find((one) => keyIdOf(one) === keyId);
      if (key === undefined) throw new SealedFileError('no-key');
      const salt = header.subarray(SEALED.length + KEY_ID_BYTES);
      return new SealedFile(file, fileKey(key, salt), size - HEADER_BYTES);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * What it holds from `from` to before `to`, at most one piece; read on until all is there.
   *
   * @throws SealedFileError
   */
  async read(from: number, to: number): Promise<Buffer> {
    const number = Math.floor(from / PIECE_BYTES);
    if (number >= this.#pieces) return Buffer.alloc(0);
    const stored = Buffer.alloc(this.#pieceBytes);
    const { bytesRead } = await this.#file.read(
      stored,
      0,
      this.#pieceBytes,
      HEADER_BYTES + number * this.#pieceBytes,
    );
    const found = stored.subarray(0, bytesRead);
    const isLast = number === this.#pieces - 1;
    const piece = this.#key ? unseal(found, this.#key, number, isLast) : found;
    const start = number * PIECE_BYTES;
    return piece.subarray(from - start, Math.max(from, Math.min(to, this.bytes)) - start);
  }

  /** All that it holds. @throws SealedFileError */
  async readAll(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let at = 0; at < this.bytes;) {
      const part = await this.read(at, this.bytes);
      // Somebody has cut it off since it was opened.
      if (part.length === 0) throw new SealedFileError('damaged');
      parts.push(part);
      at += part.length;
    }
    return Buffer.concat(parts);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

function fileKey(key: string, salt: Uint8Array): Buffer {
  const master = Buffer.from(key, 'hex');
  return Buffer.from(hkdfSync('sha256', master, salt, 'ringdesk recording file', 32));
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

function seal(piece: Buffer, key: Buffer, number: number, isLast: boolean): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number));
  cipher.setAAD(Buffer.from([isLast ? 1 : 0]));
  return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
}

function unseal(stored: Buffer, key: Buffer, number: number, isLast: boolean): Buffer {
  if (stored.length < TAG_BYTES) throw new SealedFileError('damaged');
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number));
  decipher.setAAD(Buffer.from([isLast ? 1 : 0]));
  decipher.setAuthTag(stored.subarray(stored.length - TAG_BYTES));
  try {
    const piece = decipher.update(stored.subarray(0, stored.length - TAG_BYTES));
    return Buffer.concat([piece, decipher.final()]);
  } catch {
    throw new SealedFileError('damaged');
  }
}
