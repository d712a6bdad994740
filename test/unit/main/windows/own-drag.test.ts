import { expect, it } from 'vitest';
import { movesItself } from '../../../../src/main/windows/own-drag.ts';

it.each([
  ['win32', {}, '', 45, false],
  ['darwin', {}, '', 45, false],
  ['linux', { XDG_SESSION_TYPE: 'x11' }, '', 45, true],
  ['linux', {}, '', 33, true],
  ['linux', { XDG_SESSION_TYPE: 'wayland' }, '', 45, false],
  ['linux', { XDG_SESSION_TYPE: 'wayland' }, '', 33, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'auto', 33, false],
  ['linux', { XDG_SESSION_TYPE: 'wayland' }, 'x11', 45, true],
  ['linux', {}, 'wayland', 33, false],
] as const)('on %s with %j, “%s” and Electron %i: %s', (platform, env, ozone, electron, moves) => {
  expect(movesItself(platform, env, { ozone, electron })).toBe(moves);
});
