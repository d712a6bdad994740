/**
 * Finds how far back in `history` the audio is most like `pattern`, the end of `history`.
 *
 * @returns the lag within the bounds with the best normalised correlation
 */
export function bestLag(
  pattern: Float32Array,
  history: Float32Array,
  shortest: number,
  longest: number,
): number {
  const end = history.length - pattern.length;
  let best = { lag: Math.max(1, Math.min(shortest, end)), score: -Infinity };
  for (let lag = shortest; lag <= Math.min(longest, end); lag++) {
    let product = 0;
    let energy = 1e-9;
    for (let i = 0; i < pattern.length; i++) {
      const earlier = history[end - lag + i] ?? 0;
      product += earlier * (pattern[i] ?? 0);
      energy += earlier * earlier;
    }
    const score = product / Math.sqrt(energy);
    // Require a clear improvement, or rounding would favour multiples of the period.
    if (score > best.score + 1e-6) best = { lag, score };
  }
  return best.lag;
}

/** Crossfades `from` into `to`; all three may share memory. */
export function fade(
  from: Float32Array,
  to: Float32Array,
  out: Float32Array,
  length: number,
): void {
  for (let i = 0; i < length; i++) {
    const share = (i + 0.5) / length;
    out[i] = (from[i] ?? 0) * (1 - share) + (to[i] ?? 0) * share;
  }
}
