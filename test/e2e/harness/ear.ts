import type { Page } from '@playwright/test';

/** What was heard: the strongest pitch and how loud it was. */
export interface Heard {
  hz: number;
  /** Relative to full scale. */
  dbfs: number;
}

/**
 * Listens, in the agent's window, to what the customer sent: decoded by Chromium, measured with Web Audio.
 * Waits until something is audible.
 */
export async function listen(window: Page, timeoutMs = 15_000): Promise<Heard> {
  return window.evaluate(async (limit) => {
    const until = performance.now() + limit;
    const context = new AudioContext({ sampleRate: 48_000 });
    try {
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      const find = () =>
        [...document.querySelectorAll<HTMLAudioElement>('audio[data-call]')].find(
          (audio) => audio.srcObject instanceof MediaStream,
        )?.srcObject;
      let stream = find();
      while (!(stream instanceof MediaStream)) {
        if (performance.now() > until) throw new Error('no remote audio in the window');
        await new Promise((resolve) => requestAnimationFrame(resolve));
        stream = find();
      }
      context.createMediaStreamSource(stream).connect(analyser);
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      const wave = new Float32Array(analyser.fftSize);
      while (performance.now() < until) {
        // A whole window of fresh samples, so that no earlier sound is measured.
        await new Promise((resolve) =>
          setTimeout(resolve, (1000 * analyser.fftSize) / 48_000 + 40),
        );
        analyser.getFloatTimeDomainData(wave);
        const dbfs = 20 * Math.log10(Math.hypot(...wave) / Math.sqrt(wave.length) + 1e-9);
        if (dbfs < -50) continue;
        analyser.getFloatFrequencyData(spectrum);
        let peak = 1;
        for (let i = 1; i < spectrum.length - 1; i++) {
          if ((spectrum[i] ?? -200) > (spectrum[peak] ?? -200)) peak = i;
        }
        const [a, b, c] = [spectrum[peak - 1] ?? 0, spectrum[peak] ?? 0, spectrum[peak + 1] ?? 0];
        const offset = (a - c) / (2 * (a - 2 * b + c) || 1);
        return { hz: ((peak + offset) * 48_000) / analyser.fftSize, dbfs };
      }
      throw new Error('nothing audible within the time');
    } finally {
      await context.close();
    }
  }, timeoutMs);
}

/**
 * Waits until an agent hears all of these pitches, from everybody who speaks to them, and none of `not`: what Chromium
 * decoded, measured with Web Audio.
 */
export async function hears(
  window: Page,
  pitches: readonly number[],
  not: readonly number[] = [],
  timeoutMs = 20_000,
): Promise<void> {
  await window.evaluate(
    async ({ wanted, unwanted, limit }) => {
      const until = performance.now() + limit;
      const context = new AudioContext({ sampleRate: 48_000 });
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      const connected = new Set<MediaStream>();
      const AUDIBLE_DB = -50;
      const loud = (hz: number) => {
        const bin = Math.round((hz * analyser.fftSize) / 48_000);
        return Math.max(...spectrum.subarray(bin - 2, bin + 3)) > AUDIBLE_DB;
      };
      try {
        while (performance.now() < until) {
          const voices = document.querySelectorAll('audio[data-call], audio[data-second-of]');
          for (const voice of voices) {
            const stream = voice instanceof HTMLAudioElement ? voice.srcObject : null;
            if (!(stream instanceof MediaStream) || connected.has(stream)) continue;
            connected.add(stream);
            context.createMediaStreamSource(stream).connect(analyser);
          }
          // A whole window of fresh samples, so that no earlier sound is measured.
          await new Promise((resolve) =>
            setTimeout(resolve, (1000 * analyser.fftSize) / 48_000 + 40),
          );
          analyser.getFloatFrequencyData(spectrum);
          if (wanted.every(loud) && !unwanted.some(loud)) return;
        }
        const heard = [...wanted, ...unwanted].filter(loud);
        throw new Error(
          `wanted ${wanted.join()} Hz without ${unwanted.join()}, heard ${heard.join()}`,
        );
      } finally {
        await context.close();
      }
    },
    { wanted: pitches, unwanted: not, limit: timeoutMs },
  );
}
