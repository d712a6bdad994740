import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** V8's own tidying up begins no sooner after the start, in s. */
const OWN_FROM_S = 8;
/** By then it would have begun: Chromium makes it wait for half a minute. In ms. */
const OWN_BY_MS = 40_000;

/**
 * Keeps V8 from tidying up by itself after the start: it would do so twice, for 130 ms, and find nothing that `tidyMemory`
 * has left. Later it does, when the memory has grown.
 */
export function skipOwnTidying(): void {
  // V8 ends the program if the number falls below what it has already done.
  if (process.uptime() >= OWN_FROM_S) return;
  setFlagsFromString('--memory-reducer-gc-count=0');
  setTimeout(() => setFlagsFromString('--memory-reducer-gc-count=2'), OWN_BY_MS);
}

/**
 * Gives back the memory that only the start needed, some 10 MB. V8 itself keeps it for as long as the program does little.
 * It takes a moment: call it when nothing happens.
 */
export function tidyMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') collect({ type: 'major', flavor: 'last-resort' });
}
