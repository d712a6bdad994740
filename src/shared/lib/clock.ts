/** Time as a dependency, so that every deadline can be tested without waiting for it. All times are Unix milliseconds. */
export interface Clock {
  now(): number;
  /**
   * Runs `task` once, when as much time has passed as is left until `at` (Unix ms) now. Setting the machine's clock
   * afterwards moves nothing. The returned function cancels it.
   */
  at(at: number, task: () => void): () => void;
}

/** `setTimeout` overflows past 2^31−1 ms and would fire at once. */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/**
 * The machine's clock. It may be set at any time, so two readings tell little of the time between them; what is due by
 * `at` comes nevertheless.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  at: (at, task) => afterMs(at - Date.now(), task),
};

/**
 * A clock that is set by the machine's once, now, and from then on counts by itself: nobody can set it, and of two
 * readings the later is never the smaller one. For what decides by comparing times, and runs on machines that do not
 * sleep.
 */
export function steadyClock(): Clock {
  const origin = Date.now() - performance.now();
  const exact = () => origin + performance.now();
  return {
    now: () => Math.floor(exact()),
    at: (at, task) => afterMs(at - exact(), task),
  };
}

/** Runs `task` when `ms` have passed by the monotonic clock, never before: Node's timers fire up to 1 ms early. */
function afterMs(ms: number, task: () => void): () => void {
  const due = performance.now() + ms;
  let timer: unknown;
  const arm = () => {
    const left = due - performance.now();
    timer =
      left > 0
        ? setTimeout(fire, Math.min(Math.ceil(left), LONGEST_TIMEOUT_MS))
        : setTimeout(task, 0);
  };
  const fire = () => (performance.now() < due ? arm() : task());
  arm();
  return () => clearTimeout(timer);
}
