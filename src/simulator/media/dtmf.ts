/** Telephone events of RFC 4733: the digits in the order of their event codes. */
const EVENTS = '0123456789*#ABCD';

/** −10 dBm0, the usual strength of a keypad tone. */
const VOLUME = 10;

/** One keypad press in a customer's plan. */
export interface Press {
  digit: string;
  /** In ms after the customer starts to speak. */
  atMs: number;
}

export const isDigit = (text: string): boolean => text.length === 1 && EVENTS.includes(text);

/** The 4-byte payload of one event packet; `duration` in 8 kHz units. */
export function encodeEvent(digit: string, duration: number, end: boolean): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt8(EVENTS.indexOf(digit), 0);
  payload.writeUInt8((end ? 0x80 : 0) | VOLUME, 1);
  payload.writeUInt16BE(duration, 2);
  return payload;
}

/**
 * Collects digits from event packets: one press is all packets with one timestamp, however many
 * arrive.
 */
export class DigitReader {
  digits = '';
  #lastTimestamp: number | undefined;

  /** Returns the digit when the packet starts a new press. */
  take(payload: Buffer, timestamp: number): string | undefined {
    if (payload.length < 4 || timestamp === this.#lastTimestamp) return undefined;
    const digit = EVENTS[payload.readUInt8(0)];
    if (digit === undefined) return undefined;
    this.#lastTimestamp = timestamp;
    this.digits += digit;
    return digit;
  }
}
