import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GuardedButton } from '../../../../src/renderer/ui/button.tsx';
import { page, root } from '../page.ts';

const STEADY_MS = 600;
const FRAME_MS = 16;
let top: number;
let frames: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['cancelAnimationFrame', 'performance', 'requestAnimationFrame'] });
  const request = window.requestAnimationFrame.bind(window);
  frames = 0;
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => {
    frames += 1;
    return request(callback);
  });
  // jsdom lays nothing out.
  top = 100;
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(
    () => new DOMRect(200, top, 150, 44),
  );
  document.elementFromPoint = () => control();
  act(() => root.render(<GuardedButton>Accept</GuardedButton>));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const control = () => page.querySelector('button');
const isReady = () => control()?.getAttribute('aria-disabled') === null;
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const stir = (event: Event) => act(() => void window.dispatchEvent(event));

describe('a button of a call', () => {
  it('U1 is ready once it has lain still, and then costs no frames', async () => {
    expect(isReady()).toBe(false);
    await pass(STEADY_MS + FRAME_MS);
    expect(isReady()).toBe(true);
    await pass(STEADY_MS);
    frames = 0;
    await pass(10 * STEADY_MS);
    expect(frames).toBe(0);
  });

  it.each([
    ['new content', () => document.body.append('a call')],
    ['a scroll', () => void page.dispatchEvent(new Event('scroll'))],
    ['another size of the window', () => void window.dispatchEvent(new Event('resize'))],
    ['an animation', () => void page.dispatchEvent(new Event('animationstart', { bubbles: true }))],
  ])('U1 is not ready from the frame on which %s moves it', async (_, move) => {
    await pass(2 * STEADY_MS);
    top = 300;
    await act(async () => move());
    await pass(FRAME_MS);
    expect(isReady()).toBe(false);
    await pass(STEADY_MS + FRAME_MS);
    expect(isReady()).toBe(true);
  });

  it('U1 is not ready while it moves on, without another event', async () => {
    await pass(2 * STEADY_MS);
    stir(new Event('transitionstart'));
    for (let moved = 0; moved < 20; moved++) {
      await pass(FRAME_MS);
      top += 10;
    }
    await pass(STEADY_MS - FRAME_MS);
    expect(isReady()).toBe(false);
    await pass(2 * FRAME_MS);
    expect(isReady()).toBe(true);
  });

  it('looks at nothing once it is gone', async () => {
    act(() => root.render(null));
    frames = 0;
    stir(new Event('resize'));
    document.body.append('more');
    await pass(STEADY_MS);
    expect(frames).toBe(0);
  });
});

describe('a button that is blocked at times', () => {
  it('keeps the focus when it is blocked, and when it no longer is', () => {
    const draw = (blocked: string | undefined) =>
      act(() => root.render(<GuardedButton blocked={blocked}>Transfer</GuardedButton>));
    draw(undefined);
    act(() => control()?.focus());
    const element = control();
    draw('Not connected yet');
    expect(control()?.getAttribute('aria-describedby')).toBe(page.querySelector('[hidden]')?.id);
    draw(undefined);
    expect(control()).toBe(element);
    expect(document.activeElement).toBe(element);
  });
});
