let offset = Date.now() - performance.now();

/** Takes main's time from a snapshot, Unix ms. */
export function setMainTime(now: number): void {
  offset = now - performance.now();
}

/** The time by main's clock, as in snapshots: this machine's may be set during a call. */
export function mainNow(): number {
  return Math.round(offset + performance.now());
}
