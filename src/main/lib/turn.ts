import { setImmediate } from 'node:timers/promises';

/** Yields one turn of the event loop, so that main's only thread can do what waits for it, such as serving the pages. */
export async function turn(): Promise<void> {
  await setImmediate();
}
