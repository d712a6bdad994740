import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Metronome } from '../../../../src/relay/media/metronome.ts';

describe('Metronome', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ticks on its grid however late its timer is, and runs only while it has tasks', () => {
    const start = performance.now();
    const dues: number[] = [];
    const metronome = new Metronome(20);
    const stop = metronome.add((dueMs) => dues.push(dueMs - start));
    vi.advanceTimersByTime(45);
    expect(dues).toEqual([20, 40]);
    vi.setSystemTime(Date.now());
    vi.advanceTimersByTime(955);
    expect(dues).toHaveLength(50);
    expect(dues.every((due, index) => due === (index + 1) * 20)).toBe(true);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
