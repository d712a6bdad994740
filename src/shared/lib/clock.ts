/** Time as a dependency, so tests need not wait for deadlines. All times are Unix milliseconds. */
export interface Clock {
  now(): number;
  /**
   * Runs `task` once, after the time now left until `at` (Unix ms). Setting the machine's clock
   * later has no effect. Returns a function that cancels.
   */
  at(at: number, task: () => void): () => void;
}

/** `setTimeout` overflows beyond 2^31−1 ms and would fire at once. */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/**
 * The machine's clock. It can be set at any time, so comparing two readings proves little.
 * Deadlines set with `at` still fire.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  at: (at, task) => afterMs(at - Date.now(), task),
};

/**
 * A clock that reads the machine's time once and then counts on its own, so it cannot be set and
 * never goes back. For code that compares times on machines that do not sleep.
 */
export function steadyClock(): Clock {
  const origin = Date.now() - performance.now();
  const exact = () => origin + performance.now();
  return {
    now: () => Math.floor(exact()),
    at: (at, task) => afterMs(at - exact(), task),
  };
}

/**
 * Runs `task` after `ms` of monotonic time and never earlier: Node's timers fire up to 1 ms early.
 */
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
