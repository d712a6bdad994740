/**
 * ChaCha20 (RFC 8439, 2.4) for the rescue of damaged files: Electron's crypto has it only together with a check of the
 * whole text, which a damaged page fails. Encrypting and decrypting are the same.
 *
 * @param key 32 bytes
 * @param nonce 12 bytes
 * @param counter of the first block
 * @returns a copy of `bytes`
 */
export function chacha20(key: Buffer, nonce: Buffer, counter: number, bytes: Buffer): Buffer {
  const state = new Uint32Array(16);
  CONSTANTS.forEach((word, index) => (state[index] = word));
  for (let index = 0; index < 8; index++) state[4 + index] = key.readUInt32LE(4 * index);
  for (let index = 0; index < 3; index++) state[13 + index] = nonce.readUInt32LE(4 * index);
  const out = Buffer.from(bytes);
  const block = new Uint32Array(16);
  const stream = Buffer.alloc(BLOCK);
  for (let at = 0; at < out.length; at += BLOCK) {
    state[12] = counter + at / BLOCK;
    block.set(state);
    for (let round = 0; round < 10; round++) {
      for (const [a, b, c, d] of QUARTERS) quarter(block, a, b, c, d);
    }
    for (let index = 0; index < 16; index++) {
      stream.writeUInt32LE(((block[index] ?? 0) + (state[index] ?? 0)) >>> 0, 4 * index);
    }
    const end = Math.min(BLOCK, out.length - at);
    for (let index = 0; index < end; index++) {
      out[at + index] = (out[at + index] ?? 0) ^ (stream[index] ?? 0);
    }
  }
  return out;
}

const BLOCK = 64;
/** “expand 32-byte k”. */
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
/** Four columns, then four diagonals. */
const QUARTERS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

function quarter(x: Uint32Array, a: number, b: number, c: number, d: number): void {
  add(x, a, b, d, 16);
  add(x, c, d, b, 12);
  add(x, a, b, d, 8);
  add(x, c, d, b, 7);
}

/** `x[to] += x[from]`, and the sum is mixed into `x[into]`, which is rotated. */
function add(x: Uint32Array, to: number, from: number, into: number, by: number): void {
  x[to] = (x[to] ?? 0) + (x[from] ?? 0);
  const mixed = (x[into] ?? 0) ^ (x[to] ?? 0);
  x[into] = (mixed << by) | (mixed >>> (32 - by));
}
