import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DtmfReader, type KeyPress } from '../../../../src/relay/media/dtmf.ts';

interface EventPacket {
  payload: Buffer;
  timestamp: number;
  marker: boolean;
}

function event(code: number, duration: number, end: boolean): Buffer {
  const payload = Buffer.from([code, end ? 0x8a : 0x0a, 0, 0]);
  payload.writeUInt16BE(duration, 2);
  return payload;
}

/** A press of 100 ms as WhatsApp sends it: five packets, the end three times, all with one timestamp. */
function press(code: number, timestamp: number): EventPacket[] {
  const packets = [1, 2, 3, 4, 5].map((n) => ({
    payload: event(code, n * 160, n === 5),
    timestamp,
    marker: n === 1,
  }));
  const end = { payload: event(code, 800, true), timestamp, marker: false };
  return [...packets, end, end];
}

function read(packets: readonly EventPacket[]): KeyPress[] {
  const reader = new DtmfReader();
  const presses = packets.flatMap(({ payload, timestamp, marker }, index) => {
    const taken = reader.take(payload, timestamp, marker, index * 20);
    return taken ? [taken] : [];
  });
  const last = reader.expire(packets.length * 20 + 1000);
  return last ? [...presses, last] : presses;
}

describe('DtmfReader', () => {
  it('B11 reports a burst of keys, and of a flood no more than fingers could press', () => {
    const reader = new DtmfReader();
    let reported = 0;
    for (let n = 0; n < 60_000; n++) {
      const { payload, timestamp, marker } = {
        payload: event(n % 10, 800, true),
        timestamp: n * 8,
        marker: true,
      };
      // A thousand in a second, for a minute.
      if (reader.take(payload, timestamp + 8, marker, n)) reported++;
    }
    expect(reported).toBeGreaterThanOrEqual(64);
    expect(reported).toBeLessThanOrEqual(64 + 60 * 5);
  });

  it('reports each press once, at its first end packet, with its length', () => {
    const reader = new DtmfReader();
    const taken = press(11, 5000).map(({ payload, timestamp, marker }) =>
      reader.take(payload, timestamp, marker, 0),
    );
    expect(taken).toEqual([
      ...Array.from({ length: 4 }, () => undefined),
      { digit: '#', durationMs: 100 },
      undefined,
      undefined,
    ]);
    expect(reader.expire(10_000)).toBeUndefined();
  });

  it('tells two presses of one key apart by their timestamps', () => {
    expect(read([...press(5, 1000), ...press(5, 9000)]).map(({ digit }) => digit)).toEqual([
      '5',
      '5',
    ]);
  });

  it('reads a press even if some of its packets are lost or late', () => {
    const codes = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 6 });
    const kept = fc.infiniteStream(fc.integer({ min: 1, max: 127 }));
    fc.assert(
      fc.property(codes, kept, (dialled, masks) => {
        const packets = dialled.flatMap((code, index) => {
          const mask = masks.next().value ?? 127;
          return press(code, (0xffff_f000 + index * 4800) >>> 0).filter((_, i) => (mask >> i) & 1);
        });
        const digits = dialled.map((code) => '0123456789*#ABCD'[code]);
        expect(read(packets).map(({ digit }) => digit)).toEqual(digits);
      }),
    );
  });

  it('joins the segments of a press longer than 8.19 s', () => {
    const packets: EventPacket[] = [
      { payload: event(1, 0xffff, false), timestamp: 100, marker: true },
      { payload: event(1, 8000, false), timestamp: 100 + 0xffff, marker: false },
      { payload: event(1, 16_000, true), timestamp: 100 + 0xffff, marker: false },
    ];
    expect(read(packets)).toEqual([{ digit: '1', durationMs: Math.round((0xffff + 16_000) / 8) }]);
  });

  it('measures a press in the units of the clock that was agreed on', () => {
    const reader = new DtmfReader();
    reader.clockRate = 48_000;
    expect(reader.take(event(7, 4800, true), 96_000, true, 0)).toEqual({
      digit: '7',
      durationMs: 100,
    });
  });

  it('ignores unknown keys and presses that are too short', () => {
    expect(read([{ payload: event(16, 800, true), timestamp: 1, marker: true }])).toEqual([]);
    expect(read([{ payload: Buffer.from([1, 0x80]), timestamp: 1, marker: true }])).toEqual([]);
  });
});
