import { expect, test } from 'vitest';
import { HoldToMute } from '../../../../src/renderer/app/hold-to-mute.ts';

function key() {
  const done: string[] = [];
  const hold = new HoldToMute((id, muted) => done.push(`${id} ${muted ? 'muted' : 'heard'}`));
  return { hold, done };
}

test('a tap toggles', () => {
  const { hold, done } = key();
  hold.press({ id: 'a', muted: false }, 0);
  hold.release(100);
  expect(done).toEqual(['a muted']);
});

test('holding mutes only until it is let go', () => {
  const { hold, done } = key();
  hold.press({ id: 'a', muted: false }, 0);
  hold.release(2000);
  hold.release(2001);
  expect(done).toEqual(['a muted', 'a heard']);
});

test('holding while muted lets one say a word', () => {
  const { hold, done } = key();
  hold.press({ id: 'a', muted: true }, 0);
  hold.release(2000);
  expect(done).toEqual(['a heard', 'a muted']);
});
