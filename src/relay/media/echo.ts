import { Leg, type LegOptions } from './leg.ts';
import type { Hearer } from './mixer.ts';
import { OutputStream } from './output.ts';
import type { RtpView } from './rtp.ts';
import { buildAgentAnswer, newLocalTrack } from './sdp-build.ts';
import { parseSdp, type SdpResult } from './sdp-parse.ts';

/** Long enough to tell the echo from one's own voice, short enough to wait for. In ms. */
const DELAY_MS = 1_500;
/** A console that does not leave must not keep its port. In ms. */
const LASTS_MS = 30_000;
/** A try is short, and the console measures by our reports. In ticks. */
const REPORT_TICKS = 25;
/** Twice what a voice sends within the delay: a flood is not kept. */
const MOST_PACKETS = 150;

export interface EchoOptions extends Omit<LegOptions, 'on'> {
  /** Runs a task every 20 ms; returns a function that stops it. */
  onTick: (task: () => void) => () => void;
  /** It is over: the console has left, or had its time. */
  onClosed: () => void;
}

/**
 * A console's leg that is sent back what it says a moment later, so that agents hear themselves before a customer
 * does. No call knows of it.
 */
export class Echo {
  readonly #options: EchoOptions;
  #leg: Leg | undefined;
  #stopTicking: () => void = () => undefined;
  #isClosed = false;

  constructor(options: EchoOptions) {
    this.#options = options;
  }

  /** Answers the console's offer; only once. */
  async answer(offerSdp: string): Promise<SdpResult<string>> {
    const offer = parseSdp(offerSdp);
    if (!offer.ok) return offer;
    const leg = await Leg.open({
      ...this.#options,
      on: ({ type }) => {
        if (type === 'ended') void this.close();
      },
    });
    if (this.#isClosed) {
      await leg.close();
      return { ok: false, error: 'another echo call has replaced it' };
    }
    this.#leg = leg;
    const tracks = offer.value.tracks.map(() => newLocalTrack());
    const [track] = tracks;
    if (track)
      this.#echo(leg, new OutputStream(leg.transport, track, offer.value.tracks[0].opus, true));
    const answer = buildAgentAnswer(offer.value, leg.transport.local, tracks, undefined);
    leg.connect(offer.value, false, offer.value.setup === 'passive' ? 'client' : 'server');
    return { ok: true, value: answer };
  }

  #echo(leg: Leg, output: OutputStream): void {
    const line = new DelayLine(output);
    leg.outputs = [output];
    leg.setHearers([line], performance.now());
    const until = performance.now() + LASTS_MS;
    let ticks = 0;
    this.#stopTicking = this.#options.onTick(() => {
      const now = performance.now();
      line.tick(now);
      if (++ticks % REPORT_TICKS === 0) leg.sendReport(now);
      if (now >= until) void this.close();
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopTicking();
    this.#options.onClosed();
    await this.#leg?.close();
  }
}

/** Passes packets on as they came, a while later. */
class DelayLine implements Hearer {
  readonly #output: Hearer;
  readonly #waiting: { packet: Buffer; view: RtpView; dueMs: number }[] = [];

  constructor(output: Hearer) {
    this.#output = output;
  }

  forward(packet: Buffer, view: RtpView, nowMs: number): void {
    if (this.#waiting.length >= MOST_PACKETS) return;
    this.#waiting.push({ packet, view: { ...view }, dueMs: nowMs + DELAY_MS });
  }

  tick(nowMs: number): void {
    for (;;) {
      const [first] = this.#waiting;
      if (!first || first.dueMs > nowMs) return;
      this.#waiting.shift();
      this.#output.forward(first.packet, first.view, nowMs);
    }
  }
}
