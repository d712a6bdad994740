import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Player } from '../../../../../../src/renderer/features/history/recordings/player.tsx';
import {
  RecordingPlayer,
  sidesOf,
} from '../../../../../../src/renderer/media/recordings/recording-player.ts';
import type { RecordingView } from '../../../../../../src/shared/ipc/recordings.ts';
import { storeSnapshot } from '../../../../../../src/renderer/state/snapshot-store.ts';
import { connectedCall, ringingCall, snapshot } from '../../../fixtures.ts';
import { setNarrow } from '../../../window-width.ts';
import { page, root } from '../../../page.ts';

setNarrow(false);
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
);
const recording: RecordingView = {
  id: 'r1',
  source: 'console',
  state: 'kept',
  seconds: 120,
  legalHold: false,
  tracks: [{ side: 'both', mime: 'audio/webm', bytes: 90_000 }],
  marks: [{ atMs: 40_000, kind: 'pause' }],
  hasPeaks: true,
};
let player: SilentPlayer;

/** jsdom plays nothing. */
class SilentPlayer extends RecordingPlayer {
  #position = 0;
  #isPlaying = false;

  constructor() {
    super([{ address: 'about:blank', side: 'both' }], { changed: () => {}, heard: () => {} });
  }

  override get position(): number {
    return this.#position;
  }

  override get duration(): number {
    return 120;
  }

  override get isPlaying(): boolean {
    return this.#isPlaying;
  }

  override get hasFailed(): boolean {
    return false;
  }

  override get rate(): number {
    return 1;
  }

  override play(): void {
    this.#isPlaying = true;
  }

  override pause(): void {
    this.#isPlaying = false;
  }

  override seek(seconds: number): void {
    this.#position = seconds;
    draw();
  }
}

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  player = new SilentPlayer();
  draw();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const draw = () =>
  act(() =>
    root.render(
      <Player
        recording={recording}
        player={player}
        drawn={{ voices: [new Uint8Array(10), new Uint8Array(10)], failed: false }}
      />,
    ),
  );
const slider = () => {
  const found = page.querySelector<HTMLElement>('[role=slider]');
  if (!found) throw new Error('no slider');
  return found;
};
const press = (key: string) =>
  act(() => {
    slider().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });

it('each part of the player is a stop of its own, with a name', () => {
  const stops = [...page.querySelectorAll<HTMLElement>('[tabindex], button, select')].filter(
    ({ tabIndex }) => tabIndex === 0,
  );
  expect(stops.map((one) => one.getAttribute('aria-label') ?? one.textContent)).toEqual([
    'Position in the recording',
    'Play',
    'Speed',
    'Listen to',
    '0:40 Recording paused ',
  ]);
});

it('is paused when the agent takes a call, and may be played again during it', () => {
  player.play();
  act(() => storeSnapshot(snapshot({ revision: 30_000, calls: [ringingCall()] })));
  expect(player.isPlaying).toBe(true);
  act(() => storeSnapshot(snapshot({ revision: 30_001, calls: [connectedCall()] })));
  expect(player.isPlaying).toBe(false);
  player.play();
  act(() => storeSnapshot(snapshot({ revision: 30_002, calls: [connectedCall({ muted: true })] })));
  expect(player.isPlaying).toBe(true);
});

it('two channels of one file are nobody’s: no provider says whose is which', () => {
  expect(sidesOf([{ side: 'both' }])).toEqual(['all', 'first', 'second']);
  expect(sidesOf([{ side: 'customer' }, { side: 'agent' }])).toEqual(['all', 'customer', 'agent']);
});

it.each([
  ['ArrowRight', 65],
  ['ArrowLeft', 55],
  ['PageUp', 90],
  ['PageDown', 30],
  ['Home', 0],
  ['End', 120],
])('%s moves to %i s', (key, to) => {
  player.seek(60);
  press(key);
  expect(player.position).toBe(to);
  expect(slider().getAttribute('aria-valuenow')).toBe(String(to));
});

it('Space plays, and other keys are left to the window', () => {
  slider().focus();
  press(' ');
  expect(player.isPlaying).toBe(true);
  const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  act(() => void slider().dispatchEvent(escape));
  expect(escape.defaultPrevented).toBe(false);
});

it('a mark plays from its place, and keeps the focus', () => {
  const mark = [...page.querySelectorAll('button')].at(-1);
  mark?.focus();
  act(() => mark?.click());
  expect(player.position).toBe(40);
  expect(document.activeElement).toBe(mark);
});
