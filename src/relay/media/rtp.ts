/** Opus in RTP always uses a 48 kHz clock (RFC 7587 4.1), whatever it was recorded at. */
export const CLOCK_RATE = 48_000;
/** The only packet length that WhatsApp accepts. */
export const FRAME_MS = 20;
/** Timestamp units of one packet. */
export const FRAME_UNITS = (CLOCK_RATE * FRAME_MS) / 1000;
/** An RTP header without CSRCs and extensions, as we write it (RFC 3550 5.1). */
export const HEADER_BYTES = 12;

const VERSION_2 = 0x80;
const ONE_BYTE_EXTENSIONS = 0xbede;

/** The fields of an RTP packet that the bridge reads. One object is reused for a whole stream: reading allocates nothing. */
export interface RtpView {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  /** The payload is `packet.subarray(payloadStart, payloadEnd)`. */
  payloadStart: number;
  payloadEnd: number;
  /** Loudness as the sender measured it, −dBov (0 loudest, 127 silence; RFC 6464); undefined when not sent. */
  audioLevel: number | undefined;
}

export const newView = (): RtpView => ({
  payloadType: 0,
  marker: false,
  sequence: 0,
  timestamp: 0,
  ssrc: 0,
  payloadStart: 0,
  payloadEnd: 0,
  audioLevel: undefined,
});

/** RTCP shares the port; its packet types 192…223 cannot be RTP ones here (RFC 5761 4). */
export function mediaKind(packet: Buffer): 'rtp' | 'rtcp' | 'other' {
  const first = packet[0] ?? 0;
  if (first < 128 || first > 191 || packet.length < 8) return 'other';
  const second = packet[1] ?? 0;
  return second >= 192 && second <= 223 ? 'rtcp' : 'rtp';
}

/** Offset of the payload of an RTP packet, or undefined when its header does not fit into `length` bytes. */
export function payloadOffset(packet: Buffer, length: number): number | undefined {
  if (length < HEADER_BYTES) return undefined;
  const first = packet.readUInt8(0);
  let offset = HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (offset + 4 > length) return undefined;
    offset += 4 + packet.readUInt16BE(offset + 2) * 4;
  }
  return offset <= length ? offset : undefined;
}

/** Reads the first `length` bytes of a decrypted packet into `view`; false when it is malformed. */
export function readRtp(
  packet: Buffer,
  length: number,
  view: RtpView,
  audioLevelId: number | undefined,
): boolean {
  const start = payloadOffset(packet, length);
  if (start === undefined) return false;
  const first = packet.readUInt8(0);
  const second = packet.readUInt8(1);
  const padding = (first & 0x20) === 0 ? 0 : packet.readUInt8(length - 1);
  if (start + padding > length) return false;
  view.marker = (second & 0x80) !== 0;
  view.payloadType = second & 0x7f;
  view.sequence = packet.readUInt16BE(2);
  view.timestamp = packet.readUInt32BE(4);
  view.ssrc = packet.readUInt32BE(8);
  view.payloadStart = start;
  view.payloadEnd = length - padding;
  view.audioLevel =
    audioLevelId === undefined || (first & 0x10) === 0
      ? undefined
      : readAudioLevel(packet, HEADER_BYTES + (first & 0x0f) * 4, start, audioLevelId);
  return true;
}

/** Finds the client-to-mixer audio level among one-byte header extensions (RFC 8285 4.2, RFC 6464 3). */
function readAudioLevel(
  packet: Buffer,
  extension: number,
  end: number,
  id: number,
): number | undefined {
  if (packet.readUInt16BE(extension) !== ONE_BYTE_EXTENSIONS) return undefined;
  for (let at = extension + 4; at < end;) {
    const head = packet.readUInt8(at);
    if (head === 0) {
      at++;
      continue;
    }
    if (head >> 4 === id) return at + 1 < end ? packet.readUInt8(at + 1) & 0x7f : undefined;
    at += 2 + (head & 0x0f);
  }
  return undefined;
}

/** Writes a plain 12-byte header. */
export function writeHeader(
  packet: Buffer,
  payloadType: number,
  marker: boolean,
  sequence: number,
  timestamp: number,
  ssrc: number,
): void {
  packet[0] = VERSION_2;
  packet[1] = marker ? payloadType | 0x80 : payloadType;
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(timestamp, 4);
  packet.writeUInt32BE(ssrc, 8);
}
