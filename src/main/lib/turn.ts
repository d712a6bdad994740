import { setImmediate } from 'node:timers/promises';

/** Lets main's only thread do what waits for it, such as Chromium's work for the pages. */
export async function turn(): Promise<void> {
  await setImmediate();
}
