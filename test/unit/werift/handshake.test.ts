import { array, assert, nat, property, record, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type HandshakeMessage,
  readFragments,
  Reassembly,
  writeWhole,
} from '../../../src/werift/handshake.ts';
import { readRecords, RECORD_HEADER_BYTES } from '../../../src/werift/records.ts';
import { CHROMIUM_HELLOS as hellos } from '../../helpers/chromium-hellos.ts';

const CLIENT_HELLO = 1;

/** What a captured datagram holds. */
const fragmentsOf = (datagram: Buffer) =>
  [...readRecords(datagram)].flatMap((record) => [
    ...readFragments(record.subarray(RECORD_HEADER_BYTES)),
  ]);

/** A fragment as it stands in a record. */
function fragment(message: HandshakeMessage, offset: number, bytes: number): Buffer {
  const whole = writeWhole(message);
  const header = Buffer.from(whole.subarray(0, 12));
  header.writeUIntBE(offset, 6, 3);
  header.writeUIntBE(bytes, 9, 3);
  return Buffer.concat([header, message.body.subarray(offset, offset + bytes)]);
}

const takeAll = (reassembly: Reassembly, fragments: readonly Buffer[]) =>
  fragments
    .flatMap((record) => [...readFragments(record)])
    .flatMap((piece) => reassembly.take(piece) ?? []);

describe('DTLS handshake messages', () => {
  it('V1 Chromium’s hellos in two datagrams are reassembled, in any order', () => {
    const datagrams = [...hellos.first, ...hellos.second];
    expect(datagrams.map((datagram) => fragmentsOf(datagram).length)).toEqual([1, 1, 1, 1]);
    for (const order of [
      [0, 1, 2, 3],
      [1, 0, 3, 2],
      // Retransmitted and overtaken fragments, across both messages.
      [3, 1, 1, 2, 0, 0],
      [0, 2, 3, 1],
    ]) {
      const reassembly = new Reassembly();
      const whole = order
        .flatMap((index) => fragmentsOf(datagrams[index] ?? Buffer.alloc(0)))
        .flatMap((piece) => reassembly.take(piece) ?? [])
        .toSorted((a, b) => a.seq - b.seq);
      expect(whole.map(({ type, seq, body }) => [type, seq, body.length])).toEqual([
        [CLIENT_HELLO, 0, 1413],
        [CLIENT_HELLO, 1, 1433],
      ]);
      // Both say DTLS 1.2 and end with whole extensions: no part of one is in the other, and no gap
      // is filled.
      for (const [index, hex] of [hellos.first, hellos.second].entries()) {
        const bytes = Buffer.concat(hex.flatMap((one) => fragmentsOf(one).map(({ body }) => body)));
        expect(whole[index]?.body.equals(bytes)).toBe(true);
      }
    }
  });

  it('V1 a message is complete only when every byte arrived, once, twice or overlapping', () => {
    const random = record({
      body: uint8Array({ minLength: 1, maxLength: 3000 }),
      cuts: array(tuple(nat(), nat(1500)), { maxLength: 20 }),
      order: array(nat(), { minLength: 1, maxLength: 60 }),
    });
    assert(
      property(random, ({ body, cuts, order }) => {
        const message = { type: 1, seq: 3, body: Buffer.from(body) };
        const pieces = cuts.map(([at, bytes]) => {
          const offset = at % body.length;
          return fragment(message, offset, Math.min(bytes, body.length - offset));
        });
        const has = new Set<number>();
        const reassembly = new Reassembly();
        for (const pick of order) {
          const piece = pieces[pick % Math.max(1, pieces.length)];
          if (!piece) continue;
          const offset = piece.readUIntBE(6, 3);
          for (let i = 0; i < piece.length - 12; i++) has.add(offset + i);
          const isWhole = has.size === body.length;
          const whole = takeAll(reassembly, [piece]);
          expect(whole).toEqual(isWhole ? [message] : []);
          if (isWhole) return;
        }
      }),
      { numRuns: 300, seed: 20_261_128 },
    );
  });

  it('V1 A1 fragments of different messages are never combined', () => {
    const message = { type: 1, seq: 0, body: Buffer.alloc(1413, 7) };
    const [start, rest] = [fragment(message, 0, 1175), fragment(message, 1175, 238)];
    const reassembly = new Reassembly();
    const strangers = [
      // Another message's number, type or length.
      fragment({ ...message, seq: 1 }, 1175, 238),
      fragment({ ...message, type: 2 }, 1175, 238),
      fragment({ ...message, body: Buffer.alloc(1414, 9) }, 1175, 238),
      // Larger than any handshake, and a fragment beyond its message's end.
      fragment({ ...message, body: Buffer.alloc(0xff_ffff, 9) }, 0, 1175),
      Buffer.concat([rest.subarray(0, 6), Buffer.from([0xff, 0xff, 0xf0]), rest.subarray(9)]),
      // Cut off.
      rest.subarray(0, 40),
      rest.subarray(0, 5),
      Buffer.alloc(0),
    ];
    expect(takeAll(reassembly, [start, ...strangers])).toEqual([]);
    expect(takeAll(reassembly, [rest])).toEqual([message]);
  });

  it('V1 A1 a forged fragment costs one retransmission, not the message', () => {
    const message = {
      type: 1,
      seq: 0,
      body: Buffer.from(Array.from({ length: 1413 }, (_, i) => i)),
    };
    const forged = fragment({ ...message, body: Buffer.alloc(1413, 9) }, 0, 600);
    const pieces = [fragment(message, 0, 1175), fragment(message, 1175, 238)];
    const reassembly = new Reassembly();
    expect(takeAll(reassembly, [forged, ...pieces, ...pieces]).at(-1)).toEqual(message);
    // Before, between and after, with more begun than are kept.
    const many = Array.from({ length: 100 }, (_, i) =>
      fragment({ type: 1, seq: 0, body: Buffer.alloc(2000 + i) }, 0, 10),
    );
    expect(takeAll(reassembly, [...many, ...pieces])).toEqual([message]);
  });

  it('V1 empty messages and several in one record are read', () => {
    const messages = [
      { type: 13, seq: 3, body: Buffer.from('request') },
      { type: 14, seq: 4, body: Buffer.alloc(0) },
    ];
    expect(takeAll(new Reassembly(), [Buffer.concat(messages.map(writeWhole))])).toEqual(messages);
  });
});
