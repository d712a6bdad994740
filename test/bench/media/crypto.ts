import { randomBytes } from 'node:crypto';
import { RtpHeader, SrtpSession } from 'werift';
import { HEADER_BYTES, writeHeader } from '../../../src/relay/media/rtp.ts';
import { SrtpReceiver, SrtpSender, TAG_BYTES } from '../../../src/relay/media/srtp.ts';

const PACKETS = 20_000;
const WARM_UP = 2000;
const PAYLOAD = randomBytes(100);

/** Time for decrypting and encrypting one packet, µs: what a forwarded packet costs in SRTP alone. */
export function measureSrtp(): { weriftUs: number; oursUs: number } {
  const key = randomBytes(16);
  const salt = randomBytes(14);
  return { weriftUs: werift(key, salt), oursUs: ours(key, salt) };
}

function werift(key: Buffer, salt: Buffer): number {
  const keys = {
    localMasterKey: key,
    localMasterSalt: salt,
    remoteMasterKey: key,
    remoteMasterSalt: salt,
  };
  const session = new SrtpSession({ keys, profile: 1 });
  const header = new RtpHeader({ payloadType: 111, ssrc: 1 });
  return time((number) => {
    header.sequenceNumber = number & 0xffff;
    session.decrypt(session.encrypt(PAYLOAD, header));
  });
}

function ours(key: Buffer, salt: Buffer): number {
  const sender = new SrtpSender(key, salt);
  const receiver = new SrtpReceiver(key, salt);
  return time((number) => {
    const packet = Buffer.allocUnsafe(HEADER_BYTES + PAYLOAD.length + TAG_BYTES);
    writeHeader(packet, 111, false, number & 0xffff, 0, 1);
    PAYLOAD.copy(packet, HEADER_BYTES);
    sender.protect(packet);
    receiver.unprotect(packet);
  });
}

function time(task: (number: number) => void): number {
  for (let i = 0; i < WARM_UP; i++) task(i);
  const start = performance.now();
  for (let i = 0; i < PACKETS; i++) task(WARM_UP + i);
  return ((performance.now() - start) * 1000) / PACKETS;
}
