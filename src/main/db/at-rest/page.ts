import { chacha20 } from './chacha20.ts';

/** Bytes at the end of each encrypted page: a nonce, and a tag that a damaged page would not match. */
export const RESERVED = 32;
/** The first bytes of page 1: what tells the key, then SQLite's page size and the like, unencrypted. */
const PAGE_1_OFFSET = 24;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

/**
 * A page as SQLite3 Multiple Ciphers encrypts it with ChaCha20-Poly1305, decrypted without checking its tag: the rescue
 * wants the rows that are sound on a page that is not.
 *
 * @param key in hexadecimal
 * @param number from 1
 */
export function decryptPage(page: Buffer, number: number, key: string): Buffer {
  const end = page.length - RESERVED;
  const nonce = page.subarray(end, end + 12);
  const counter = (page.readUInt32LE(end + 12) ^ number) >>> 0;
  const once = chacha20(Buffer.from(key, 'hex'), nonce, counter, Buffer.alloc(64)).subarray(32);
  const start = number === 1 ? PAGE_1_OFFSET : 0;
  const plain = chacha20(once, nonce, counter + 1, page.subarray(start, end));
  const head = number === 1 ? Buffer.concat([MAGIC, page.subarray(16, PAGE_1_OFFSET)]) : [];
  return Buffer.concat([Buffer.from(head), plain, page.subarray(end)]);
}
