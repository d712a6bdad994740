/** What kills have cost, in words. @param lost in ms, for each track */
export function lostSound(lost: readonly number[]): string {
  const sorted = lost.toSorted((a, b) => a - b).map(Math.round);
  const median = sorted[Math.floor(sorted.length / 2)];
  return `lost at most ${sorted.at(-1)} ms, at the median ${median} ms, in ${sorted.length} tracks\n`;
}
