/** A whole handshake message: its type, its place in the peer's sequence and its body (RFC 6347 4.2.2). */
export interface HandshakeMessage {
  type: number;
  seq: number;
  body: Buffer;
}

/**
 * A fragment of a message. `length` is the whole message's, `offset` where the fragment begins in
 * it.
 */
interface Fragment extends HandshakeMessage {
  length: number;
  offset: number;
}

interface Unfinished {
  body: Buffer;
  /** One byte per byte of the body: whether it has arrived. */
  has: Uint8Array;
  missing: number;
}

const HEADER_BYTES = 12;
/**
 * A hello with a post-quantum key share has 1.5 kB, a chain of certificates a few kB: a longer
 * message is forged.
 */
const MAX_MESSAGE_BYTES = 16 * 1024;
/** A flight has at most five messages. */
const MAX_UNFINISHED = 8;

/** The fragments in one handshake record; ends at the first malformed one. */
export function* readFragments(record: Buffer): Generator<Fragment> {
  for (let at = 0; at + HEADER_BYTES <= record.length;) {
    const start = at + HEADER_BYTES;
    const end = start + record.readUIntBE(at + 9, 3);
    if (end > record.length) return;
    yield {
      type: record.readUInt8(at),
      length: record.readUIntBE(at + 1, 3),
      seq: record.readUInt16BE(at + 4),
      offset: record.readUIntBE(at + 6, 3),
      body: record.subarray(start, end),
    };
    at = end;
  }
}

/** A message as one fragment, which is its form in the transcript (RFC 6347 4.2.6). */
export function writeWhole({ type, seq, body }: HandshakeMessage): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(type, 0);
  header.writeUIntBE(body.length, 1, 3);
  header.writeUInt16BE(seq, 4);
  header.writeUIntBE(body.length, 9, 3);
  return Buffer.concat([header, body]);
}

/** Reassembles a message's fragments in any order, duplicate or overlapping. */
export class Reassembly {
  readonly #unfinished = new Map<string, Unfinished>();

  /** The message that this fragment completes. */
  take({ type, seq, length, offset, body }: Fragment): HandshakeMessage | undefined {
    if (length > MAX_MESSAGE_BYTES || offset + body.length > length) return undefined;
    if (body.length === length) return { type, seq, body: Buffer.from(body) };
    // A fragment that differs in any of these belongs to another message or is forged: they are
    // never mixed.
    const key = `${seq}/${type}/${length}`;
    const message = this.#find(key, length);
    if (contradicts(message, offset, body)) {
      // One of the two is forged. The newer one is kept, because the peer retransmits all of its
      // own.
      message.has.fill(0);
      message.missing = length;
    }
    for (let i = 0; i < body.length; i++) {
      if (message.has[offset + i] === 0) message.missing--;
      message.has[offset + i] = 1;
    }
    body.copy(message.body, offset);
    if (message.missing > 0) return undefined;
    this.#unfinished.delete(key);
    return { type, seq, body: message.body };
  }

  #find(key: string, length: number): Unfinished {
    const known = this.#unfinished.get(key);
    if (known) return known;
    const [oldest] = this.#unfinished.keys();
    if (oldest !== undefined && this.#unfinished.size >= MAX_UNFINISHED) {
      this.#unfinished.delete(oldest);
    }
    const fresh = { body: Buffer.alloc(length), has: new Uint8Array(length), missing: length };
    this.#unfinished.set(key, fresh);
    return fresh;
  }
}

const contradicts = ({ body, has }: Unfinished, offset: number, piece: Buffer): boolean =>
  piece.some((byte, i) => has[offset + i] === 1 && body[offset + i] !== byte);
