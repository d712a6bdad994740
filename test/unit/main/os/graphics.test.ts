import { expect, test } from 'vitest';
import { Graphics, type GraphicsPorts } from '../../../../src/main/os/graphics.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A machine, and what its starts do. */
function machine({ missing }: { missing: boolean }) {
  let content: ReturnType<GraphicsPorts['file']['read']>;
  const state = { missing, now: 1000, electron: '45.0.0' };
  /** @returns whether Chromium did not look for graphics */
  const start = () => {
    let disabled = false;
    const graphics = new Graphics({
      file: {
        read: () => content,
        write(value) {
          content = value;
          return true;
        },
      },
      electron: state.electron,
      now: () => state.now,
      disable: () => void (disabled = true),
      isMissing: () => disabled || state.missing,
    });
    graphics.recall();
    graphics.remember();
    return disabled;
  };
  return { state, start };
}

test('a machine without graphics is not asked again at its next start', () => {
  const { start } = machine({ missing: true });
  expect([start(), start(), start()]).toEqual([false, true, true]);
});

test('a machine with graphics uses them at every start', () => {
  const { start } = machine({ missing: false });
  expect([start(), start()]).toEqual([false, false]);
});

test('graphics that were put in are found within a week', () => {
  const { state, start } = machine({ missing: true });
  start();
  state.missing = false;
  state.now += 6 * DAY_MS;
  expect(start()).toBe(true);
  state.now += DAY_MS;
  expect([start(), start()]).toEqual([false, false]);
});

test('another Electron looks for itself', () => {
  const { state, start } = machine({ missing: true });
  start();
  state.electron = '46.0.0';
  expect([start(), start()]).toEqual([false, true]);
});

test('a clock that was set back does not keep them off', () => {
  const { state, start } = machine({ missing: true });
  state.now = 30 * DAY_MS;
  start();
  state.now = DAY_MS;
  expect(start()).toBe(false);
});
