import { createCipheriv, hash, timingSafeEqual } from 'node:crypto';
import { payloadOffset } from './rtp.ts';

/** Bytes that protection adds to a packet: HMAC-SHA1 cut to 80 bits (RFC 3711 4.2.1). */
export const TAG_BYTES = 10;
/** Larger than any UDP datagram with 20 ms of Opus; larger packets are refused. */
const MAX_PACKET_BYTES = 2048;
/**
 * A console has one stream, or a few after changing microphones; a broken one must not fill the
 * memory.
 */
const MAX_STREAMS = 16;
const SHA1_BLOCK_BYTES = 64;
/** Packets this far behind the newest are refused as possible replays (RFC 3711 3.3.2 asks for at least 64). */
const REPLAY_WINDOW = 128;
const BLOCK_BYTES = 16;
const SALT_BYTES = 14;
const LABEL = { encryption: 0, authentication: 1, salt: 2 } as const;

/**
 * SRTP_AES128_CM_HMAC_SHA1_80 (RFC 3711, RFC 5764) in place, on node:crypto. werift's own SRTP
 * creates a cipher and an HMAC object per packet. Since OpenSSL 3.5 (Node 24) creating one costs
 * some 13 µs, several times the encryption itself. Here one AES object lives as long as its key and
 * yields the key stream block by block, and HMAC is two one-shot hashes.
 */
class SrtpKeys {
  readonly #block: ReturnType<typeof createCipheriv>;
  readonly #salt: Buffer;
  /** Key XOR ipad, then room for the authenticated bytes; key XOR opad, then room for the inner hash (RFC 2104). */
  readonly #inner = Buffer.alloc(SHA1_BLOCK_BYTES + MAX_PACKET_BYTES + 4, 0x36);
  readonly #outer = Buffer.alloc(SHA1_BLOCK_BYTES + 20, 0x5c);
  readonly #counters = Buffer.alloc(MAX_PACKET_BYTES + BLOCK_BYTES);

  constructor(masterKey: Buffer, masterSalt: Buffer) {
    const derive = (label: number, length: number) =>
      deriveKey(masterKey, masterSalt, label, length);
    this.#block = aesBlocks(derive(LABEL.encryption, 16));
    this.#salt = derive(LABEL.salt, SALT_BYTES);
    for (const [i, byte] of derive(LABEL.authentication, 20).entries()) {
      this.#inner[i] = byte ^ 0x36;
      this.#outer[i] = byte ^ 0x5c;
    }
  }

  /** Encrypts or decrypts `packet[start, end)` in place (RFC 3711 4.1.1). `rollover` is the ROC. */
  crypt(packet: Buffer, start: number, end: number, sequence: number, rollover: number): void {
    const counters = this.#counters;
    const salt = this.#salt;
    const blocks = Math.ceil((end - start) / BLOCK_BYTES);
    salt.copy(counters, 0);
    for (let i = 0; i < 4; i++) counters[4 + i] = (salt[4 + i] ?? 0) ^ (packet[8 + i] ?? 0);
    counters.writeUInt32BE((salt.readUInt32BE(8) ^ rollover) >>> 0, 8);
    counters.writeUInt16BE(salt.readUInt16BE(12) ^ sequence, 12);
    counters.writeUInt16BE(0, 14);
    for (let block = 1; block < blocks; block++) {
      counters.copyWithin(block * BLOCK_BYTES, 0, SALT_BYTES);
      counters.writeUInt16BE(block, block * BLOCK_BYTES + SALT_BYTES);
    }
    const stream = this.#block.update(counters.subarray(0, blocks * BLOCK_BYTES));
    for (let i = 0; i < end - start; i++) {
      packet[start + i] = (packet[start + i] ?? 0) ^ (stream[i] ?? 0);
    }
  }

  /** The authentication tag over the first `length` bytes and the ROC (RFC 3711 4.2). */
  tag(packet: Buffer, length: number, rollover: number): Buffer {
    const inner = this.#inner;
    const outer = this.#outer;
    packet.copy(inner, SHA1_BLOCK_BYTES, 0, length);
    inner.writeUInt32BE(rollover, SHA1_BLOCK_BYTES + length);
    hash('sha1', inner.subarray(0, SHA1_BLOCK_BYTES + length + 4), 'buffer').copy(
      outer,
      SHA1_BLOCK_BYTES,
    );
    return hash('sha1', outer, 'buffer').subarray(0, TAG_BYTES);
  }
}

