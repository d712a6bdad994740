import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mainNow, setMainTime } from '../../../../src/renderer/lib/main-clock.ts';
import { useNowUntil } from '../../../../src/renderer/lib/use-now.ts';

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

let renders = 0;
function Waiting({ at }: { at: number | undefined }): ReactNode {
  renders++;
  const now = useNowUntil(at);
  return at !== undefined && now >= at ? 'passed' : 'waiting';
}

it('the moment is noticed once, and no timer runs before or after it', () => {
  const root = createRoot(document.createElement('div'));
  const at = mainNow() + 2_000;
  act(() => root.render(<Waiting at={at} />));
  renders = 0;
  act(() => void vi.advanceTimersByTime(1_990));
  expect(renders).toBe(0);
  act(() => void vi.advanceTimersByTime(20));
  expect(renders).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
  act(() => root.unmount());
});

it('the moment is noticed although a late snapshot sets the clock back', () => {
  const root = createRoot(document.createElement('div'));
  const at = mainNow() + 2_000;
  act(() => root.render(<Waiting at={at} />));
  renders = 0;
  act(() => void vi.advanceTimersByTime(1_000));
  setMainTime(mainNow() - 500);
  act(() => void vi.advanceTimersByTime(1_100));
  expect(renders).toBe(0);
  act(() => void vi.advanceTimersByTime(500));
  expect(renders).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
  act(() => root.unmount());
});

it('nothing is waited for without a moment', () => {
  const root = createRoot(document.createElement('div'));
  act(() => root.render(<Waiting at={undefined} />));
  expect(vi.getTimerCount()).toBe(0);
  act(() => root.unmount());
});
