import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RtpHeader, RtpPacket, SrtpSession } from 'werift';
import {
  deriveKey,
  SrtpReceiver,
  SrtpSender,
  TAG_BYTES,
} from '../../../../src/relay/media/srtp.ts';

const key = randomBytes(16);
const salt = randomBytes(14);

function plain(sequence: number, payload: Buffer, ssrc = 0xdead_beef): Buffer {
  const header = new RtpHeader({ payloadType: 111, sequenceNumber: sequence, timestamp: 5, ssrc });
  return new RtpPacket(header, payload).serialize();
}

function protect(sender: SrtpSender, packet: Buffer): Buffer {
  const room = Buffer.concat([packet, Buffer.alloc(TAG_BYTES)]);
  sender.protect(room);
  return room;
}

function unprotect(receiver: SrtpReceiver, packet: Buffer): Buffer | undefined {
  const copy = Buffer.from(packet);
  const length = receiver.unprotect(copy);
  return length === undefined ? undefined : copy.subarray(0, length);
}

/** werift's implementation, with the same keys both ways. */
const werift = () =>
  new SrtpSession({
    keys: {
      localMasterKey: key,
      localMasterSalt: salt,
      remoteMasterKey: key,
      remoteMasterSalt: salt,
    },
    profile: 1,
  });

describe('SRTP', () => {
  it('derives the session keys of RFC 3711 B.3', () => {
    const master = Buffer.from('E1F97A0D3E018BE0D64FA32C06DE4139', 'hex');
    const masterSalt = Buffer.from('0EC675AD498AFEEBB6960B3AABE6', 'hex');
    const derived = (label: number, length: number) =>
      deriveKey(master, masterSalt, label, length).toString('hex').toUpperCase();
    expect(derived(0, 16)).toBe('C61E7A93744F39EE10734AFE3FF7A087');
    expect(derived(2, 14)).toBe('30CBBC08863D8C85D49DB34A9AE1');
    expect(derived(1, 20)).toBe('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4');
  });

  it('H14 interoperates with werift, over a sequence wraparound and at any length', () => {
    const sender = new SrtpSender(key, salt);
    const receiver = new SrtpReceiver(key, salt);
    const theirs = werift();
    for (let i = 0; i < 400; i++) {
      const sequence = (0xff80 + i) & 0xffff;
      const payload = randomBytes((i * 7) % 300);
      const packet = plain(sequence, payload);
      expect(theirs.decrypt(protect(sender, packet))).toEqual(packet);
      const header = new RtpHeader({ payloadType: 111, sequenceNumber: sequence, ssrc: 77 });
      const encrypted = theirs.encrypt(payload, header);
      expect(unprotect(receiver, encrypted)?.subarray(12)).toEqual(payload);
    }
  });

  it('H14 accepts reordered packets once, and no forged, replayed or old ones', () => {
    const sender = new SrtpSender(key, salt);
    const receiver = new SrtpReceiver(key, salt);
    const packets = Array.from({ length: 300 }, (_, i) =>
      protect(sender, plain((0xffd0 + i) & 0xffff, randomBytes(40))),
    );
    const at = (index: number): Buffer => packets[index] ?? Buffer.alloc(0);
    const forged = Buffer.from(at(0));
    forged[20] = (forged[20] ?? 0) ^ 1;
    expect(unprotect(receiver, forged)).toBeUndefined();
    for (const index of [0, 2, 1, 100, 60, 47, 48, 299]) {
      expect(unprotect(receiver, at(index)), `packet ${index}`).toBeDefined();
      expect(unprotect(receiver, at(index)), `replay of ${index}`).toBeUndefined();
    }
    expect(unprotect(receiver, at(150))).toBeUndefined();
    expect(unprotect(receiver, Buffer.alloc(9, 0x80))).toBeUndefined();
  });

  it('H14 forged packets move neither the window nor the rollover, whatever their number', () => {
    const sender = new SrtpSender(key, salt);
    const receiver = new SrtpReceiver(key, salt);
    for (let i = 0; i < 600; i++) {
      const sequence = (0xff00 + i) & 0xffff;
      for (const ahead of [1, 200, 0x7fff, 0x8000, 0x8001, 0xffff]) {
        const forged = protect(sender, plain((sequence + ahead) & 0xffff, randomBytes(40), 1 + i));
        forged.writeUInt32BE(0xdead_beef, 8);
        expect(unprotect(receiver, forged)).toBeUndefined();
      }
      const packet = protect(sender, plain(sequence, randomBytes(40)));
      expect(unprotect(receiver, packet)).toBeDefined();
      expect(unprotect(receiver, packet)).toBeUndefined();
    }
  });

  it('H14 forged streams take no real stream’s place', () => {
    const receiver = new SrtpReceiver(key, salt);
    const stranger = new SrtpSender(randomBytes(16), salt);
    for (let ssrc = 1; ssrc <= 1000; ssrc++) {
      expect(
        unprotect(receiver, protect(stranger, plain(1, randomBytes(40), ssrc))),
      ).toBeUndefined();
    }
    const sender = new SrtpSender(key, salt);
    expect(unprotect(receiver, protect(sender, plain(1, randomBytes(40))))).toBeDefined();
  });
});
