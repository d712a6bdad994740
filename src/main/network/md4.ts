/**
 * MD4 (RFC 1320), for NTLM only: it is long broken, and OpenSSL offers it no more.
 */
export function md4(message: Uint8Array): Buffer {
  const length = ((message.length + 8) >> 6) * 64 + 64;
  const padded = Buffer.alloc(length);
  padded.set(message);
  padded[message.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, length - 8);

  let state: Words = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < length; at += 64) state = add(state, rounds(state, padded.subarray(at)));
  const digest = Buffer.alloc(16);
  state.forEach((word, n) => digest.writeUInt32LE(word >>> 0, n * 4));
  return digest;
}

type Words = [number, number, number, number];

const ROUNDS = [
  {
    mix: (x: number, y: number, z: number) => (x & y) | (~x & z),
    plus: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    turns: [3, 7, 11, 19],
  },
  {
    mix: (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
    plus: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    turns: [3, 5, 9, 13],
  },
  {
    mix: (x: number, y: number, z: number) => x ^ y ^ z,
    plus: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    turns: [3, 9, 11, 15],
  },
] as const;

function rounds(state: Words, block: Buffer): Words {
  let [a, b, c, d] = state;
  for (const { mix, plus, order, turns } of ROUNDS) {
    for (const [step, word] of order.entries()) {
      const sum = (a + mix(b, c, d) + block.readUInt32LE(word * 4) + plus) | 0;
      const turn = turns[step % 4] ?? 0;
      [a, b, c, d] = [d, (sum << turn) | (sum >>> (32 - turn)), b, c];
    }
  }
  return [a, b, c, d];
}

function add(one: Words, other: Words): Words {
  return [
    (one[0] + other[0]) | 0,
    (one[1] + other[1]) | 0,
    (one[2] + other[2]) | 0,
    (one[3] + other[3]) | 0,
  ];
}
