import { expect, type Page } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';

/** The strongest pitch and the level. */
interface MeasuredTone {
  hz: number;
  /** Relative to full scale. */
  dbfs: number;
}

/** Measures with Web Audio what the agent hears, as soon as something is audible. */
export async function measureTone(window: Page, timeoutMs = 15_000): Promise<MeasuredTone> {
  return window.evaluate(async (limit) => {
    const until = performance.now() + limit;
    const context = new AudioContext({ sampleRate: 48_000 });
    try {
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      const find = () =>
        [...document.querySelectorAll<HTMLAudioElement>('audio[data-call]')].find(
          (audio) => audio.srcObject instanceof MediaStream,
        )?.srcObject;
      let source: MediaStreamAudioSourceNode | undefined;
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      const wave = new Float32Array(analyser.fftSize);
      while (performance.now() < until) {
        // A call that connects anew plays another stream.
        const stream = find();
        if (stream instanceof MediaStream && stream !== source?.mediaStream) {
          source?.disconnect();
          source = context.createMediaStreamSource(stream);
          source.connect(analyser);
        }
        // Wait for a whole window of fresh samples, so no earlier sound is measured.
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
      throw new Error(source ? 'nothing audible within the time' : 'no remote audio in the window');
    } finally {
      await context.close();
    }
  }, timeoutMs);
}

const TONE_TOLERANCE_HZ = 5;

/** Expects the agent to hear exactly this pitch. */
export async function agentHearsTone({ window }: ConsoleApp, hz: number): Promise<void> {
  // A gap in the first sound bends the pitch of that measurement.
  await expect
    .poll(async () => Math.abs((await measureTone(window)).hz - hz))
    .toBeLessThan(TONE_TOLERANCE_HZ);
}

/** Waits until the agent hears all of these pitches, from any speaker, and none of `not`. */
export async function agentHears(
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
          const players = document.querySelectorAll('audio[data-call], audio[data-second-of]');
          for (const player of players) {
            const stream = player instanceof HTMLAudioElement ? player.srcObject : null;
            if (!(stream instanceof MediaStream) || connected.has(stream)) continue;
            connected.add(stream);
            context.createMediaStreamSource(stream).connect(analyser);
          }
          // Wait for a whole window of fresh samples, so no earlier sound is measured.
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
