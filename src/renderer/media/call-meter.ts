import type { Quality } from '../../shared/ipc/history.ts';
import type { MediaReport } from '../../shared/ipc/routes/media.ts';
import { QualityTally, readTotals, type Sample, sampleBetween, type Totals } from './stats.ts';

const SAMPLE_MS = 1000;
const FIRST_SOUND_MS = 50;
/** Reports the quality after this many samples, so that a crash does not lose it. */
const SAMPLES_PER_QUALITY = 5;
/** Energy of 100 ms at −60 dB: above encoded silence, below any room noise. */
const AUDIBLE_ENERGY = 1e-7;

/** Where the meter reports to. */
export interface CallMeterPorts {
  report(report: MediaReport): void;
  quality(quality: Quality): void;
  sample(sample: Sample): void;
  /** When the agent accepted or the customer picked up, Unix ms. */
  startedAt(): number | undefined;
}

/** Measures one live call: the time to the first sound, then stats every second. */
export class CallMeter {
  readonly #pc: RTCPeerConnection;
  readonly #ports: CallMeterPorts;
  readonly #tally = new QualityTally();
  #previous: Totals | undefined;
  #firstAudioMs: number | undefined;
  #heard = false;
  #samples = 0;
  #timers: number[] = [];

  constructor(pc: RTCPeerConnection, ports: CallMeterPorts) {
    this.#pc = pc;
    this.#ports = ports;
  }

  start(): void {
    const liveAt = Date.now();
    const listening = window.setInterval(
      () => void this.#listen(liveAt, listening),
      FIRST_SOUND_MS,
    );
    this.#timers = [listening, window.setInterval(() => void this.#sample(), SAMPLE_MS)];
  }

  /**
   * Takes a last reading, so that calls shorter than a second have stats too. Call before closing.
   */
  async stop(): Promise<void> {
    if (this.#timers.length === 0) return;
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    this.#tally.add(await readTotals(this.#pc, Date.now()));
    this.#reportQuality();
  }

  /** First sound means audible sound: packets alone may be silence that keeps a path open. */
  async #listen(liveAt: number, timer: number): Promise<void> {
    const totals = await readTotals(this.#pc, Date.now());
    if (this.#heard || totals.packetsReceived === 0 || totals.energy < AUDIBLE_ENERGY) return;
    this.#heard = true;
    clearInterval(timer);
    this.#firstAudioMs = Math.max(0, totals.at - (this.#ports.startedAt() ?? liveAt));
    this.#ports.report({ kind: 'audio' });
  }

  async #sample(): Promise<void> {
    const totals = await readTotals(this.#pc, Date.now());
    if (this.#timers.length === 0) return;
    this.#tally.add(totals);
    if (this.#previous) this.#ports.sample(sampleBetween(this.#previous, totals));
    this.#previous = totals;
    this.#samples++;
    if (this.#samples % SAMPLES_PER_QUALITY === 0) this.#reportQuality();
  }

  #reportQuality(): void {
    const quality = this.#tally.quality(this.#firstAudioMs);
    if (quality) this.#ports.quality(quality);
  }
}
