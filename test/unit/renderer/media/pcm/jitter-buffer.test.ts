import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JitterBuffer } from '../../../../../src/renderer/media/pcm/jitter-buffer.ts';
import { join, largestStep, levelAt, rms, tone } from './sound.ts';

const RATE = 16_000;
const FRAME_MS = 20;
/** The worklet pulls 2 ms at a time. */
const STEP_MS = 2;
const HZ = 440;
const LEVEL = 20 * Math.log10(0.33);
/** Largest step of the test tone itself, with room for a blend. */
const SMOOTH = 1.6 * 0.33 * ((2 * Math.PI * HZ) / RATE);

/**
 * Plays a tone through the buffer: `arrivals` are the times (ms) at which its frames come, the first at or after 0.
 * `speed`: our clock against the sender's.
 */
function play(arrivals: readonly number[], forMs: number, { frameMs = FRAME_MS, speed = 1 } = {}) {
  const buffer = new JitterBuffer(RATE);
  const size = (RATE * frameMs) / 1000;
  const parts: Float32Array[] = [];
  const waiting: number[] = [];
  let sent = 0;
  for (let now = 0; now < forMs; now += STEP_MS) {
    for (; (arrivals[sent] ?? Infinity) * speed <= now; sent++) {
      buffer.push(tone(HZ, RATE, size, sent * size), now);
    }
    const out = new Float32Array((RATE * STEP_MS) / 1000);
    buffer.pull(out);
    parts.push(out);
    waiting.push(buffer.stats().waitingMs);
  }
  const sound = join(parts);
  const from = (ms: number, to = forMs) => sound.subarray((RATE * ms) / 1000, (RATE * to) / 1000);
  return { buffer, sound, from, waiting };
}

const even = (count: number, everyMs = FRAME_MS) =>
  Array.from({ length: count }, (_, n) => n * everyMs);

describe('the jitter buffer', () => {
  it('plays evenly arriving audio unchanged after a short wait', () => {
    const { from, buffer } = play(even(100), 2000);
    expect(rms(from(0, 30))).toBeLessThan(-100);
    expect(levelAt(from(100), HZ, RATE)).toBeCloseTo(LEVEL, 1);
    expect(largestStep(from(0))).toBeLessThan(SMOOTH);
    expect(buffer.stats()).toMatchObject({ frames: 100, missed: 0 });
    expect(buffer.stats().waitingMs).toBeLessThanOrEqual(90);
  });

  it('accepts frames of any length', () => {
    for (const frameMs of [5, 10, 60, 100]) {
      const { from, buffer } = play(even(3000 / frameMs, frameMs), 3000, { frameMs });
      expect(levelAt(from(300), HZ, RATE)).toBeCloseTo(LEVEL, 1);
      expect(buffer.stats().missed).toBe(0);
    }
  });

  it('waits longer when arrivals vary, until nothing is missing', () => {
    // Every fifth frame is 70 ms late and overtaken by none.
    const late = even(500).map((at, n) => (n % 5 === 0 ? at + 70 : at));
    const arrivals = late.map((_, n) => Math.max(...late.slice(0, n + 1)));
    const { from, buffer } = play(arrivals, 10_000);
    expect(levelAt(from(2000), HZ, RATE)).toBeGreaterThan(LEVEL - 0.5);
    expect(buffer.stats().targetMs).toBeGreaterThan(90);
    expect(buffer.stats().targetMs).toBeLessThanOrEqual(200);
    const before = play(arrivals, 3000).buffer.stats().missed;
    expect(buffer.stats().missed).toBe(before);
    expect(buffer.stats().jitterMs).toBeGreaterThan(5);
  });

  it('conceals a short gap without a click and is silent in a long one', () => {
    const arrivals = even(200).map((at, n) => (n < 50 ? at : at + 400));
    const { from, buffer } = play(arrivals, 4000);
    // The last frame is played by about 1060 ms.
    expect(rms(from(1085, 1100))).toBeGreaterThan(-30);
    expect(rms(from(1200, 1390))).toBeLessThan(-100);
    expect(largestStep(from(0))).toBeLessThan(SMOOTH);
    expect(buffer.stats().missed).toBeGreaterThanOrEqual(1);
    expect(buffer.stats().missed).toBeLessThanOrEqual(4);
    expect(levelAt(from(2000), HZ, RATE)).toBeGreaterThan(LEVEL - 0.5);
  });

  it('drops the backlog of a stall', () => {
    // For a second nothing comes, then all of it at once.
    const arrivals = even(300).map((at) => (at >= 1000 && at < 2000 ? 2000 : at));
    const { waiting, buffer } = play(arrivals, 6000);
    expect(waiting[2100 / STEP_MS]).toBeLessThanOrEqual(220);
    expect(buffer.stats().waitingMs).toBeLessThanOrEqual(250);
  });

  it('keeps its delay despite clock drift, by inaudible single periods', () => {
    for (const speed of [0.99, 1.01]) {
      const { from, waiting, buffer } = play(even(1500), 29_000, { speed });
      expect(buffer.stats().missed).toBeLessThanOrEqual(2);
      expect(largestStep(from(0))).toBeLessThan(SMOOTH);
      expect(levelAt(from(20_000, 21_000), HZ, RATE)).toBeGreaterThan(LEVEL - 0.5);
      const later = waiting.slice(5000 / STEP_MS);
      expect(Math.max(...later)).toBeLessThan(170);
    }
  });

  it('never outputs NaN, clicks or grows, for any input', () => {
    const frame = fc.record({
      pauseMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 }), fc.constant(900)),
      samples: fc.integer({ min: 0, max: 4000 }),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 60 }), (frames) => {
        const buffer = new JitterBuffer(RATE);
        let now = 0;
        for (const { pauseMs, samples } of frames) {
          for (const end = now + pauseMs; now < end; now += STEP_MS) {
            const out = new Float32Array((RATE * STEP_MS) / 1000);
            buffer.pull(out);
            expect(out.every((one) => Math.abs(one) <= 0.34)).toBe(true);
          }
          buffer.push(tone(HZ, RATE, samples), now);
          expect(buffer.stats().waitingMs).toBeLessThanOrEqual(2000);
        }
        const { missed, targetMs } = buffer.stats();
        expect(missed).toBeGreaterThanOrEqual(0);
        expect(targetMs).toBeGreaterThanOrEqual(60);
        expect(targetMs).toBeLessThanOrEqual(200);
      }),
      { numRuns: 100 },
    );
  });
});
