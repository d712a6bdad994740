import { setImmediate } from 'node:timers/promises';

/** Waits for the next turn of the event loop, so that main's only thread can do what waits for it, such as serving the pages. */
export async function nextTurn(): Promise<void> {
  await setImmediate();
}
