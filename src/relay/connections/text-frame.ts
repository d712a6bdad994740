/** The first byte of a frame that is a whole text message: FIN and opcode 1 (RFC 6455, 5.2). */
const WHOLE_TEXT = 0x81;
/** Lengths up to here stand in the second byte itself. */
const SHORT = 125;
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;

/**
 * A text message as a server sends it, in one frame without a mask (RFC 6455, 5.2). Made once, it is written to any number
 * of connections.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length <= SHORT ? 2 : length <= 0xffff ? 4 : 10;
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
