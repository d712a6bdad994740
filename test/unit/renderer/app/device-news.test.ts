import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeviceNews } from '../../../../src/renderer/app/device-news.ts';
import { keepOnly, setDeviceNews, useLive } from '../../../../src/renderer/state/live.ts';
import type { DeviceChange } from '../../../../src/shared/devices/changes.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  setDeviceNews('');
});

const said = () => useLive.getState().deviceNews;

const change = (what: DeviceChange['what'], role: DeviceChange['roles'][number]): DeviceChange => ({
  what,
  label: `headset ${role}`,
  roles: [role],
  now: 'Desk',
});

test('what comes and goes late with a headset hides nothing that the card says', () => {
  const news = new DeviceNews(() => true);
  news.add([change('lost', 'speaker')]);
  vi.advanceTimersByTime(1_000);
  news.add([change('lost', 'microphone')]);
  vi.advanceTimersByTime(1_000);
  expect(said()).toContain('headset speaker is disconnected');
  expect(said()).toContain('headset microphone is disconnected');
  news.add([change('back', 'speaker')]);
  vi.advanceTimersByTime(1_000);
  expect(said()).toContain('headset speaker is connected');
  expect(said()).not.toContain('headset speaker is disconnected');
  expect(said()).toContain('headset microphone is disconnected');
  vi.advanceTimersByTime(15_000);
  expect(said()).toMatch(/^headset microphone is disconnected/);
  news.add([change('back', 'microphone')]);
  vi.advanceTimersByTime(1_000);
  expect(said()).toMatch(/^headset microphone is connected/);
  vi.advanceTimersByTime(15_000);
  expect(said()).toBe('');
});

test('what was said in a call is not said in the next', () => {
  const news = new DeviceNews(() => true);
  news.add([change('lost', 'speaker')]);
  vi.advanceTimersByTime(1_000);
  keepOnly(new Set());
  vi.advanceTimersByTime(15_000);
  expect(said()).toBe('');
  news.add([change('lost', 'microphone')]);
  vi.advanceTimersByTime(1_000);
  expect(said()).toMatch(/^headset microphone is disconnected/);
});
