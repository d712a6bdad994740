let offset = Date.now() - performance.now();

/** Main has told its time with a snapshot, Unix ms. */
export function setMainTime(now: number): void {
  offset = now - performance.now();
}

/** The time by main's clock, to which all times in snapshots are: this machine's may be set in the middle of a call. */
export function mainNow(): number {
  return Math.round(offset + performance.now());
}
