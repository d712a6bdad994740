import { act, useRef } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useSettling, useShifting } from '../../../../src/renderer/app/use-settling.ts';
import { page, root } from '../page.ts';

const SETTLE_MS = 600;
let top: number;
let layOut: () => void;

function Work({ call }: { call: string }) {
  const work = useRef<HTMLDivElement>(null);
  const states = [useSettling(call) && 'settling', useShifting(work) && 'shifting'];
  return <div ref={work}>{states.filter(Boolean).join(' ')}</div>;
}

const draw = (call: string) => act(() => root.render(<Work call={call} />));
const moveTo = (place: number) =>
  act(() => {
    top = place;
    layOut();
  });
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(changed: () => void) {
        layOut = changed;
      }
      observe() {
        layOut();
      }
      disconnect() {}
    },
  );
  top = 0;
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(
    () => new DOMRect(0, top, 100, 100),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('U1 the pane of a call that comes ignores presses for a moment', async () => {
  draw('');
  expect(page.textContent).toBe('');
  draw('call 1');
  expect(page.textContent).toBe('settling');
  await pass(SETTLE_MS - 1);
  expect(page.textContent).toBe('settling');
  await pass(1);
  expect(page.textContent).toBe('');
});

it('U1 the work ignores presses after a bar above it has moved it, until it has lain still', async () => {
  draw('');
  expect(page.textContent).toBe('');
  moveTo(40);
  expect(page.textContent).toBe('shifting');
  await pass(SETTLE_MS / 2);
  moveTo(80);
  await pass(SETTLE_MS - 1);
  expect(page.textContent).toBe('shifting');
  await pass(1);
  expect(page.textContent).toBe('');
  // Another height alone moves nothing.
  moveTo(80);
  expect(page.textContent).toBe('');
});
