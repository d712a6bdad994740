import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchNetwork } from '../../../../src/main/os/network.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('reports a changed network, and a lost one', () => {
  let addresses = 'eth0 192.0.2.1';
  const reported: boolean[] = [];
  const stop = watchNetwork(
    (online) => reported.push(online),
    () => addresses,
  );
  vi.advanceTimersByTime(60_000);
  expect(reported).toEqual([]);
  addresses = 'wlan0 198.51.100.7';
  vi.advanceTimersByTime(5_000);
  addresses = '';
  vi.advanceTimersByTime(5_000);
  expect(reported).toEqual([true, false]);
  stop();
  addresses = 'eth0 192.0.2.1';
  vi.advanceTimersByTime(60_000);
  expect(reported).toEqual([true, false]);
});

it('reports at once when there is no network', () => {
  const reported: boolean[] = [];
  watchNetwork(
    (online) => reported.push(online),
    () => '',
  )();
  expect(reported).toEqual([false]);
});
