import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtpHeader, RtpPacket } from 'werift';
import { parseOpus20 } from '../../../../src/relay/media/clips.ts';
import { Reception } from '../../../../src/relay/media/reception.ts';
import { mediaKind, newView, readRtp } from '../../../../src/relay/media/rtp.ts';

describe('reading RTP', () => {
  it('reads what werift writes: CSRCs, extensions, padding, audio level', () => {
    const packet = new RtpPacket(
      new RtpHeader({
        payloadType: 111,
        marker: true,
        sequenceNumber: 65_535,
        timestamp: 0xffff_fff0,
        ssrc: 0x8000_0001,
        csrc: [1, 2],
        extension: true,
        extensions: [
          { id: 3, payload: Buffer.from([9, 9, 9]) },
          { id: 1, payload: Buffer.from([0x80 | 37]) },
        ],
        padding: true,
        paddingSize: 4,
      }),
      Buffer.from('opus'),
    ).serialize();
    const view = newView();
    expect(readRtp(packet, packet.length, view, 1)).toBe(true);
    expect(view).toMatchObject({
      payloadType: 111,
      marker: true,
      sequence: 65_535,
      timestamp: 0xffff_fff0,
      ssrc: 0x8000_0001,
      audioLevel: 37,
    });
    expect(packet.subarray(view.payloadStart, view.payloadEnd).toString()).toBe('opus');
    expect(readRtp(packet, packet.length, view, 5)).toBe(true);
    expect(view.audioLevel).toBeUndefined();
  });

  it('H13 never throws and never reads past the end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const packet = Buffer.from(bytes);
        const view = newView();
        mediaKind(packet);
        if (!readRtp(packet, packet.length, view, 1)) return;
        expect(view.payloadStart).toBeLessThanOrEqual(view.payloadEnd);
        expect(view.payloadEnd).toBeLessThanOrEqual(packet.length);
      }),
    );
  });

  it('tells RTP, RTCP and the rest apart', () => {
    const of = (first: number, second: number) =>
      mediaKind(Buffer.from([first, second, ...Array(10).keys()]));
    expect(of(0x80, 111)).toBe('rtp');
    expect(of(0x90, 0x80 | 111)).toBe('rtp');
    expect(of(0x80, 200)).toBe('rtcp');
    expect(of(22, 254)).toBe('other');
  });
});

describe('Reception', () => {
  it('counts loss over wraparound, and jitter as RFC 3550 does', () => {
    const reception = new Reception(48_000);
    for (const [index, late] of [0, 10, 0, 10].entries()) {
      reception.take((65_534 + index) & 0xffff, index * 960, index * 20 + late);
    }
    expect(reception.jitterMs).toBeCloseTo(10 * (1 - (15 / 16) ** 3), 6);
    reception.take(5, 7 * 960, 140);
    expect(reception).toMatchObject({ received: 5, expected: 8, lost: 3 });
    expect(reception.extendedHighest).toBe(0x1_0005);
    expect(reception.takeFractionLost()).toBe(96);
    expect(reception.takeFractionLost()).toBe(0);
  });
});

describe('opus20', () => {
  it('reads the hold music that we ship', () => {
    expect(parseOpus20(readFileSync('resources/speech/hold.opus20'))).toHaveLength(600);
  });

  it('rejects a truncated or empty file', () => {
    expect(() => parseOpus20(Buffer.from([0, 3, 1, 2]))).toThrow('not an opus20 file');
    expect(() => parseOpus20(Buffer.alloc(0))).toThrow('without packets');
  });
});
