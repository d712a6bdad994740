import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** V8's own tidying up comes this long after the start, in ms. */
const OWN_AFTER_MS = 30_000;

/**
 * Gives back the memory that only the start needed, some 10 MB. V8 itself keeps it for as long as the program does little.
 * It takes a moment: call it when nothing happens.
 */
export function tidyMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect !== 'function') return;
  // Or V8 would do the same twice again, which takes it 100 ms, and find nothing.
  setFlagsFromString('--memory-reducer-gc-count=0');
  collect({ type: 'major', flavor: 'last-resort' });
  setTimeout(() => setFlagsFromString('--memory-reducer-gc-count=2'), OWN_AFTER_MS);
}
