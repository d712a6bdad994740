/** The first byte of a frame that is a whole text message: FIN and opcode 1 (RFC 6455, 5.2). */
const WHOLE_TEXT = 0x81;
/** Lengths up to this fit into the second byte. */
const SHORT = 125;
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;
/** The bytes before a long message's text. */
export const LONGEST_HEAD = 10;

/**
 * A server's text message as one unmasked frame (RFC 6455, 5.2), encoded once for any number of
 * connections.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length <= SHORT ? 2 : length <= 0xffff ? 4 : LONGEST_HEAD;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = WHOLE_TEXT;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = TWO_BYTES_FOLLOW;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = EIGHT_BYTES_FOLLOW;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head);
  return frame;
}
