import { setImmediate } from 'node:timers/promises';

/** Lets pending work in memory finish: promises and what they queue. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await setImmediate();
}
