import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertNever } from '../../../../src/shared/lib/assert-never.ts';
import {
  MAX_AHEAD_UNITS,
  MAX_BEHIND_UNITS,
  RtpRewriter,
} from '../../../../src/relay/media/rewriter.ts';
import { FRAME_UNITS } from '../../../../src/relay/media/rtp.ts';

/**
 * Applies a step to a rewriter; `sources` has each source's last timestamp. Returns whether a
 * packet came out.
 */
function take(
  rewriter: RtpRewriter,
  step: Step,
  sources: Map<number, number>,
  nowMs: number,
): boolean {
  switch (step.do) {
    case 'detach':
      rewriter.detach();
      return false;
    case 'own':
      return rewriter.own(nowMs);
    case 'packet': {
      const timestamp = ((sources.get(step.source) ?? 0) + step.jump) >>> 0;
      sources.set(step.source, timestamp);
      return rewriter.forward(step.source, timestamp, step.marker, nowMs);
    }
    default:
      return assertNever(step, 'step');
  }
}

const distance = (from: number, to: number): number => (to - from) | 0;

type Step =
  | { do: 'packet'; source: number; jump: number; marker: boolean; afterMs: number }
  | { do: 'own'; afterMs: number }
  | { do: 'detach' };

/**
 * Anything a network or a broken sender may do: order, loss, duplicates, jumps, wraparound, stalls,
 * other SSRCs.
 */
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('packet' as const),
        source: fc.constantFrom(1, 2, 0xffff_ffff),
        jump: fc.oneof(
          { weight: 6, arbitrary: fc.constant(FRAME_UNITS) },
          fc.integer({ min: -5 * FRAME_UNITS, max: 50 * FRAME_UNITS }),
          fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
        ),
        marker: fc.boolean(),
        afterMs: fc.oneof(
          { weight: 6, arbitrary: fc.constant(20) },
          fc.integer({ min: 0, max: 60 }),
          fc.integer({ min: 0, max: 60_000 }),
        ),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('own' as const),
        afterMs: fc.integer({ min: 0, max: 40 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('detach' as const) }) },
  ),
  { maxLength: 200 },
);

