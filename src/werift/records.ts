import type { DtlsSocket } from 'werift';

/** Bytes of a DTLS record's header (RFC 6347 4.1): type, version, epoch, sequence number, length. */
export const RECORD_HEADER_BYTES = 13;
const MAJOR_VERSION = 0xfe;

/** The records in a datagram; ends at the first malformed one. */
export function* readRecords(datagram: Buffer): Generator<Buffer> {
  for (let at = 0; at + RECORD_HEADER_BYTES <= datagram.length;) {
    const end = at + RECORD_HEADER_BYTES + datagram.readUInt16BE(at + 11);
    if (datagram[at + 1] !== MAJOR_VERSION || end > datagram.length) return;
    yield datagram.subarray(at, end);
    at = end;
  }
}

/** A record's additional authenticated data and nonce input. */
export const headerOf = (record: Buffer) => ({
  type: record.readUInt8(0),
  version: record.readUInt16BE(1),
  epoch: record.readUInt16BE(3),
  sequenceNumber: record.readUIntBE(5, 6),
});

/**
 * Gives each record that we send its own number. werift 0.25.2 repeats a flight byte by byte, and a
 * peer drops known numbers as replays (RFC 6347 4.1.2.6): Chromium as server, whose last flight was
 * lost, would never learn that we still wait for it.
 */
export class RecordNumbers {
  readonly #socket: DtlsSocket;
  readonly #last = new Map<number, number>();

  constructor(socket: DtlsSocket) {
    this.#socket = socket;
  }

  renumber(datagram: Buffer): Buffer {
    return Buffer.concat([...readRecords(datagram)].map((record) => this.#renumberOne(record)));
  }

  #renumberOne(record: Buffer): Buffer {
    const header = headerOf(record);
    const { epoch, sequenceNumber } = header;
    const next = Math.max(sequenceNumber, (this.#last.get(epoch) ?? -1) + 1);
    this.#last.set(epoch, next);
    if (next === sequenceNumber) return record;
    const content = record.subarray(RECORD_HEADER_BYTES);
    const again = epoch === 0 ? content : this.#encryptAgain(content, header, next);
    const head = Buffer.from(record.subarray(0, RECORD_HEADER_BYTES));
    head.writeUIntBE(next, 5, 6);
    head.writeUInt16BE(again.length, 11);
    return Buffer.concat([head, again]);
  }

  #encryptAgain(
    content: Buffer,
    header: ReturnType<typeof headerOf>,
    sequenceNumber: number,
  ): Buffer {
    const { sessionType, cipher } = this.#socket.cipher;
    // As the other side reads it.
    const plain = cipher.decrypt(sessionType === CLIENT ? SERVER : CLIENT, content, header);
    return cipher.encrypt(sessionType, plain, { ...header, sequenceNumber });
  }
}

/** werift's `SessionType`, which it does not export. */
const CLIENT = 1;
const SERVER = 2;
