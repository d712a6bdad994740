/** Time as a dependency, so that every deadline can be tested without waiting for it. All times are Unix milliseconds. */
export interface Clock {
  now(): number;
  /** Runs `task` once at or soon after `at` (Unix ms). The returned function cancels it. */
  at(at: number, task: () => void): () => void;
}

/** `setTimeout` overflows past 2^31−1 ms and would fire at once. */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(at, task) {
    let timer: unknown;
    const arm = () => {
      const left = at - Date.now();
      timer =
        left > LONGEST_TIMEOUT_MS
          ? setTimeout(arm, LONGEST_TIMEOUT_MS)
          : setTimeout(task, Math.max(0, left));
    };
    arm();
    return () => clearTimeout(timer);
  },
};
