/**
 * Whether the ring window has to be moved by us: X11's window managers do not manage a window that
 * never takes the focus. Elsewhere the system moves it; on Wayland nobody else could.
 */
export function movesItself(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  { ozone, electron }: { ozone: string; electron: number },
): boolean {
  if (platform !== 'linux') return false;
  if (ozone !== '' && ozone !== 'auto') return ozone === 'x11';
  // From version 38 on, Electron uses the session's own protocol unless told otherwise.
  const isWayland = env['XDG_SESSION_TYPE'] === 'wayland' || Boolean(env['WAYLAND_DISPLAY']);
  return !(isWayland && (electron >= 38 || ozone === 'auto'));
}