describe('RtpRewriter', () => {
  it('makes one gapless stream with growing timestamps near the clock from any input', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const rewriter = new RtpRewriter();
        const sources = new Map<number, number>();
        let nowMs = 1000;
        const sent: { sequence: number; timestamp: number; ahead: number }[] = [];
        for (const step of plan) {
          if (step.do !== 'detach') nowMs += step.afterMs;
          if (!take(rewriter, step, sources, nowMs)) continue;
          const { sequence, timestamp } = rewriter;
          sent.push({
            sequence,
            timestamp,
            ahead: distance(rewriter.wallTimestamp(nowMs), timestamp),
          });
        }
        for (const { ahead } of sent) {
          expect(ahead).toBeLessThanOrEqual(MAX_AHEAD_UNITS);
          expect(ahead).toBeGreaterThanOrEqual(-MAX_BEHIND_UNITS);
        }
        for (const [index, after] of sent.slice(1).entries()) {
          const before = sent[index] ?? after;
          expect(after.sequence).toBe((before.sequence + 1) & 0xffff);
          expect(distance(before.timestamp, after.timestamp)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('lets a steady source through again soon, whatever came before', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (plan, isAwaited) => {
        const rewriter = new RtpRewriter();
        const sources = new Map<number, number>();
        let nowMs = 1000;
        for (const step of plan) {
          if (step.do !== 'detach') nowMs += step.afterMs;
          take(rewriter, step, sources, nowMs);
        }
        // From here on one source is steady; gaps are filled as the bridge does while it waits for
        // it.
        let sentMs = nowMs;
        const refused: number[] = [];
        for (let i = 0; i < 100; i++) {
          nowMs += 20;
          const timestamp = ((sources.get(1) ?? 0) + FRAME_UNITS) >>> 0;
          sources.set(1, timestamp);
          if (rewriter.forward(1, timestamp, false, nowMs)) sentMs = nowMs;
          else {
            refused.push(i);
            if (isAwaited || nowMs - sentMs > 100) rewriter.own(nowMs);
          }
        }
        expect(refused.filter((i) => i >= 40)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('lets a new source begin, however far quick switches have pushed the stream ahead', () => {
    const heardAfter = Array.from({ length: 20 }, (_, phase) => {
      const rewriter = new RtpRewriter();
      for (let i = 0; i < 100; i++) rewriter.forward(i, 0, false, 0);
      let nowMs = 0;
      for (; nowMs < 20 + phase; nowMs++) rewriter.own(nowMs);
      for (let i = 0; i < 50; i++) {
        nowMs += 12;
        if (rewriter.forward(1000, i * FRAME_UNITS, false, nowMs)) return i;
        nowMs += 8;
        rewriter.own(nowMs);
      }
      return Infinity;
    });
    expect(Math.max(...heardAfter)).toBeLessThan(25);
  });

  it('keeps the distances between a source’s timestamps, across their wraparound', () => {
    const rewriter = new RtpRewriter();
    rewriter.forward(7, 0xffff_ffff - FRAME_UNITS, false, 0);
    const first = rewriter.timestamp;
    expect(rewriter.marker).toBe(true);
    rewriter.forward(7, 0xffff_ffff, false, 20);
    expect(distance(first, rewriter.timestamp)).toBe(FRAME_UNITS);
    rewriter.forward(7, 3 * FRAME_UNITS - 1, false, 80);
    expect(distance(first, rewriter.timestamp)).toBe(4 * FRAME_UNITS);
    expect(rewriter.marker).toBe(false);
  });

  it('drops late and duplicate packets without leaving a hole', () => {
    const rewriter = new RtpRewriter();
    rewriter.forward(7, 960, false, 0);
    rewriter.forward(7, 2880, false, 40);
    const { sequence } = rewriter;
    expect(rewriter.forward(7, 1920, false, 41)).toBe(false);
    expect(rewriter.forward(7, 2880, false, 42)).toBe(false);
    expect(rewriter.forward(7, 3840, false, 60)).toBe(true);
    expect(rewriter.sequence).toBe((sequence + 1) & 0xffff);
  });

  it('marks the first packet after each change of source', () => {
    const rewriter = new RtpRewriter();
    const marks: boolean[] = [];
    const note = (sent: boolean) => marks.push(sent && rewriter.marker);
    note(rewriter.forward(1, 0, false, 0));
    note(rewriter.forward(1, 960, false, 20));
    note(rewriter.own(40));
    note(rewriter.own(60));
    note(rewriter.forward(2, 5, false, 80));
    note(rewriter.forward(2, 965, false, 100));
    expect(marks).toEqual([true, false, true, false, true, false]);
  });

  it('does not turn the burst after a stall into lasting delay', () => {
    const rewriter = new RtpRewriter();
    for (let i = 0; i < 10; i++) rewriter.forward(1, i * FRAME_UNITS, false, i * 20);
    // Two seconds without packets, filled by us; then all delayed ones arrive at once.
    for (let ms = 320; ms <= 2200; ms += 20) rewriter.own(ms);
    let accepted = 0;
    for (let i = 10; i < 110; i++) {
      if (rewriter.forward(1, i * FRAME_UNITS, false, 2200)) accepted++;
    }
    expect(accepted).toBeLessThan(3);
    expect(rewriter.forward(1, 111 * FRAME_UNITS, false, 2220)).toBe(true);
    const ahead = distance(rewriter.wallTimestamp(2220), rewriter.timestamp);
    expect(Math.abs(ahead)).toBeLessThanOrEqual(FRAME_UNITS);
  });

  it('keeps local packets evenly 20 ms apart on a slightly wrong clock', () => {
    const rewriter = new RtpRewriter();
    rewriter.own(0);
    for (let i = 1; i < 500; i++) {
      const { timestamp } = rewriter;
      rewriter.own(i * 20 + (i % 3));
      expect(distance(timestamp, rewriter.timestamp)).toBe(FRAME_UNITS);
    }
  });

  /** The most by which a timestamp runs ahead of the real time since the previous packet, in ms. */
  const worstJump = (sent: readonly { atMs: number; timestamp: number }[]): number =>
    Math.max(
      ...sent.slice(1).map(({ atMs, timestamp }, index) => {
        const before = sent[index] ?? { atMs, timestamp };
        return distance(before.timestamp, timestamp) / 48 - Math.max(20, atMs - before.atMs);
      }),
    );

  it.each([60, 500, 1500])(
    'does not jump after a source that lags by %i ms, whichever comes next',
    (lagMs) => {
      const sent: { atMs: number; timestamp: number }[] = [];
      const rewriter = new RtpRewriter();
      const note = (atMs: number, isSent: boolean) => {
        if (isSent) sent.push({ atMs, timestamp: rewriter.timestamp });
      };
      // A microphone that stalled counts on from where it was.
      for (let i = 0; i < 50; i++)
        note(i * 20, rewriter.forward(1, i * FRAME_UNITS, false, i * 20));
      const back = 980 + lagMs;
      for (let i = 1; i <= 50; i++) {
        const atMs = back + i * 20;
        note(atMs, rewriter.forward(1, (49 + i) * FRAME_UNITS, false, atMs));
      }
      // Hold music, and another agent after it.
      for (let i = 51; i <= 100; i++) note(back + i * 20, rewriter.own(back + i * 20));
      rewriter.detach();
      for (let i = 101; i <= 150; i++) {
        note(back + i * 20, rewriter.forward(2, i * FRAME_UNITS, false, back + i * 20));
      }
      expect(sent).toHaveLength(200);
      expect(worstJump(sent)).toBeLessThanOrEqual(10);
    },
  );

  it('follows time over a gap, however far the source had fallen behind', () => {
    const rewriter = new RtpRewriter();
    rewriter.forward(1, 0, false, 0);
    rewriter.forward(1, FRAME_UNITS, false, 520);
    const { timestamp } = rewriter;
    rewriter.own(820);
    expect(distance(timestamp, rewriter.timestamp)).toBe(300 * 48);
  });

  it('never jumps beyond the real gap at a local packet or the next source', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const rewriter = new RtpRewriter();
        const sources = new Map<number, number>();
        let nowMs = 1000;
        let before: { atMs: number; timestamp: number } | undefined;
        let isChange = false;
        const jumps: number[] = [];
        for (const step of plan) {
          if (step.do === 'detach') isChange = true;
          else nowMs += step.afterMs;
          if (!take(rewriter, step, sources, nowMs)) continue;
          const now = { atMs: nowMs, timestamp: rewriter.timestamp };
          const isOwn = step.do === 'own';
          if (before && (isOwn || isChange)) jumps.push(worstJump([before, now]));
          before = now;
          isChange = false;
        }
        expect(Math.max(0, ...jumps)).toBeLessThan(11);
      }),
      { numRuns: 500 },
    );
  });
});