/** Protects what one side sends. Sequence numbers of each SSRC must be given in order. */
export class SrtpSender {
  readonly #keys: SrtpKeys;
  readonly #streams = new Map<number, { last: number; rollover: number }>();

  constructor(masterKey: Buffer, masterSalt: Buffer) {
    this.#keys = new SrtpKeys(masterKey, masterSalt);
  }

  /** `packet` has a plain packet and `TAG_BYTES` of room at its end. */
  protect(packet: Buffer): void {
    const length = packet.length - TAG_BYTES;
    const start = payloadOffset(packet, length);
    if (start === undefined || length > MAX_PACKET_BYTES) throw new Error('not an RTP packet');
    const sequence = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    let stream = this.#streams.get(ssrc);
    if (!stream) this.#streams.set(ssrc, (stream = { last: sequence, rollover: 0 }));
    if (sequence < stream.last) stream.rollover++;
    stream.last = sequence;
    this.#keys.crypt(packet, start, length, sequence, stream.rollover);
    this.#keys.tag(packet, length, stream.rollover).copy(packet, length);
  }
}

/** The state of one received stream: its newest packet, and which of the last ones arrived. */
interface Received {
  /** ROC × 2^16 + sequence number (RFC 3711 3.3.1). */
  newest: number;
  readonly seen: Float64Array;
}

/** Verifies and decrypts what the other side sends. */
export class SrtpReceiver {
  readonly #keys: SrtpKeys;
  readonly #streams = new Map<number, Received>();

  constructor(masterKey: Buffer, masterSalt: Buffer) {
    this.#keys = new SrtpKeys(masterKey, masterSalt);
  }

  /** Decrypts in place; returns the plain length, or undefined for a forged, replayed or malformed packet. */
  unprotect(packet: Buffer): number | undefined {
    const length = packet.length - TAG_BYTES;
    const start = payloadOffset(packet, length);
    if (start === undefined || length > MAX_PACKET_BYTES) return undefined;
    const sequence = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    const stream = this.#streams.get(ssrc);
    const index = stream ? nearestIndex(sequence, stream.newest) : sequence;
    if (stream ? isReplay(stream, index) : this.#streams.size >= MAX_STREAMS) return undefined;
    const rollover = Math.floor(index / 0x1_0000);
    const tag = this.#keys.tag(packet, length, rollover);
    if (!timingSafeEqual(tag, packet.subarray(length))) return undefined;
    this.#remember(stream, ssrc, index);
    this.#keys.crypt(packet, start, length, sequence, rollover);
    return length;
  }

  /** Only after authentication: a forged packet must not move the window. */
  #remember(stream: Received | undefined, ssrc: number, index: number): void {
    const known = stream ?? { newest: index, seen: new Float64Array(REPLAY_WINDOW).fill(-1) };
    if (!stream) this.#streams.set(ssrc, known);
    known.newest = Math.max(known.newest, index);
    known.seen[index % REPLAY_WINDOW] = index;
  }
}

/** The packet index closest to the newest one that ends in `sequence` (RFC 3711 appendix A). */
function nearestIndex(sequence: number, newest: number): number {
  const candidate = newest - (newest % 0x1_0000) + sequence;
  if (candidate - newest > 0x8000 && candidate >= 0x1_0000) return candidate - 0x1_0000;
  return newest - candidate > 0x8000 ? candidate + 0x1_0000 : candidate;
}

const isReplay = (stream: Received, index: number): boolean =>
  index <= stream.newest - REPLAY_WINDOW || stream.seen[index % REPLAY_WINDOW] === index;

/** Key derivation with a rate of zero (RFC 3711 4.3.1): the key stream of the master key at `label`. */
export function deriveKey(
  masterKey: Buffer,
  masterSalt: Buffer,
  label: number,
  length: number,
): Buffer {
  const blocks = Math.ceil(length / BLOCK_BYTES);
  const counters = Buffer.alloc(blocks * BLOCK_BYTES);
  for (let block = 0; block < blocks; block++) {
    const at = block * BLOCK_BYTES;
    masterSalt.copy(counters, at);
    counters[at + 7] = (counters[at + 7] ?? 0) ^ label;
    counters.writeUInt16BE(block, at + SALT_BYTES);
  }
  return aesBlocks(masterKey).update(counters).subarray(0, length);
}

const aesBlocks = (key: Buffer): ReturnType<typeof createCipheriv> =>
  createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
