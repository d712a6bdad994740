/** A sine wave of a third of full scale. */
export function tone(hz: number, rate: number, length: number, from = 0): Float32Array {
  return Float32Array.from(
    { length },
    (_, n) => 0.33 * Math.sin((2 * Math.PI * hz * (n + from)) / rate),
  );
}

/** Level of one frequency in dB relative to full scale, by a windowed Fourier sum. */
export function levelAt(samples: Float32Array, hz: number, rate: number): number {
  let [re, im, gain] = [0, 0, 0];
  samples.forEach((sample, n) => {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / samples.length);
    re += window * sample * Math.cos((2 * Math.PI * hz * n) / rate);
    im += window * sample * Math.sin((2 * Math.PI * hz * n) / rate);
    gain += window;
  });
  return 20 * Math.log10((2 * Math.hypot(re, im)) / gain + 1e-9);
}

/** Root mean square in dB relative to full scale. */
export function rms(samples: Float32Array): number {
  const energy = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
  return 10 * Math.log10(energy + 1e-12);
}

/** Largest step between neighbours: a click is one. */
export function largestStep(samples: Float32Array): number {
  let most = 0;
  for (let n = 1; n < samples.length; n++) {
    most = Math.max(most, Math.abs((samples[n] ?? 0) - (samples[n - 1] ?? 0)));
  }
  return most;
}

export function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
