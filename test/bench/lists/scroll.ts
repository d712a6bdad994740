/** What a page saw of its own frames, in ms. */
export interface SeenFrames {
  /** Between two frames. */
  betweenMs: { p50: number; p95: number; p99: number; worst: number };
  /** The page's own work for a frame. */
  workMs: { p50: number; p99: number; worst: number };
  /** Work that held up a frame. */
  longTasks: number;
}

/** Runs in the page: scrolls a list by `step` px in each frame, down and up again. */
export async function scrollThrough({
  label,
  frames,
  step,
}: {
  label: string;
  frames: number;
  step: number;
}): Promise<SeenFrames> {
  let list = document.querySelector(`ul[aria-label="${label}"]`);
  while (list && list.scrollHeight <= list.clientHeight + 1) list = list.parentElement;
  if (!list) throw new Error('there is no list that scrolls');
  let longTasks = 0;
  const observer = new PerformanceObserver((entries) => {
    longTasks += entries.getEntries().length;
  });
  observer.observe({ type: 'longtask' });
  const between: number[] = [];
  const work: number[] = [];
  let last = performance.now();
  for (let frame = 0; frame < frames; frame++) {
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
    const start = performance.now();
    between.push(start - last);
    last = start;
    list.scrollTop += frame < frames / 2 ? step : -step;
    // What the scrolling brings about comes before this message.
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', resolve);
      port1.start();
      port2.postMessage(undefined);
    });
    work.push(performance.now() - start);
  }
  observer.disconnect();
  const at = (values: readonly number[], share: number) => {
    const sorted = values.toSorted((a, b) => a - b);
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return Math.round(value * 10) / 10;
  };
  return {
    betweenMs: {
      p50: at(between, 0.5),
      p95: at(between, 0.95),
      p99: at(between, 0.99),
      worst: at(between, 1),
    },
    workMs: { p50: at(work, 0.5), p99: at(work, 0.99), worst: at(work, 1) },
    longTasks,
  };
}
