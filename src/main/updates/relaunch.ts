import type { RelaunchOptions } from 'electron';

/** Starts again as this one was started, but imports nothing a second time. */
export function relaunchOptions(): RelaunchOptions {
  const args = process.argv.slice(1).filter((one) => !one.startsWith('--profile'));
  const { APPIMAGE } = process.env;
  return APPIMAGE === undefined ? { args } : { args, execPath: APPIMAGE };
}
