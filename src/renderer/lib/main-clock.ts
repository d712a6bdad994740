let offset = Date.now() - performance.now();

/** Adopts main's time from a snapshot, Unix ms. */
export function setMainTime(now: number): void {
  offset = now - performance.now();
}

/**
 * The time by main's clock, as in snapshots. The machine's own clock may be changed during a call.
 */
export function mainNow(): number {
  return Math.round(offset + performance.now());
}
