/** How often this process looks whether it was held up, in ms. */
const EVERY_MS = 10;
/** A call's sound passes the customer's, the relay's, the media's and the agent's process. */
const PROCESSES = 4;

const delays: { until: number; ms: number }[] = [];
let last = Date.now();
setInterval(() => {
  const now = Date.now();
  const ms = now - last - EVERY_MS;
  if (ms > EVERY_MS) delays.push({ until: now, ms });
  last = now;
}, EVERY_MS).unref();

/**
 * A limit for what was measured since `since` (Unix ms), in ms: the goal, and what a busy machine
 * adds. How long it held up this process, it may have held up each process on the way.
 */
export function withinGoal(goalMs: number, since: number): number {
  const own = delays.filter(({ until }) => until >= since).map(({ ms }) => ms);
  return goalMs + PROCESSES * Math.max(0, ...own);
}
